import { statfs } from 'node:fs/promises';
import type { StorageMove, StorageStatus } from '../../shared/contract/storage.ts';
import type { DataPaths } from '../config/data-paths.ts';
import type { EventHub } from '../events.ts';
import { type JobReports, unreported } from '../jobs/failed-jobs.ts';
import type { Log } from '../log.ts';
import type { HandlersOf } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import { listTree, type MoveJournal, moveFiles, readJournal, takeBackMove } from './move-files.ts';
import { checkTarget } from './move-target.ts';
import type { Recordings } from './recordings.ts';
import type { RecordingsPlace } from './recordings-place.ts';
import { makeFolder } from './take-files.ts';

/** How often a move tells how far it is, at most. */
const TELL_EVERY_MS = 250;

/** What a host with a desktop can do with folders. */
export interface Desktop {
  /** Shows a folder in the system's file manager. */
  openFolder(folder: string): Promise<void>;
  /** Asks the person for a folder. @returns null when they thought better of it */
  chooseFolder(what: 'recordings' | 'backups'): Promise<string | null>;
  /** Asks where to save a file. @returns its path, null when they thought better of it */
  chooseTarget(fileName: string): Promise<string | null>;
  /** Asks the person for a certificate's file, and reads it. @returns null when they thought better of it */
  chooseCertificate(): Promise<{ name: string; pem: string } | null>;
}

export interface Storage {
  handlers: HandlersOf<'storage'>;
  status(): Promise<StorageStatus>;
  /** How many files there are, and how large they are together; nothing while the folder is not there. */
  measure(): Promise<{ files: number; sizeBytes: number }>;
  /** Finishes a move that had only originals left to remove; notes one that is to be gone on with. Never rejects. */
  resume(): Promise<void>;
  /** Ends a move where it is; it can go on at the next start. */
  close(): Promise<void>;
}

/** Where recordings are on this machine, and moving them; see docs/RECORDING.md. */
export function createStorage(parts: {
  place: RecordingsPlace;
  recordings: Pick<Recordings, 'whileStill' | 'findStrays' | 'reconcile'>;
  events: EventHub;
  log: Log;
  paths: DataPaths;
  desktop: Desktop | undefined;
  jobs?: JobReports;
}): Storage {
  const { place, recordings, events, log, paths, desktop, jobs = unreported } = parts;
  const journalFile = `${paths.settings.replace(/[^\\/]*$/, '')}recordings-move.json`;
  let move: StorageMove | null = null;
  let running: { abort: AbortController; ended: Promise<void> } | null = null;
  let toldAt = 0;
  let wasThere = true;

  const tell = (changed: Partial<StorageMove> = {}) => {
    if (move) move = { ...move, ...changed };
    toldAt = performance.now();
    events.publish('storage.changed', undefined);
  };

  /** Moves behind; resolves once it has begun. */
  async function begin(journal: MoveJournal): Promise<void> {
    if (running) throw new OperationFailure('CONFLICT', 'The recordings are being moved already.');
    const abort = new AbortController();
    const { from, to } = journal;
    let moving: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => {
      moving = resolve;
    });
    const work = recordings.whileStill(async () => {
      move = { to, state: 'copying', doneBytes: 0, totalBytes: 0, message: null };
      moving();
      const left = await moveFiles({
        ...{ journalFile, journal, signal: abort.signal },
        switchOver: () => switchOver(journal),
        onProgress({ phase, doneBytes, totalBytes }) {
          const state = phase === 'COPYING' ? 'copying' : 'removing';
          const changed = { state, doneBytes, totalBytes } as const;
          const isNews = state !== move?.state || totalBytes !== move.totalBytes;
          if (isNews || performance.now() - toldAt > TELL_EVERY_MS) tell(changed);
          else if (move) move = { ...move, ...changed };
        },
      });
      if (left.length > 0) log.warn({ from, left }, 'some files were left in the old folder of recordings');
      log.info({ from, to }, 'recordings moved');
    });
    const ended = work
      .then(
        () => {
          move = null;
          jobs.succeeded({ kind: 'MOVE_RECORDINGS' });
          lookThrough();
        },
        (error: unknown) => {
          if (!move) return;
          if (!abort.signal.aborted) {
            jobs.failed({ kind: 'MOVE_RECORDINGS' }, wordsOf(error));
            log.error({ from, to, err: error }, 'recordings could not be moved');
          }
          move = { ...move, state: 'interrupted', message: abort.signal.aborted ? null : wordsOf(error) };
        },
      )
      .finally(() => {
        running = null;
        tell();
      });
    running = { abort, ended };
    // What refuses before it has begun is told to the one who asked.
    await Promise.race([begun, work]);
    tell();
  }

  /** Makes the new folder the one that counts. */
  async function switchOver({ from, to }: MoveJournal): Promise<void> {
    if (from === place.waiting) await place.forgetWaiting();
    else if (place.folder !== to) await place.settle(to);
  }

  async function beginTo(chosen: string): Promise<void> {
    refuseUnlessMovable();
    await place.require();
    const from = place.folder;
    await makeFolder(from);
    const { files } = await listTree(from);
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    const { usualFolder } = place;
    const to = await checkTarget({ to: chosen, from, usualFolder, dataFolder: paths.folder, bytes });
    await begin({ from, to, phase: 'COPYING' });
  }

  function refuseUnlessMovable(): void {
    if (running) throw new OperationFailure('CONFLICT', 'The recordings are being moved already.');
    if (move) {
      throw new OperationFailure('CONFLICT', 'A move was cut off. Go on with it or take it back first.');
    }
  }

  async function resumeMove(): Promise<void> {
    const journal = await readJournal(journalFile);
    if (!journal) {
      move = null;
      tell();
      return;
    }
    const isGathering = journal.from === place.waiting;
    if (journal.phase === 'COPYING' && !isGathering && journal.from === place.folder) await place.require();
    await requireFolder(journal.to);
    await begin(journal);
  }

  async function requireFolder(folder: string): Promise<void> {
    if (folder === place.usualFolder) return;
    await statfs(folder).catch(() => {
      throw new OperationFailure('CONFLICT', `${folder} is not there. Connect its disk, then go on.`);
    });
  }

  /** Puts in order what has come with other files. */
  function lookThrough(): void {
    recordings
      .reconcile()
      .catch((error: unknown) => log.warn({ err: error }, 'recordings not looked through'));
  }

  async function status(): Promise<StorageStatus> {
    const there = await place.isThere();
    if (there && !wasThere) lookThrough();
    wasThere = there;
    const { folder, usualFolder } = place;
    return {
      ...{ folder, usualFolder, there, move },
      usual: folder === usualFolder,
      freeBytes: there ? await freeBytes(folder, paths.folder) : 0,
      waiting: place.waiting ? { folder: place.waiting, there: await place.isWaitingThere() } : null,
      canChoose: desktop !== undefined,
    };
  }

  async function measure(): Promise<{ files: number; sizeBytes: number }> {
    if (!(await place.isThere())) return { files: 0, sizeBytes: 0 };
    const { files } = await listTree(place.folder);
    return { files: files.length, sizeBytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
  }

  const requireDesktop = (): Desktop => {
    if (desktop) return desktop;
    throw new OperationFailure('CONFLICT', 'This is done in the desktop app.');
  };

  const handlers: HandlersOf<'storage'> = {
    'storage.status': status,

    'storage.measure': measure,

    async 'storage.open'() {
      await place.require();
      await makeFolder(place.folder);
      await requireDesktop().openFolder(place.folder);
    },

    async 'storage.move'() {
      const { chooseFolder } = requireDesktop();
      refuseUnlessMovable();
      await place.require();
      const chosen = await chooseFolder('recordings');
      if (chosen === null) return { begun: false };
      await beginTo(chosen);
      return { begun: true };
    },

    'storage.moveBack': () => beginTo(place.usualFolder),
    'storage.resumeMove': resumeMove,

    async 'storage.cancelMove'() {
      if (move?.state === 'removing') {
        throw new OperationFailure('CONFLICT', 'The recordings are in their new folder already.');
      }
      running?.abort.abort();
      await running?.ended;
      const journal = await readJournal(journalFile);
      if (journal && (journal.phase === 'REMOVING' || place.folder === journal.to)) {
        if (journal.from !== place.waiting) {
          throw new OperationFailure('CONFLICT', 'The recordings are in their new folder already.');
        }
      }
      if (journal) await recordings.whileStill(() => takeBackMove(journalFile, journal));
      jobs.succeeded({ kind: 'MOVE_RECORDINGS' });
      move = null;
      tell();
    },

    async 'storage.giveUp'() {
      refuseUnlessMovable();
      if (await place.isThere()) throw new OperationFailure('CONFLICT', 'The folder is there again.');
      if (place.waiting) {
        throw new OperationFailure(
          'CONFLICT',
          'Another folder still waits for its disk. Bring that here first.',
        );
      }
      await place.giveUp();
      log.warn({ waiting: place.waiting }, 'recording in the usual folder, since the chosen one is away');
      tell();
    },

    async 'storage.gather'() {
      refuseUnlessMovable();
      const { waiting } = place;
      if (!waiting) return;
      if (!(await place.isWaitingThere())) {
        throw new OperationFailure('CONFLICT', `${waiting} is not there. Connect its disk, then try again.`);
      }
      await place.require();
      await makeFolder(place.folder);
      await begin({ from: waiting, to: place.folder, phase: 'COPYING' });
    },

    async 'storage.findStrays'() {
      await place.require();
      return recordings.findStrays();
    },
  };

  return {
    ...{ handlers, status, measure },

    async resume() {
      if (running || move) return;
      try {
        const journal = await readJournal(journalFile);
        if (!journal) return;
        const { to } = journal;
        move = { to, state: 'interrupted', doneBytes: 0, totalBytes: 0, message: null };
        tell();
        // Once switched, only originals are left to go; before that the person decides.
        if (journal.phase === 'REMOVING' || (place.folder === to && journal.from !== place.waiting))
          await resumeMove();
      } catch (error) {
        log.error({ err: error }, 'a move of recordings that was cut off could not go on');
      }
    },

    async close() {
      running?.abort.abort();
      await running?.ended;
    },
  };
}

/** Free space on a folder's disk; before the folder is made, on the data folder's, in which it will be. */
async function freeBytes(folder: string, dataFolder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder).catch(() => statfs(dataFolder));
  return bavail * bsize;
}

function wordsOf(error: unknown): string {
  if (error instanceof OperationFailure) return error.message;
  return 'The move stopped, and nothing is lost. The log has the reason. Check both disks, then go on.';
}
