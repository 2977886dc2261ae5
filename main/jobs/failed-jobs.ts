import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { FailedJob } from '../../shared/contract/health.ts';
import { type JobKind, jobKinds } from '../../shared/model/job.ts';
import { writeDurably } from '../config/durable-file.ts';
import type { Log } from '../log.ts';
import { OperationFailure } from '../operations/operation-failure.ts';

/** Work that nobody waits for at a screen. */
export interface Job {
  readonly kind: JobKind;
  /** The id of what it is about, where there are several: a take. */
  readonly subject?: string;
}

/** Whom work in the background tells how it went. Neither call ever throws, nor takes time. */
export interface JobReports {
  /** @param why for a person: what went wrong and what to do; no secret, no path, nothing that was said */
  failed(job: Job, why: string): void;
  succeeded(job: Job): void;
}

/** Where nobody is to be told, as in tests of something else. */
export const unreported: JobReports = { failed: () => undefined, succeeded: () => undefined };

/** More than a person reads; the oldest make way. */
const MOST = 200;

const stored = z
  .array(
    z.object({
      kind: z.enum(jobKinds),
      subject: z.string().nullable(),
      firstFailedAt: z.iso.datetime(),
      failedAt: z.iso.datetime(),
      times: z.int().positive(),
      why: z.string(),
    }),
  )
  .catch([]);
type Noted = Omit<FailedJob, 'id' | 'canRetry'>;

/**
 * What failed on this machine while nobody watched, and has not succeeded since. Kept in a file and not in the database:
 * recordings, backups and disks are a machine's own, and the database may be what failed.
 */
export class FailedJobs implements JobReports {
  readonly #file: string;
  readonly #log: Log;
  readonly #jobs: Map<string, Noted>;
  #writing: Promise<void> = Promise.resolve();

  constructor(file: string, log: Log) {
    this.#file = file;
    this.#log = log;
    this.#jobs = new Map(readNoted(file).map((job) => [idOf(job), job]));
  }

  /** The one that failed last first. */
  list(): (Noted & { id: string })[] {
    return [...this.#jobs]
      .map(([id, job]) => ({ id, ...job }))
      .sort((one, other) => other.failedAt.localeCompare(one.failedAt));
  }

  failed({ kind, subject }: Job, why: string): void {
    const now = new Date().toISOString();
    const id = idOf({ kind, subject: subject ?? null });
    const before = this.#jobs.get(id);
    const { firstFailedAt, times } = before ?? { firstFailedAt: now, times: 0 };
    this.#jobs.set(id, {
      ...{ kind, subject: subject ?? null, firstFailedAt, failedAt: now, times: times + 1 },
      why: why.slice(0, 500),
    });
    for (const { id: oldest } of this.list().slice(MOST)) this.#jobs.delete(oldest);
    this.#write();
  }

  succeeded({ kind, subject }: Job): void {
    this.forget([idOf({ kind, subject: subject ?? null })]);
  }

  /** Takes some off the list, whatever became of them. */
  forget(ids: readonly string[]): void {
    if (ids.filter((id) => this.#jobs.delete(id)).length > 0) this.#write();
  }

  /** Resolves when everything that was reported is on disk, as far as that can be. */
  written(): Promise<void> {
    return this.#writing;
  }

  #write(): void {
    this.#writing = this.#writing
      .then(() => writeDurably(this.#file, `${JSON.stringify([...this.#jobs.values()], null, 2)}\n`))
      .catch((error: unknown) => this.#log.warn({ err: error }, 'failed jobs could not be noted'));
  }
}

/**
 * What went wrong, in words.
 *
 * @param otherwise where the error is not meant for a person
 */
export function jobFailureWords(error: unknown, otherwise: string): string {
  if (error instanceof OperationFailure) return error.message;
  const { code } = error instanceof Error ? (error as { code?: unknown }) : {};
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === '53100') return 'The disk is full. Free some space.';
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return 'Parley may not write there.';
  return otherwise;
}

function idOf({ kind, subject }: Pick<Noted, 'kind' | 'subject'>): string {
  return subject === null ? kind : `${kind} ${subject}`;
}

function readNoted(file: string): Noted[] {
  if (!existsSync(file)) return [];
  try {
    return stored.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return [];
  }
}
