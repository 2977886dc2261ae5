import { z } from 'zod';
import { textLimits } from '../model/limits.ts';
import { interviewers, namedPerson } from './desk.ts';
import { operation } from './operation.ts';
import { id, milliseconds, nothing, storableText, timestamp } from './shapes.ts';

const note = z.object({
  id,
  author: namedPerson,
  mine: z.boolean(),
  /** The question that was before the candidate. */
  questionId: id.nullable(),
  /** What was being recorded then, and where in it. */
  takeId: id.nullable(),
  atMs: milliseconds.nullable(),
  body: z.string(),
  /** When it was begun. */
  notedAt: timestamp,
  /** When it was last changed; hand it back to change it. */
  updatedAt: timestamp,
});
export type Note = z.infer<typeof note>;

const body = storableText
  .trim()
  .min(1, 'A note needs a word.')
  .max(textLimits.note, `A note has at most ${textLimits.note} characters.`);

export const notesOperations = {
  /** One's own notes in the order of time; others' too, once one's own scorecard is submitted. */
  'notes.list': operation({
    access: interviewers,
    input: z.object({ interviewId: id }),
    output: z.array(note),
  }),
  /** Keeps a note. The page makes its id, so that sending it again is harmless. */
  'notes.add': operation({
    access: interviewers,
    input: z.object({
      id,
      interviewId: id,
      questionId: id.nullable(),
      /** How far the recording of that question was; null where none ran. */
      atMs: milliseconds.nullable(),
      notedAt: timestamp,
      body,
    }),
    output: nothing,
  }),
  /** Changes a note of one's own. CONFLICT when it is not the one that was seen. */
  'notes.change': operation({
    access: interviewers,
    input: z.object({ id, seen: timestamp, body }),
    output: nothing,
  }),
  'notes.remove': operation({ access: interviewers, input: z.object({ id }), output: nothing }),
} as const;
