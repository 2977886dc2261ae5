import type { EntityManager } from 'typeorm';
import type { RetentionAmount } from '../../shared/contract/retention.ts';
import { holdAdmins } from '../accounts/admins.ts';
import type { Works } from '../administration/works.ts';
import { audit } from '../audit/audit.ts';
import type { Database } from '../database/database.ts';
import type { EventHub } from '../events.ts';
import { notFound } from '../interviews/own-interview.ts';
import type { Log } from '../log.ts';
import type { HandlersOf, SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import { announce, noticesOf, readDue } from './notices.ts';
import { listAffected, previewInterviews, previewRule } from './read-affected.ts';
import { nothingRemoved, removeDue } from './remove.ts';
import { addRule, changeRule, readRules, requireSeen, ruleSubject } from './rules.ts';
import { beginRun, endKilledRuns, endRun, isRunDue, lastRun } from './runs.ts';

/** How often it is looked whether the daily run is due, and when first: after what a start has to put in order. */
const LOOK_EVERY_MS = 30 * 60_000;
const LOOK_FIRST_MS = 5 * 60_000;

/** Interviews removed from in one transaction: short enough that nobody waits for it. */
const BATCH = 50;

export interface Retention {
  readonly handlers: HandlersOf<'retention'>;
  /** Applies the rules once a day from now on. */
  start(): void;
  /** Applies the rules if that is due. Never rejects. */
  look(now?: Date): Promise<void>;
  /** Applies the rules after that has failed. @throws what went wrong */
  again(): Promise<void>;
  close(): void;
}

/**
 * Removes recordings, transcripts and whole interviews when their time has passed, by rules that admins make.
 *
 * Rows first, in transactions; then files, by what the rows say, on each machine that has some. So a kill at any moment
 * leaves a run that the next one goes on with, and no row that claims what is gone.
 *
 * @param parts.works a run is one of the works on the database, of which one goes on at a time
 * @param parts.removeFiles removes the files of what is gone; never rejects, and is done again by the hour
 */
export function createRetention(parts: {
  database: Pick<Database, 'dataSource' | 'engine' | 'status'>;
  events: EventHub;
  log: Log;
  works: Works;
  isRecording: () => boolean;
  removeFiles: () => Promise<void>;
}): Retention {
  const { database, events, log, works, isRecording, removeFiles } = parts;
  const manager = () => database.dataSource.manager;
  let timer: NodeJS.Timeout | undefined;

  function asAdmin<T>(admin: SignedInPerson, act: (manager: EntityManager) => Promise<T>): Promise<T> {
    return database.dataSource.transaction(async (manager) => {
      await holdAdmins(manager, admin);
      return act(manager);
    });
  }

  /** @param personId null: it is time */
  function run(personId: string | null): Promise<void> {
    return works.do('RETENTION', async (working) => {
      working.step('Looking what is due');
      const { dataSource, engine } = database;
      const { runId, announced } = await dataSource.transaction(async (manager) => {
        await endKilledRuns(manager, engine.kind === 'embedded');
        return { runId: await beginRun(manager, personId), announced: await announce(manager) };
      });
      const due = await readDue(dataSource.manager);
      working.step('Removing what is due', due.length);
      let removed: RetentionAmount = nothingRemoved;
      for (let start = 0; start < due.length; start += BATCH) {
        if (working.signal.aborted) throw stopped();
        const batch = due.slice(start, start + BATCH);
        removed = plus(removed, await removeDue(dataSource, batch, runId));
        working.advance(batch.length);
      }
      await removeFiles();
      await dataSource.transaction((manager) => endRun(manager, runId, announced));
      log.info({ runId, announced, removed }, 'retention rules applied');
      events.publish('retention.changed', undefined);
      return words(removed, announced);
    });
  }

  async function look(now = new Date()): Promise<void> {
    try {
      if (database.status.state !== 'ready' || works.isRunning || isRecording()) return;
      // Off until somebody makes a rule.
      if ((await readRules(manager())).length === 0 || !(await isRunDue(manager(), now))) return;
      await run(null);
    } catch (error) {
      log.warn({ err: error }, 'the retention rules were not applied; it is tried again');
    }
  }

  function lookIn(ms: number): void {
    timer = setTimeout(() => void look().finally(() => lookIn(LOOK_EVERY_MS)), ms);
    timer.unref();
  }

  const handlers: Retention['handlers'] = {
    async 'retention.rules'() {
      return { rules: await readRules(manager()), lastRun: await lastRun(manager()) };
    },

    'retention.preview': ({ input }) => previewRule(manager(), input),
    'retention.previewInterviews': ({ input }) => previewInterviews(manager(), input.rule, input),
    'retention.interviews': ({ input }) => listAffected(manager(), input.list, input),

    async 'retention.saveRule'({ input: { id, seen, rule: draft }, person }) {
      const rule = await asAdmin(person, async (manager) => {
        const before = id === null ? null : await requireSeen(manager, id, seen);
        const after = before ? await changeRule(manager, before, draft) : await addRule(manager, draft);
        await announce(manager);
        await audit(manager, {
          ...{ personId: person.id, action: 'retention.saveRule', subject: ruleSubject(after) },
          ...{ from: before && withoutId(before), to: withoutId(after) },
        });
        return after;
      });
      log.info({ rule, by: person.id }, 'retention rule saved');
      events.publish('retention.changed', undefined);
      return rule;
    },

    async 'retention.removeRule'({ input: { id, seen }, person }) {
      await asAdmin(person, async (manager) => {
        const before = await requireSeen(manager, id, seen);
        await manager.query('DELETE FROM retention_rules WHERE id = $1', [id]);
        await announce(manager);
        await audit(manager, {
          ...{ personId: person.id, action: 'retention.removeRule', subject: ruleSubject(before) },
          from: withoutId(before),
        });
      });
      log.info({ ruleId: id, by: person.id }, 'retention rule removed');
      events.publish('retention.changed', undefined);
    },

    async 'retention.keep'({ input: { interviewId, kept }, person }) {
      await asAdmin(person, async (manager) => {
        // A run that has it in hand is over with it before this goes on.
        const [interview] = await manager.query<{ title: string }[]>(
          'SELECT title FROM interviews WHERE id = $1 FOR UPDATE',
          [interviewId],
        );
        if (!interview) throw notFound('interview');
        const [{ was = false } = {}] = await manager.query<{ was: boolean }[]>(
          'SELECT EXISTS (SELECT FROM retention_holds WHERE interview_id = $1) AS was',
          [interviewId],
        );
        if (was === kept) return;
        await manager.query(
          kept
            ? 'INSERT INTO retention_holds (interview_id, held_by) VALUES ($1, $2)'
            : 'DELETE FROM retention_holds WHERE interview_id = $1 AND $2::uuid IS NOT NULL',
          [interviewId, person.id],
        );
        await announce(manager, interviewId);
        await audit(manager, {
          ...{ personId: person.id, action: 'retention.keep', from: { kept: was }, to: { kept } },
          subject: { kind: 'interview', id: interviewId, label: interview.title },
        });
      });
      events.publish('retention.changed', undefined);
    },

    async 'retention.run'({ person }) {
      await asAdmin(person, async () => undefined);
      await run(person.id);
      const last = await lastRun(manager());
      if (!last) throw new Error('the run of retention is gone');
      return last;
    },

    'retention.ofInterview': ({ input, person }) => noticesOf(manager(), person, input.id),
  };

  return {
    handlers,
    look,
    again: () => run(null),
    start: () => lookIn(LOOK_FIRST_MS),
    close: () => clearTimeout(timer),
  };
}

function stopped(): OperationFailure {
  return new OperationFailure(
    'CONFLICT',
    'It was stopped. What it had removed by then is gone; the next run does the rest.',
  );
}

function withoutId<T extends { id: string }>({ id: _, ...rest }: T): Omit<T, 'id'> {
  return rest;
}

function plus(one: RetentionAmount, other: RetentionAmount): RetentionAmount {
  return {
    interviews: one.interviews + other.interviews,
    recordings: one.recordings + other.recordings,
    bytes: one.bytes + other.bytes,
    transcripts: one.transcripts + other.transcripts,
  };
}

function words({ interviews, recordings, transcripts }: RetentionAmount, announced: number): string {
  const parts = [
    interviews > 0 && `${interviews} whole interviews`,
    recordings > 0 && `${recordings} recordings`,
    transcripts > 0 && `${transcripts} transcripts`,
  ].filter((part) => part !== false);
  const removed = parts.length > 0 ? `Removed: ${parts.join(', ')}.` : 'Nothing was due.';
  return announced > 0 ? `${removed} Announced: ${announced}.` : removed;
}
