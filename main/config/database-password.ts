import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { z } from 'zod';
import type { Seal } from '../accounts/remembered-token.ts';
import { writeDurably } from './durable-file.ts';

/** Where the password of the server is kept on this machine. */
export type PasswordPlace = 'KEYCHAIN' | 'FILE';

const kept = z.object({
  /** Which server it is for, as describeDatabase says; it is never sent to another. */
  server: z.string(),
  sealed: z.boolean(),
  password: z.string(),
});

/**
 * The password of the database server: encrypted by the operating system's keychain where the host has one, else as it
 * is, in a file that only this user can read.
 */
export class DatabasePassword {
  readonly #file: string;
  readonly #seal: Seal | undefined;

  constructor(file: string, seal?: Seal) {
    this.#file = file;
    this.#seal = seal;
  }

  /**
   * @param server the server that it is to be sent to
   * @returns null where none is kept for that server; `password` is null where only the desktop app can open it
   */
  read(server: string): { password: string | null; place: PasswordPlace } | null {
    if (!existsSync(this.#file)) return null;
    try {
      const found = kept.parse(JSON.parse(readFileSync(this.#file, 'utf8')));
      if (found.server !== server) return null;
      if (!found.sealed) return { password: found.password, place: 'FILE' };
      return { password: this.#open(found.password), place: 'KEYCHAIN' };
    } catch {
      // Nothing of use: it is asked for again.
      return null;
    }
  }

  /** Keeps the password of a server in place of the one before. */
  async write(server: string, password: string): Promise<void> {
    const content = this.#seal
      ? { server, sealed: true, password: this.#seal.encrypt(password).toString('base64') }
      : { server, sealed: false, password };
    await writeDurably(this.#file, JSON.stringify(content));
  }

  async forget(): Promise<void> {
    await rm(this.#file, { force: true });
  }

  /** What the file holds, to be put back when a change is taken back. */
  snapshot(): string | null {
    return existsSync(this.#file) ? readFileSync(this.#file, 'utf8') : null;
  }

  async putBack(snapshot: string | null): Promise<void> {
    if (snapshot === null) await this.forget();
    else await writeDurably(this.#file, snapshot);
  }

  #open(sealed: string): string | null {
    try {
      return this.#seal?.decrypt(Buffer.from(sealed, 'base64')) ?? null;
    } catch {
      // Another user's keychain, or a new one.
      return null;
    }
  }
}
