import { z } from 'zod';
import { kitLimits, textLimits } from '../model/limits.ts';
import { interviewers, namedPerson } from './desk.ts';
import { operation } from './operation.ts';
import { id, nothing, storableText, timestamp } from './shapes.ts';

const name = storableText
  .trim()
  .min(1, 'Please name the text.')
  .max(textLimits.name, `At most ${textLimits.name} characters.`);
const byName = z.object({ name });

const consentVersion = z.object({
  version: z.int(),
  changedAt: timestamp,
  /** Null: it came with Parley, or whoever it was has been deleted. */
  changedBy: namedPerson.nullable(),
});

const consentTextRow = consentVersion.extend({
  /** Of the newest version. */
  id,
  name: z.string(),
  archivedAt: timestamp.nullable(),
  /** How many kits ask candidates to agree to it. */
  kits: z.int(),
});
export type ConsentTextRow = z.infer<typeof consentTextRow>;

const consentText = consentVersion.extend({
  id,
  name: z.string(),
  newestVersion: z.int(),
  body: z.string(),
  archivedAt: timestamp.nullable(),
});
export type ConsentText = z.infer<typeof consentText>;

/**
 * What candidates are asked to agree to. A version is never changed, so that a consent says for ever what was agreed to:
 * a change is a new version under the same name, which interviews made from then on ask.
 */
export const consentTextsOperations = {
  /** By name; all of them: a team has a handful. */
  'consentTexts.list': operation({
    access: interviewers,
    input: z.object({ archived: z.boolean().default(false) }),
    output: z.array(consentTextRow),
  }),
  /** The newest version unless another is named. */
  'consentTexts.get': operation({
    access: interviewers,
    input: z.object({ name, version: z.int().min(1).optional() }),
    output: consentText,
  }),
  /** Newest first. */
  'consentTexts.versions': operation({
    access: interviewers,
    input: byName,
    output: z.array(consentVersion),
  }),
  /** Makes a new version. */
  'consentTexts.save': operation({
    access: interviewers,
    input: z.object({
      name,
      /** The newest that one has seen, 0 for a new text: another one by now is a CONFLICT, with it in details.current. */
      version: z.int().min(0),
      body: storableText
        .trim()
        .min(1, 'Write what the candidate is asked to agree to.')
        .max(kitLimits.text, `At most ${kitLimits.text.toLocaleString('en')} characters.`),
    }),
    output: consentText,
  }),
  /** Refused while a kit names it. Harmless when repeated. */
  'consentTexts.archive': operation({ access: interviewers, input: byName, output: nothing }),
  'consentTexts.restore': operation({ access: interviewers, input: byName, output: nothing }),
} as const;
