import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { z } from 'zod';
import type { Seal } from '../accounts/remembered-token.ts';
import { writeDurably } from './durable-file.ts';

/** Where the password of the server is kept on this machine. */
export type PasswordPlace = 'KEYCHAIN' | 'FILE';

/** The newest first. The one before stays: a kill while servers are changed must not take away the way back. */
const kept = z.array(
  z.object({
    /** Which server it is for, as describeDatabase says; it is never sent to another. */
    server: z.string(),
    sealed: z.boolean(),
    password: z.string(),
  }),
);

const KEPT = 2;

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
    const found = this.#kept().find((entry) => entry.server === server);
    if (!found) return null;
    if (!found.sealed) return { password: found.password, place: 'FILE' };
    return { password: this.#open(found.password), place: 'KEYCHAIN' };
  }

  /** Keeps the password of a server in place of one that it had before. */
  async write(server: string, password: string): Promise<void> {
    const entry = this.#seal
      ? { server, sealed: true, password: this.#seal.encrypt(password).toString('base64') }
      : { server, sealed: false, password };
    const others = this.#kept().filter((other) => other.server !== server);
    await writeDurably(this.#file, JSON.stringify([entry, ...others].slice(0, KEPT)));
  }

  /** Keeps none for a server, which needs none. */
  async forget(server: string): Promise<void> {
    const others = this.#kept().filter((other) => other.server !== server);
    await writeDurably(this.#file, JSON.stringify(others));
  }

  /** What the file holds, to be put back when a change is taken back. */
  snapshot(): string | null {
    return existsSync(this.#file) ? readFileSync(this.#file, 'utf8') : null;
  }

  async putBack(snapshot: string | null): Promise<void> {
    if (snapshot === null) await rm(this.#file, { force: true });
    else await writeDurably(this.#file, snapshot);
  }

  #kept(): z.infer<typeof kept> {
    if (!existsSync(this.#file)) return [];
    try {
      return kept.parse(JSON.parse(readFileSync(this.#file, 'utf8')));
    } catch {
      // Nothing of use: it is asked for again.
      return [];
    }
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
