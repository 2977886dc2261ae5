import { z } from 'zod';
import { consentDecisions } from '../model/consent.ts';
import { interviewDifficulties } from '../model/difficulty.ts';
import { interviewStatuses } from '../model/interview.ts';
import { scorecardStates } from '../model/scorecard.ts';
import { question } from './interviews.ts';
import { type Access, operation } from './operation.ts';
import { id, milliseconds, nothing, page, storableText, timestamp } from './shapes.ts';

/** Who holds and reviews interviews. */
export const interviewers = ['INTERVIEWER', 'ADMIN'] as const satisfies Access;

/** Somebody, as far as others need to know. */
export const namedPerson = z.object({ id, name: z.string() });

const rubricCompetency = z.object({
  key: z.string(),
  weight: z.number(),
  levels: z.array(z.string()).length(5),
});

export const deskQuestion = question.extend({
  /** In a live interview: the interviewer has gone past it. It was not asked, which is not the same as skipped. */
  passedOver: z.boolean(),
  libraryQuestionId: id.nullable(),
});
export type DeskQuestion = z.infer<typeof deskQuestion>;

/** What the candidate said to a consent text, when, and who noted it. */
const consent = z.object({
  id,
  decision: z.enum(consentDecisions),
  name: z.string(),
  version: z.int(),
  decidedAt: timestamp,
  /** The candidate decided on their own screen; else somebody of the panel noted what they said. */
  byCandidate: z.boolean(),
  /** Who of the panel noted it; null when they are gone. */
  notedBy: namedPerson.nullable(),
});
export type Consent = z.infer<typeof consent>;

/** An interview as those on its panel see it. */
const deskInterview = z.object({
  id,
  kind: z.enum(['LIVE', 'ONE_WAY']),
  title: z.string(),
  status: z.enum(interviewStatuses),
  difficulty: z.enum(interviewDifficulties),
  /** In a blind interview, until one's own scorecard is submitted: without an id, and under a made-up name. */
  candidate: z.object({ id: id.nullable(), name: z.string() }),
  blind: z.boolean(),
  interviewer: namedPerson.nullable(),
  panel: z.array(namedPerson),
  kit: z.object({ id, name: z.string(), version: z.int() }).nullable(),
  instructions: z.string(),
  rubric: z.array(rubricCompetency),
  /**
   * Already in the limits of its questions. Null where it is blind and not revealed: what somebody needs tells who they
   * are.
   */
  accommodation: z.object({ timeMultiplier: z.number(), extraTakes: z.int(), note: z.string() }).nullable(),
  /** What the candidate is asked to agree to; null: nothing may be recorded. */
  consentText: z.object({ id, name: z.string(), version: z.int(), body: z.string() }).nullable(),
  /** What they said last, which counts; null while they have not been asked. */
  consent: consent.nullable(),
  /** All that they have said, newest first. */
  consents: z.array(consent),
  scheduledAt: timestamp.nullable(),
  dueAt: timestamp.nullable(),
  startedAt: timestamp.nullable(),
  endedAt: timestamp.nullable(),
  createdAt: timestamp,
  pausedAt: timestamp.nullable(),
  pausedMs: milliseconds,
  currentQuestionId: id.nullable(),
  /** Since when that question is before the candidate, breaks left out. */
  currentSince: timestamp.nullable(),
  deletedAt: timestamp.nullable(),
  /** Whether one's own scorecard is submitted: only then are scores, and the scorecards of others, there to see. */
  revealed: z.boolean(),
  /** Null while it is not revealed, and while nobody has rated anything. */
  score: z.number().nullable(),
  questions: z.array(deskQuestion),
});
export type DeskInterview = z.infer<typeof deskInterview>;

const deskRow = z.object({
  id,
  kind: z.enum(['LIVE', 'ONE_WAY']),
  title: z.string(),
  status: z.enum(interviewStatuses),
  difficulty: z.enum(interviewDifficulties),
  /** As in `desk.interview`. */
  candidate: z.object({ id: id.nullable(), name: z.string() }),
  interviewer: namedPerson.nullable(),
  scheduledAt: timestamp.nullable(),
  dueAt: timestamp.nullable(),
  startedAt: timestamp.nullable(),
  endedAt: timestamp.nullable(),
  createdAt: timestamp,
  deletedAt: timestamp.nullable(),
  questionCount: z.int(),
  answeredCount: z.int(),
  /** How far one's own scorecard is. */
  scorecard: z.enum(['NONE', ...scorecardStates]),
  score: z.number().nullable(),
});
export type DeskRow = z.infer<typeof deskRow>;

const deskListInput = z.object({
  kind: z.enum(['LIVE', 'ONE_WAY']).optional(),
  status: z.enum(interviewStatuses).optional(),
  /** Of this candidate; a blind one's are left out until one's own scorecard is submitted. */
  candidateId: id.optional(),
  /** A part of the title or of the candidate's name; a blind candidate's is not looked at. */
  search: storableText.max(200).optional(),
  /** Only those that one holds oneself. */
  mine: z.boolean().default(false),
  /** Ended, and one's own scorecard is not submitted. */
  toRate: z.boolean().default(false),
  /** Started, else scheduled, else made: at or after, and before. */
  from: timestamp.optional(),
  until: timestamp.optional(),
  /** The deleted ones, which can still be restored, instead of the others. */
  deleted: z.boolean().default(false),
  sort: z.enum(['NEWEST', 'OLDEST']).default('NEWEST'),
  after: z.string().max(500).optional(),
  limit: z.int().min(1).max(100).default(30),
});
export type DeskListInput = z.input<typeof deskListInput>;

const byId = z.object({ id });
const times = z.object({ scheduledAt: timestamp.nullable(), dueAt: timestamp.nullable() });
const panel = z.array(id).max(20, 'At most 20 people can be on a panel.');

export const deskOperations = {
  /** A live or one-way interview whose panel one is on. */
  'desk.interview': operation({ access: interviewers, input: byId, output: deskInterview }),
  'desk.list': operation({ access: interviewers, input: deskListInput, output: page(deskRow) }),
  /** Who may hold and review interviews. */
  'desk.interviewers': operation({ access: interviewers, input: nothing, output: z.array(namedPerson) }),
  /** Makes a PENDING interview of a kit's newest version. One is on its panel oneself. */
  'desk.schedule': operation({
    access: interviewers,
    input: z.object({
      kind: z.enum(['LIVE', 'ONE_WAY']),
      candidateId: id,
      kitId: id,
      panel,
      ...times.shape,
    }),
    output: byId,
  }),
  /** While it is PENDING. CONFLICT when its times are not those that were seen. */
  'desk.reschedule': operation({
    access: interviewers,
    input: z.object({ id, seen: times, ...times.shape }),
    output: nothing,
  }),
  /**
   * Who is on the panel. CONFLICT when it is not the one that was seen, or somebody would go who has submitted a
   * scorecard.
   */
  'desk.setPanel': operation({
    access: interviewers,
    input: z.object({ id, seen: panel, panel: panel.min(1, 'Somebody has to be on the panel.') }),
    output: nothing,
  }),
  /**
   * Notes what the candidate said to the consent text that they were shown. In a live interview both before and while it
   * runs; an agreement can be taken back at any time, which stops what is being recorded. In a one-way interview the
   * candidate agrees on their own screen, and only the taking back is noted here. CONFLICT, with what was said last in
   * details.current, when that is not what was seen.
   */
  'desk.recordConsent': operation({
    access: interviewers,
    input: z.object({
      id,
      consentTextId: id,
      decision: z.enum(consentDecisions),
      /** What was said last, as one has seen it: its id. */
      seen: id.nullable(),
    }),
    output: nothing,
  }),
  /**
   * Deletes what was recorded, for good, at once: for a candidate who has taken their agreement back or declined; CONFLICT
   * otherwise. Notes, ratings and what was typed stay. Gives how many recordings went.
   */
  'desk.eraseRecordings': operation({
    access: interviewers,
    input: byId,
    output: z.object({ erased: z.int() }),
  }),
  /** PENDING or IN_PROGRESS → ABANDONED; everything that was recorded and noted is kept. */
  'desk.cancel': operation({ access: interviewers, input: byId, output: nothing }),
  /** Out of every list; it can be restored for a while. */
  'desk.delete': operation({ access: interviewers, input: byId, output: nothing }),
  'desk.restore': operation({ access: interviewers, input: byId, output: nothing }),
} as const;

export const deskEvents = {
  /** Something of this interview changed: ask `desk.interview` or `live.candidateView` again. */
  'desk.changed': z.object({ interviewId: id }),
} as const;
