import { z } from 'zod';
import { interviewDifficulties } from '../model/difficulty.ts';
import { interviewKinds, interviewStatuses } from '../model/interview.ts';
import { signInStates } from '../model/invitation.ts';
import { candidateLimits, textLimits } from '../model/limits.ts';
import { invitation } from './accounts.ts';
import { interviewers, namedPerson } from './desk.ts';
import { operation } from './operation.ts';
import { email, id, page, personName, storableText, timestamp } from './shapes.ts';

/** Tags differ by their letters, not by how these are written. */
const tag = storableText
  .trim()
  .toLowerCase()
  .min(1, 'A tag needs a letter.')
  .max(candidateLimits.tag, `A tag has at most ${candidateLimits.tag} characters.`);
const tags = z
  .array(tag)
  .max(candidateLimits.tags, `At most ${candidateLimits.tags} tags.`)
  .overwrite((given) => [...new Set(given)]);
const headline = storableText.trim().max(textLimits.headline, `At most ${textLimits.headline} characters.`);

const noteText = storableText.trim().max(textLimits.notes, `At most ${textLimits.notes} characters.`);
const { timeMultiplier, extraTakes } = candidateLimits;

const candidateRow = z.object({
  id,
  name: z.string(),
  email: z.string(),
  headline: z.string(),
  tags: z.array(z.string()),
  signIn: z.enum(signInStates),
  archivedAt: timestamp.nullable(),
  /**
   * The newest interview whose panel one is on. A blind one is not told of until one's own scorecard is submitted: it
   * would give away who its candidate is.
   */
  lastInterview: z
    .object({
      id,
      title: z.string(),
      kind: z.enum(interviewKinds),
      status: z.enum(interviewStatuses),
      at: timestamp,
    })
    .nullable(),
});
export type CandidateRow = z.infer<typeof candidateRow>;

/** How a candidate's interviews differ from others'; made part of each interview when it is composed. */
const accommodation = z.object({
  timeMultiplier: z.number().min(timeMultiplier.min).max(timeMultiplier.max).multipleOf(0.01),
  extraTakes: z.int().min(extraTakes.min).max(extraTakes.max),
  note: noteText,
});

const candidate = candidateRow.extend({
  phone: z.string(),
  notes: z.string(),
  accommodation,
  /** Until when their one-time code can be used, where it is what they wait for. */
  invitedUntil: timestamp.nullable(),
  /** Whether name and address may be changed here: once somebody has a password, these are their own. */
  identityEditable: z.boolean(),
  /** Counts the changes. */
  version: z.int(),
  createdAt: timestamp,
});
export type Candidate = z.infer<typeof candidate>;

/** One of a candidate's interviews, for somebody on its panel. */
const candidateInterview = z.object({
  id,
  title: z.string(),
  kind: z.enum(interviewKinds),
  status: z.enum(interviewStatuses),
  difficulty: z.enum(interviewDifficulties),
  scheduledAt: timestamp.nullable(),
  /** When it began, is scheduled to begin, or was made. */
  at: timestamp,
  interviewer: namedPerson.nullable(),
  /** Null until one's own scorecard is submitted, and while nobody has rated anything. */
  score: z.number().nullable(),
});
export type CandidateInterview = z.infer<typeof candidateInterview>;

export const candidatesOperations = {
  /** Candidates by name. Archived ones only when asked for. */
  'candidates.list': operation({
    access: interviewers,
    input: z.object({
      /** A part of the name, of the address or of a tag. */
      search: storableText.max(200).optional(),
      tag: tag.optional(),
      archived: z.boolean().default(false),
      after: z.string().max(2000).optional(),
      limit: z.int().min(1).max(100).default(30),
    }),
    output: page(candidateRow),
  }),
  /** Makes an account without a password: to sign in themselves, they need a one-time code. */
  'candidates.create': operation({
    access: interviewers,
    input: z.object({ name: personName, email, headline: headline.default(''), tags: tags.default([]) }),
    output: candidateRow,
  }),
  'candidates.get': operation({ access: interviewers, input: z.object({ id }), output: candidate }),
  /** @throws CONFLICT with `current` when somebody has changed the profile since `version` */
  'candidates.update': operation({
    access: interviewers,
    input: z.object({
      id,
      version: z.int().nonnegative(),
      name: personName,
      email,
      headline,
      phone: storableText.trim().max(textLimits.phone, `At most ${textLimits.phone} characters.`),
      notes: noteText,
      tags,
      accommodation,
    }),
    output: candidate,
  }),
  /** Archived candidates are out of the way: in no list and no choice, with all that is theirs kept. */
  'candidates.setArchived': operation({
    access: interviewers,
    input: z.object({ id, archived: z.boolean() }),
    output: candidate,
  }),
  /** The tags in use, with how many candidates have each; archived ones do not count. */
  'candidates.tags': operation({
    access: interviewers,
    input: z.void(),
    output: z.array(z.object({ tag: z.string(), count: z.int() })),
  }),
  /** Their interviews whose panel one is on, newest first; blind ones once one's own scorecard is submitted. */
  'candidates.interviews': operation({
    access: interviewers,
    input: z.object({
      id,
      after: z.string().max(2000).optional(),
      limit: z.int().min(1).max(100).default(30),
    }),
    output: page(candidateInterview),
  }),
  /** A one-time code with which they set their first password. The one before is worth nothing from then on. */
  'candidates.invite': operation({
    access: interviewers,
    input: z.object({ id }),
    output: invitation,
  }),
} as const;
