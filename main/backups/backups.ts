import { mkdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Backup, BackupReason } from '../../shared/contract/backups.ts';
import type { Working, Works } from '../administration/works.ts';
import type { DataPaths } from '../config/data-paths.ts';
import type { Database } from '../database/database.ts';
import type { Log } from '../log.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import { listTree } from '../recordings/move-files.ts';
import type { RecordingsPlace } from '../recordings/recordings-place.ts';
import { BackupsPlace } from './backups-place.ts';
import { isDailyDue, outlived, readKeeping } from './keeping.ts';
import { makeBackup } from './make-backup.ts';
import { listManifests, type Manifest } from './manifest.ts';
import { RecordingsStore } from './recordings-store.ts';
import { Scratch } from './scratch.ts';

/** How often it is looked whether a daily backup is due. */
const LOOK_EVERY_MS = 30 * 60_000;
/** The first time soon after the start, when that has settled. */
const LOOK_FIRST_MS = 3 * 60_000;

/** The backups on this machine. */
export class Backups {
  readonly scratch: Scratch;
  readonly place: BackupsPlace;
  readonly #parts: ConstructorParameters<typeof Backups>[0];
  #timer: NodeJS.Timeout | undefined;

  /**
   * @param parts.isRecording a daily backup waits while somebody records
   * @param parts.lookFirstMs when it is looked for the first time whether one is due
   */
  constructor(parts: {
    database: Database;
    paths: DataPaths;
    place: Pick<RecordingsPlace, 'folder' | 'isThere'>;
    works: Works;
    version: string;
    log: Log;
    isRecording: () => boolean;
    template?: string;
    lookFirstMs?: number;
  }) {
    this.#parts = parts;
    const { paths, template } = parts;
    this.place = new BackupsPlace(paths);
    this.scratch = new Scratch(join(paths.folder, 'scratch'), template);
  }

  /** It may become another one while the app runs. */
  get folder(): string {
    return this.place.folder;
  }

  get store(): RecordingsStore {
    return new RecordingsStore(join(this.folder, 'recordings'));
  }

  /** Removes what a kill has left, and makes a backup a day from now on. */
  async start(): Promise<void> {
    await this.scratch.clear();
    this.#lookIn(this.#parts.lookFirstMs ?? LOOK_FIRST_MS);
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  /** None while the folder is not there. */
  async list(): Promise<Manifest[]> {
    if (!(await this.place.isThere())) return [];
    return (await listManifests(this.folder)).whole;
  }

  /** @throws OperationFailure NOT_FOUND; CONFLICT while the folder is not there */
  async get(id: string): Promise<Manifest> {
    await this.place.require();
    const found = (await this.list()).find((backup) => backup.id === id);
    if (found) return found;
    throw new OperationFailure('NOT_FOUND', 'This backup is not there any more.');
  }

  /**
   * Makes one, and removes those that have had their time.
   *
   * @throws OperationFailure CONFLICT while the folder is not there
   */
  async make(reason: BackupReason, working: Working): Promise<Manifest> {
    const { database, place: recordingsPlace, version, log } = this.#parts;
    const { connection, config } = database;
    if (!config) throw new OperationFailure('DATABASE_UNAVAILABLE', 'No database is open.');
    await this.place.require();
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    await this.#removeCutOff();
    const [last] = await this.list();
    const manifest = await makeBackup(
      {
        ...{ connection, config, place: database.engine.place, version },
        ...{ folder: this.folder, scratch: this.scratch, store: this.store },
        recordings: (await recordingsPlace.isThere()) ? recordingsPlace.folder : null,
        known: last?.recordings ?? null,
      },
      reason,
      working,
    );
    log.info({ backup: manifest.id, reason }, 'backup made, and restored to verify it');
    await this.#rotate();
    return manifest;
  }

  async remove(id: string): Promise<void> {
    await this.get(id);
    await rm(join(this.folder, id), { recursive: true, force: true });
    await this.#sweep();
  }

  /** Nothing while the folder is not there. */
  async sizes(): Promise<{ sizeBytes: number; freeBytes: number }> {
    if (!(await this.place.isThere())) return { sizeBytes: 0, freeBytes: 0 };
    const { files } = await listTree(this.folder);
    const { bavail, bsize } = await statfs(this.folder).catch(() => statfs(this.#parts.paths.folder));
    return { sizeBytes: files.reduce((sum, { bytes }) => sum + bytes, 0), freeBytes: bavail * bsize };
  }

  #lookIn(ms: number): void {
    this.#timer = setTimeout(() => void this.#look().finally(() => this.#lookIn(LOOK_EVERY_MS)), ms);
    this.#timer.unref();
  }

  /** Makes the daily backup where it is due. Never rejects. */
  async #look(): Promise<void> {
    const { database, works, log, isRecording } = this.#parts;
    try {
      if (database.status.state !== 'ready' || works.isRunning || isRecording()) return;
      if (!(await this.isDue(new Date()))) return;
      await works.do('BACKUP', async (working) => backupWords(await this.make('DAILY', working)));
    } catch (error) {
      log.warn({ err: error }, 'the daily backup was not made; it is tried again');
    }
  }

  async isDue(now: Date): Promise<boolean> {
    const { database, paths } = this.#parts;
    if (!readKeeping(paths.settings, database.engine.kind === 'embedded').daily) return false;
    return isDailyDue(await this.list(), now);
  }

  async #rotate(): Promise<void> {
    const { paths, database } = this.#parts;
    const keeping = readKeeping(paths.settings, database.engine.kind === 'embedded');
    for (const { id } of outlived(await this.list(), keeping)) {
      await rm(join(this.folder, id), { recursive: true, force: true });
    }
    await this.#sweep();
  }

  async #removeCutOff(): Promise<void> {
    const { cutOff } = await listManifests(this.folder);
    for (const id of cutOff) await rm(join(this.folder, id), { recursive: true, force: true });
  }

  async #sweep(): Promise<void> {
    const { whole: backups, unreadable } = await listManifests(this.folder);
    if (unreadable.length > 0) {
      // Which recordings those have nobody can say: rather all stay.
      this.#parts.log.warn({ unreadable }, 'backups that cannot be read; no kept recording is removed');
      return;
    }
    const wanted = new Set(
      backups.flatMap(({ recordings }) => recordings?.map(({ sha256 }) => sha256) ?? []),
    );
    await this.store.removeAllBut(wanted);
  }
}

/** A backup as it is handed out. @param known the migrations of this app */
export function describeBackup(manifest: Manifest, known: ReadonlySet<string>): Backup {
  const { id, reason, madeAt, parley, place, tables, recordings, verifiedAt, migrations } = manifest;
  const rowsOf = (name: string) => tables.find((table) => table.name === name)?.rows ?? 0;
  return {
    ...{ id, reason, madeAt, parley, place, verifiedAt },
    rows: tables.reduce((sum, { rows }) => sum + rows, 0),
    people: rowsOf('users'),
    interviews: rowsOf('interviews'),
    sizeBytes: tables.reduce((sum, { bytes }) => sum + bytes, 0),
    recordings: recordings && {
      files: recordings.length,
      sizeBytes: recordings.reduce((sum, { bytes }) => sum + bytes, 0),
    },
    newer: migrations.some((name) => !known.has(name)),
  };
}

export function backupWords({ tables, recordings }: Manifest): string {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const files = recordings ? recordingsWords(recordings.length) : '; recordings were away';
  return `The backup has ${rows.toLocaleString('en')} rows${files}, and was restored once to see that it can be.`;
}

function recordingsWords(files: number): string {
  if (files === 0) return ' and no recordings';
  return ` and ${files.toLocaleString('en')} ${files === 1 ? 'file' : 'files'} of recordings`;
}
