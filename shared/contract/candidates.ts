import { z } from 'zod';
import { interviewKinds, interviewStatuses } from '../model/interview.ts';
import { signInStates } from '../model/invitation.ts';
import { candidateLimits, textLimits } from '../model/limits.ts';
import { interviewers } from './desk.ts';
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
} as const;
