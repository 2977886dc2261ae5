import { open, readdir, readFile, realpath, rm, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { v4 } from 'uuid';
import { z } from 'zod';
import { writeDurably } from '../config/durable-file.ts';
import { changeSettings, readSettings } from '../config/settings-file.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import { systemNames } from '../recordings/move-target.ts';
import { isBackupId } from './manifest.ts';

/**
 * In a folder of backups that was chosen, with an id that the settings have too. A disk that is not connected may leave
 * its mount point behind, empty and writable: only this tells it from the disk. Whoever chooses the folder writes another
 * id, so that of two machines one has it.
 */
const markerName = '.parley-backups';

const chosen = z.object({ folder: z.string().min(1), id: z.string().min(1) });

/** Where this machine's backups are, as settings.json says: in the data folder, or where an admin wants them. */
export class BackupsPlace {
  readonly usualFolder: string;
  readonly #settings: string;

  constructor({ backups, settings }: { backups: string; settings: string }) {
    this.usualFolder = backups;
    this.#settings = settings;
  }

  get folder(): string {
    return this.#chosen?.folder ?? this.usualFolder;
  }

  get isUsual(): boolean {
    return this.#chosen === undefined;
  }

  /** Whether the folder is there and ours. The usual one always is: it is made when first needed. */
  async isThere(): Promise<boolean> {
    const place = this.#chosen;
    if (!place) return true;
    const id = await readFile(join(place.folder, markerName), 'utf8').catch(() => null);
    return id?.trim() === place.id;
  }

  /** @throws OperationFailure CONFLICT when the disk with the backups is not connected */
  async require(): Promise<void> {
    if (await this.isThere()) return;
    throw new OperationFailure(
      'CONFLICT',
      `The folder of backups, ${this.folder}, is not there, or another Parley has it now. Connect its disk, or choose a folder in Settings, Backups.`,
    );
  }

  /**
   * Keeps backups in this folder from now on. Those that are in it already count; those elsewhere stay where they are.
   *
   * @param parts.recordings the folder of recordings, of which backups must be no part
   * @throws OperationFailure CONFLICT, with what to do
   */
  async choose(folder: string, parts: { dataFolder: string; recordings: string }): Promise<void> {
    const to = await usableFolder(folder, parts);
    const id = v4();
    await writeDurably(join(to, markerName), `${id}\n`);
    await this.#write({ folder: to, id });
  }

  async chooseUsual(): Promise<void> {
    await this.#write(undefined);
  }

  get #chosen(): z.infer<typeof chosen> | undefined {
    const { backups } = readSettings(this.#settings);
    return z.looseObject({ place: chosen.optional() }).safeParse(backups).data?.place;
  }

  async #write(place: z.infer<typeof chosen> | undefined): Promise<void> {
    await changeSettings(this.#settings, (settings) => ({
      ...settings,
      backups: { ...z.looseObject({}).safeParse(settings.backups).data, place },
    }));
  }
}

/** @returns its real path */
async function usableFolder(
  folder: string,
  parts: { dataFolder: string; recordings: string },
): Promise<string> {
  const to = await realpath(folder).catch(() => null);
  if (!to || !(await stat(to)).isDirectory()) throw refusal('This folder is not there any more.');
  const real = (path: string) => realpath(path).catch(() => path);
  const dataFolder = await real(parts.dataFolder);
  if (isInside(to, dataFolder)) throw refusal('This folder holds other data of Parley.');
  const recordings = await real(parts.recordings);
  if (isInside(to, recordings) || isInside(recordings, to)) {
    throw refusal('Recordings are in this folder, and would be backed up with their own backups.');
  }
  const names = (await readdir(to)).filter((name) => !systemNames.test(name));
  if (!names.every((name) => name === markerName || name === 'recordings' || isBackupId(name))) {
    throw refusal('There are other files in this folder. Choose an empty one, or one with Parley’s backups.');
  }
  const probe = join(to, '.parley-can-write');
  try {
    await (await open(probe, 'w', 0o600)).close();
    await rm(probe);
  } catch {
    throw refusal('Parley may not write into this folder. Change its rights, or choose another.');
  }
  return to;
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function refusal(message: string): OperationFailure {
  return new OperationFailure('CONFLICT', message);
}
