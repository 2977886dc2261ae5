import { randomUUID } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { z } from 'zod';

/** Encrypts with the system's keychain, where there is one; Electron's `safeStorage`, say. */
export interface Seal {
  encrypt(text: string): Buffer;
  decrypt(sealed: Buffer): string;
}

const stored = z.object({ sealed: z.boolean(), token: z.string() });

/** The token of the session that stays signed in on this machine, in a file only this user can read. */
export class RememberedToken {
  readonly #path: string;
  readonly #seal: Seal | undefined;
  /** What the file holds, once it was read: only this process writes it, since it holds the data folder. */
  #known: Promise<string | null> | undefined;

  /** @param path the file; its folder is there */
  constructor(path: string, seal?: Seal) {
    this.#path = path;
    this.#seal = seal;
  }

  /**
   * @returns null where no token is kept, or none that can be read here: the browser host cannot open what the desktop
   *   app has sealed, and leaves it alone
   */
  async read(): Promise<string | null> {
    this.#known ??= this.#readFile();
    return await this.#known;
  }

  async #readFile(): Promise<string | null> {
    try {
      const { sealed, token } = stored.parse(JSON.parse(await readFile(this.#path, 'utf8')));
      if (!sealed) return token;
      return this.#seal?.decrypt(Buffer.from(token, 'base64')) ?? null;
    } catch {
      // Nothing there, or nothing of use: somebody signs in again, and it is written anew.
      return null;
    }
  }

  /** Keeps a token in place of the one before. All of it or nothing, whatever happens meanwhile. */
  async write(token: string): Promise<void> {
    const content = this.#seal
      ? { sealed: true, token: this.#seal.encrypt(token).toString('base64') }
      : { sealed: false, token };
    const draft = `${this.#path}.${randomUUID()}`;
    try {
      const file = await open(draft, 'wx', 0o600);
      try {
        await file.writeFile(JSON.stringify(content));
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(draft, this.#path);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    } finally {
      this.#known = undefined;
    }
  }

  async forget(): Promise<void> {
    await rm(this.#path, { force: true });
    this.#known = undefined;
  }
}
