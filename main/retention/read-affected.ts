import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { OutputOf } from '../../shared/contract/index.ts';
import type { RetentionAffected, RetentionAmount, RetentionDraft } from '../../shared/contract/retention.ts';
import { retentionWhats } from '../../shared/model/retention.ts';
import { readCursor, writeCursor } from '../operations/cursor.ts';
import {
  draftParameters,
  draftRules,
  hasLeft,
  hasSound,
  isBeingRecorded,
  isMeant,
  isOver,
  mayGo,
  since,
} from './matching.ts';

/** How far ahead a preview looks. */
const SOON_DAYS = 30;

/** PostgreSQL knows no year 0. */
const moment = z.iso.datetime({ precision: 6 }).refine((text) => !text.startsWith('0000'));
const textOf = (time: string) => `to_char(${time} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

interface Page {
  after?: string | undefined;
  limit: number;
}
type AffectedPage = OutputOf<'retention.previewInterviews'>;

/** What a rule would take if it were kept. */
export async function previewRule(
  manager: EntityManager,
  draft: RetentionDraft,
): Promise<OutputOf<'retention.preview'>> {
  const ofSound = draft.what !== 'TRANSCRIPTS';
  const ofText = draft.what !== 'RECORDINGS';
  const rows = await manager.query<(RetentionAmount & { isNow: boolean; isKept: boolean })[]>(
    `
    SELECT "isNow", "isKept", count(*)::int AS interviews,
      sum(recordings)::int AS recordings, sum(bytes)::float8 AS bytes, sum(transcripts)::int AS transcripts
    FROM (
      SELECT meant.id, "isNow", "isKept",
        count(takes.id) FILTER (WHERE $6::boolean AND ${hasSound}) AS recordings,
        coalesce(sum(takes.size_bytes) FILTER (WHERE $6::boolean AND ${hasSound}), 0) AS bytes,
        count(DISTINCT answers.id) FILTER (WHERE $7::boolean AND answers.transcript <> '') AS transcripts,
        coalesce(bool_or(${isBeingRecorded}), false) AS busy
      FROM (
        SELECT interviews.id, ${isMeant()} AS "isNow",
          EXISTS (SELECT FROM retention_holds WHERE interview_id = interviews.id) AS "isKept"
        FROM interviews JOIN ${draftRules} ON ${isMeant(SOON_DAYS)}
        WHERE ${isOver}
      ) AS meant
      LEFT JOIN questions ON questions.interview_id = meant.id
      LEFT JOIN answers ON answers.question_id = questions.id
      LEFT JOIN takes ON takes.answer_id = answers.id
      GROUP BY meant.id, "isNow", "isKept"
    ) AS counted
    WHERE (NOT busy OR "isKept") AND ($8::boolean OR recordings + transcripts > 0)
    GROUP BY "isNow", "isKept"
    `,
    [...draftParameters(draft), ofSound, ofText, draft.what === 'INTERVIEWS'],
  );
  const going = rows.filter(({ isKept }) => !isKept);
  return {
    now: sum(going.filter(({ isNow }) => isNow)),
    soon: sum(going),
    kept: sum(rows.filter(({ isKept }) => isKept)).interviews,
  };
}

function sum(rows: readonly RetentionAmount[]): RetentionAmount {
  const of = (key: keyof RetentionAmount) => rows.reduce((total, row) => total + row[key], 0);
  return {
    interviews: of('interviews'),
    recordings: of('recordings'),
    bytes: of('bytes'),
    transcripts: of('transcripts'),
  };
}

/**
 * The interviews that a rule would take from within the time that a preview looks ahead, those first that are over longest.
 *
 * @throws OperationFailure INVALID_INPUT for a cursor that this list did not give out
 */
export async function previewInterviews(
  manager: EntityManager,
  draft: RetentionDraft,
  { after, limit }: Page,
): Promise<AffectedPage> {
  const [at, id] = after === undefined ? [null, null] : readCursor(after, [moment, z.uuid()] as const);
  // Announced already, it goes when that says; else it is announced once it is old enough.
  const goesAt = `coalesce(
    greatest(notices.due_at, notices.announced_at + make_interval(days => rules.grace_days)),
    greatest(now(), ${since} + make_interval(days => rules.days)) + make_interval(days => rules.grace_days)
  )`;
  const rows = await readAffected(manager, {
    what: 'rules.what',
    goesAt,
    key: since,
    from: `interviews JOIN ${draftRules} ON ${isMeant(SOON_DAYS)}
      LEFT JOIN retention_notices AS notices
        ON notices.interview_id = interviews.id AND notices.what = rules.what`,
    where: `${mayGo} AND ${hasLeft}
      AND ($6::timestamptz IS NULL OR (${since}, interviews.id) > ($6::timestamptz, $7::uuid))`,
    orderBy: `${since}, interviews.id`,
    parameters: [...draftParameters(draft), at, id],
    limit,
  });
  return pageOf(rows, limit, ({ key, interviewId }) => [key, interviewId]);
}

/**
 * What is announced, by when it goes; or the interviews that are kept by hand, by when that was said.
 *
 * @throws OperationFailure INVALID_INPUT for a cursor that this list did not give out
 */
export async function listAffected(
  manager: EntityManager,
  list: 'ANNOUNCED' | 'KEPT',
  { after, limit }: Page,
): Promise<AffectedPage> {
  if (list === 'KEPT') {
    const [at, id] = after === undefined ? [null, null] : readCursor(after, [moment, z.uuid()] as const);
    const rows = await readAffected(manager, {
      ...{ what: 'NULL', goesAt: 'NULL::timestamptz', key: 'holds.created_at' },
      from: 'retention_holds AS holds JOIN interviews ON interviews.id = holds.interview_id',
      where: `($1::timestamptz IS NULL OR (holds.created_at, interviews.id) > ($1::timestamptz, $2::uuid))`,
      orderBy: 'holds.created_at, interviews.id',
      parameters: [at, id],
      limit,
    });
    return pageOf(rows, limit, ({ key, interviewId }) => [key, interviewId]);
  }
  const [at, id, what] =
    after === undefined
      ? [null, null, null]
      : readCursor(after, [moment, z.uuid(), z.enum(retentionWhats)] as const);
  const rows = await readAffected(manager, {
    ...{ what: 'notices.what', goesAt: 'notices.due_at', key: 'notices.due_at' },
    from: 'retention_notices AS notices JOIN interviews ON interviews.id = notices.interview_id',
    where: `interviews.deleted_at IS NULL AND ($1::timestamptz IS NULL
      OR (notices.due_at, interviews.id, notices.what) > ($1::timestamptz, $2::uuid, $3::retention_what))`,
    orderBy: 'notices.due_at, interviews.id, notices.what',
    parameters: [at, id, what],
    limit,
  });
  return pageOf(rows, limit, ({ key, interviewId, what }) => [key, interviewId, what ?? '']);
}

type FoundRow = Omit<RetentionAffected, 'since' | 'goesAt'> & {
  since: Date;
  goesAt: Date | null;
  key: string;
  place: string;
};

function readAffected(
  manager: EntityManager,
  list: {
    what: string;
    goesAt: string;
    key: string;
    from: string;
    where: string;
    orderBy: string;
    parameters: readonly unknown[];
    limit: number;
  },
): Promise<FoundRow[]> {
  return manager.query<FoundRow[]>(
    `
    SELECT page.*, counts.recordings, counts.bytes FROM (
      SELECT interviews.id AS "interviewId", interviews.kind, interviews.status, interviews.title,
        CASE WHEN NOT interviews.blind THEN (SELECT name FROM users WHERE id = interviews.user_id) END AS person,
        ${list.what} AS what, ${since} AS since, ${list.goesAt} AS "goesAt", ${textOf(list.key)} AS key,
        row_number() OVER (ORDER BY ${list.orderBy}) AS place
      FROM ${list.from}
      WHERE ${list.where}
      ORDER BY ${list.orderBy} LIMIT ${list.limit + 1}
    ) AS page
    CROSS JOIN LATERAL (
      SELECT count(takes.id)::int AS recordings, coalesce(sum(takes.size_bytes), 0)::float8 AS bytes
      FROM questions JOIN answers ON answers.question_id = questions.id
        JOIN takes ON takes.answer_id = answers.id
      WHERE questions.interview_id = page."interviewId" AND ${hasSound}
    ) AS counts
    ORDER BY place
    `,
    [...list.parameters],
  );
}

function pageOf(found: FoundRow[], limit: number, keyOf: (row: FoundRow) => string[]): AffectedPage {
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    rows: page.map(({ key: _, place: __, since, goesAt, ...row }) => ({
      ...row,
      since: since.toISOString(),
      goesAt: goesAt?.toISOString() ?? null,
    })),
    next: last && found.length > limit ? writeCursor(keyOf(last)) : null,
  };
}
