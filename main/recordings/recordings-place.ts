import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { v4 as uuidv4 } from 'uuid';
import { z } from 'zod';
import type { DataPaths } from '../config/data-paths.ts';
import { writeDurably } from '../config/durable-file.ts';
import { changeSettings } from '../config/settings-file.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import { makeFolder } from './take-files.ts';

/**
 * Stands in a folder of recordings outside the data folder, with an id that the settings have too. A disk that is not
 * connected may leave its mount point behind, empty and writable: only this file tells it from the disk.
 */
export const markerName = '.parley-recordings';

const elsewhere = z.object({ folder: z.string().min(1), id: z.string().min(1) });
type Elsewhere = z.infer<typeof elsewhere>;

const settingsShape = z.looseObject({
  recordings: z
    .looseObject({
      /** Left out: the usual folder. */
      place: elsewhere.optional(),
      /** The folder that was given up while its disk was away; its recordings are to be brought here. */
      waiting: elsewhere.optional(),
    })
    .optional(),
});

/** Where this machine's recordings are, as settings.json says: in the data folder, or where a person has moved them. */
export class RecordingsPlace {
  readonly usualFolder: string;
  readonly #settings: string;
  #place: Elsewhere | undefined;
  #waiting: Elsewhere | undefined;

  constructor(paths: Pick<DataPaths, 'recordings' | 'settings'>) {
    this.usualFolder = paths.recordings;
    this.#settings = paths.settings;
    const { recordings } = readSettings(paths.settings);
    this.#place = recordings?.place;
    this.#waiting = recordings?.waiting;
  }

  get folder(): string {
    return this.#place?.folder ?? this.usualFolder;
  }

  get waiting(): string | null {
    return this.#waiting?.folder ?? null;
  }

  /** Whether the folder is there. The usual one always is: it is made when first needed. */
  async isThere(): Promise<boolean> {
    return this.#place === undefined || isMarked(this.#place);
  }

  async isWaitingThere(): Promise<boolean> {
    return this.#waiting !== undefined && isMarked(this.#waiting);
  }

  /** @throws OperationFailure CONFLICT when the disk with the recordings is not connected */
  async require(): Promise<void> {
    if (await this.isThere()) return;
    throw new OperationFailure(
      'CONFLICT',
      `The recordings are in ${this.folder}, and that is not there. Connect its disk; or let an admin choose the usual folder, in Settings, Recordings.`,
      { folderAway: true },
    );
  }

  /** From now on recordings are in this folder, which exists. Holds after a power cut as soon as this resolves. */
  async settle(folder: string): Promise<void> {
    const place = folder === this.usualFolder ? undefined : { folder, id: uuidv4() };
    if (place) await writeDurably(join(folder, markerName), `${place.id}\n`);
    await this.#write(place, this.#waiting);
  }

  /** Records in the usual folder from now on, and remembers the one that is away. */
  async giveUp(): Promise<void> {
    await makeFolder(this.usualFolder);
    await this.#write(undefined, this.#place ?? this.#waiting);
  }

  /** Everything has been brought here. */
  async forgetWaiting(): Promise<void> {
    await this.#write(this.#place, undefined);
  }

  async #write(place: Elsewhere | undefined, waiting: Elsewhere | undefined): Promise<void> {
    await changeSettings(this.#settings, (settings) => ({
      ...settings,
      recordings: { ...settingsShape.safeParse(settings).data?.recordings, place, waiting },
    }));
    this.#place = place;
    this.#waiting = waiting;
  }
}

/** A file that is no settings is the database's to tell: it does not open then either. */
function readSettings(file: string): z.infer<typeof settingsShape> {
  try {
    return settingsShape.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return {};
  }
}

async function isMarked({ folder, id }: Elsewhere): Promise<boolean> {
  try {
    return (await readFile(join(folder, markerName), 'utf8')).trim() === id;
  } catch {
    return false;
  }
}
