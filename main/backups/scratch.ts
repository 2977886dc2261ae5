import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { type Connection, connect } from '../database/connect.ts';

/** A folder for databases that are thrown away. */
export class Scratch {
  readonly folder: string;
  readonly #template: string | undefined;

  constructor(folder: string, template: string | undefined) {
    this.folder = folder;
    this.#template = template;
  }

  /** Removes what a kill has left. While nobody works in it. */
  async clear(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Works with an empty embedded database, which is removed afterwards. */
  async withDatabase<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const folder = join(this.folder, `database-${v7()}`);
    try {
      const connection = await connect(
        { kind: 'embedded', folder },
        { logEngine: () => undefined, template: this.#template },
      );
      try {
        return await work(connection);
      } finally {
        await connection.close();
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
      await rm(`${folder}.lock`, { force: true });
    }
  }
}
