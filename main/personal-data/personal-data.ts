import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { DataSource } from 'typeorm';
import { v7 } from 'uuid';
import type { Saving } from '../../shared/contract/personal-data.ts';
import { holdAdmins } from '../accounts/admins.ts';
import { personRowById, personSubject } from '../accounts/people.ts';
import { audit } from '../audit/audit.ts';
import type { DataPaths } from '../config/data-paths.ts';
import type { EventHub } from '../events.ts';
import type { Log } from '../log.ts';
import type { HandlersOf, SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import type { RecordingsPlace } from '../recordings/recordings-place.ts';
import type { Desktop } from '../recordings/storage.ts';
import type { ArchiveHead } from './data-file.ts';
import { Downloads } from './downloads.ts';
import { Drafts } from './drafts.ts';
import { asFileName, dayOf } from './names.ts';

/** How often it is told how far an archive is, at most. */
const TELL_EVERY_MS = 250;

export interface PersonalData {
  readonly handlers: HandlersOf<'personalData'>;
  /** Serves a finished archive to whoever had it made, where the host has no folders to choose from. */
  download(request: Request, person: SignedInPerson | null): Promise<Response>;
  /** Removes what waits to be fetched of somebody who is erased. */
  forget(personId: string): Promise<void>;
  /** Removes what a kill has left. */
  start(): Promise<void>;
  close(): Promise<void>;
}

interface Run {
  saving: Saving;
  target: string;
  abort: AbortController;
  ended: Promise<void>;
  toldAt: number;
}

/**
 * Hands people what Parley holds of them, as one archive each: to themselves, or to an admin for them. What is in it is
 * said in tables.ts.
 *
 * @param parts.desktop where the person can choose a file; without it the archive is downloaded
 */
export function createPersonalData(parts: {
  database: { readonly dataSource: DataSource };
  place: Pick<RecordingsPlace, 'folder' | 'require'>;
  events: EventHub;
  log: Log;
  paths: Pick<DataPaths, 'folder' | 'settings'>;
  version: string;
  desktop: Pick<Desktop, 'chooseTarget' | 'openFolder'> | undefined;
}): PersonalData {
  const { database, place, events, log, paths, version, desktop } = parts;
  const drafts = new Drafts(paths.settings);
  const downloads = new Downloads(join(paths.folder, 'downloads'));
  /** The last of each person who asked. */
  const runs = new Map<string, Run>();

  /** Who is choosing a file just now. */
  const beginning = new Set<string>();

  /** @throws OperationFailure CONFLICT, NOT_FOUND, FORBIDDEN */
  async function begin(asker: SignedInPerson, personId: string): Promise<boolean> {
    if (beginning.has(asker.id) || runs.get(asker.id)?.saving.endedAt === null) {
      throw new OperationFailure(
        'CONFLICT',
        'A file is being written already. Wait for its end, or stop it.',
      );
    }
    beginning.add(asker.id);
    try {
      return await chooseAndBegin(asker, personId);
    } finally {
      beginning.delete(asker.id);
    }
  }

  async function chooseAndBegin(asker: SignedInPerson, personId: string): Promise<boolean> {
    await place.require();
    const { name } = await personRowById(database.dataSource.manager, personId);
    const fileName = `${asFileName(`Parley, ${name}`)} ${dayOf(new Date())}.zip`;
    const target = desktop ? await desktop.chooseTarget(fileName) : await downloads.place(fileName);
    if (target === null) return false;
    const head = await enter(asker, personId, asker.id === personId);
    const run: Run = {
      saving: {
        ...{ id: v7(), person: { id: personId, name: head.person.name }, state: 'WRITING' },
        ...{ doneBytes: 0, totalBytes: 0, startedAt: head.madeAt, endedAt: null, message: null, file: null },
      },
      ...{ target, abort: new AbortController(), ended: Promise.resolve(), toldAt: 0 },
    };
    runs.set(asker.id, run);
    run.ended = work(asker, run, head);
    return true;
  }

  /** Before a byte is read: whoever takes somebody's data away is in the log, however it ends. */
  async function enter(asker: SignedInPerson, personId: string, isSelf: boolean): Promise<ArchiveHead> {
    const person = await database.dataSource.transaction(async (manager) => {
      if (!isSelf) await holdAdmins(manager, asker);
      const row = await personRowById(manager, personId);
      const action = isSelf ? 'personalData.saveOwn' : 'personalData.save';
      await audit(manager, { personId: asker.id, action, subject: personSubject(row) });
      return row;
    });
    const { id, name, email } = person;
    return { person: { id, name, email }, madeAt: new Date().toISOString(), isSelf, parley: version };
  }

  /** Never rejects. */
  async function work(asker: SignedInPerson, run: Run, head: ArchiveHead): Promise<void> {
    const tell = (changes: Partial<Saving>, always = true) => {
      run.saving = { ...run.saving, ...changes };
      if (!always && performance.now() - run.toldAt < TELL_EVERY_MS) return;
      run.toldAt = performance.now();
      events.publish('personalData.changed', undefined, { personId: asker.id });
    };
    const end = (changes: Partial<Saving>) => tell({ ...changes, endedAt: new Date().toISOString() });
    const by = { personId: head.person.id, by: asker.id };
    try {
      // Loaded when it is needed: nobody waits for it at the start.
      const { makeArchive } = await import('./make-archive.ts');
      const made = await makeArchive(
        run.target,
        head,
        { dataSource: database.dataSource, folder: () => place.folder, drafts },
        {
          signal: run.abort.signal,
          begin: (state, totalBytes) => tell({ state, doneBytes: 0, totalBytes }),
          advance: (bytes) => tell({ doneBytes: run.saving.doneBytes + bytes }, false),
        },
      );
      log.info({ ...by, recordings: made.recordings, lacking: made.lacking.length }, 'personal data saved');
      const download = desktop ? null : downloads.offer(run.target, asker, head.person.id);
      end({ state: 'DONE', file: { name: basename(run.target), ...made, download } });
    } catch (error) {
      if (run.abort.signal.aborted) return end({ state: 'STOPPED' });
      log.error({ ...by, err: error }, 'personal data could not be saved');
      end({ state: 'FAILED', message: wordsOf(error) });
    }
  }

  return {
    handlers: {
      'personalData.save': async ({ input, person }) => ({ begun: await begin(person, input.id) }),
      'personalData.saveOwn': async ({ person }) => ({ begun: await begin(person, person.id) }),
      'personalData.saving': async ({ person }) => runs.get(person.id)?.saving ?? null,
      async 'personalData.stop'({ person }) {
        runs.get(person.id)?.abort.abort();
        await runs.get(person.id)?.ended;
      },
      async 'personalData.openFolder'({ person }) {
        const run = runs.get(person.id);
        if (!desktop || run?.saving.state !== 'DONE') {
          throw new OperationFailure('CONFLICT', 'There is no folder to show.');
        }
        await desktop.openFolder(dirname(run.target));
      },
    },

    download: (request, person) => downloads.respond(request, person),

    forget: (personId) => downloads.forget(personId),

    async start() {
      await drafts.clear();
      await rm(downloads.folder, { recursive: true, force: true });
    },

    async close() {
      for (const run of runs.values()) run.abort.abort();
      await Promise.all([...runs.values()].map(({ ended }) => ended));
      await rm(downloads.folder, { recursive: true, force: true });
    },
  };
}

function wordsOf(error: unknown): string {
  if (error instanceof OperationFailure) return error.message;
  if (error instanceof Error && error.name === 'ArchiveDamagedError') {
    return 'The file could not be read back as it was written, so it was thrown away. Try another disk.';
  }
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return 'The disk is full. Free some space, or choose another disk.';
  if (code === 'EFBIG') return 'The file is larger than that disk can hold. Choose another disk.';
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return 'Parley may not write there. Choose another folder.';
  }
  return 'It could not be written, and nothing of it is left. The log has the reason. Try another folder.';
}
