import { rm } from 'node:fs/promises';
import { z } from 'zod';
import { changeSettings, readSettings } from '../config/settings-file.ts';

/** What an archive is called until it is whole. */
export const draftExtension = '.parley-unfinished';

const noted = z.array(z.string()).catch([]);
const key = 'unfinishedArchives';

/** Notes where archives are being written, so that what a kill has left of one is removed by the next start. */
export class Drafts {
  readonly #settings: string;

  constructor(settings: string) {
    this.#settings = settings;
  }

  note(file: string): Promise<void> {
    return this.#change((files) => [...files, file]);
  }

  forget(file: string): Promise<void> {
    return this.#change((files) => files.filter((other) => other !== file));
  }

  /** Never anything but a draft, whatever stands in the settings. */
  async clear(): Promise<void> {
    const files = noted.parse(readSettings(this.#settings)[key]);
    if (files.length === 0) return;
    for (const file of files) if (file.endsWith(draftExtension)) await rm(file, { force: true });
    await this.#change(() => []);
  }

  #change(change: (files: string[]) => string[]): Promise<void> {
    return changeSettings(this.#settings, ({ [key]: before, ...rest }) => {
      const files = change(noted.parse(before));
      return files.length > 0 ? { ...rest, [key]: files } : rest;
    });
  }
}
