import { z } from 'zod';
import { interviewDifficulties, questionDifficulties } from '../model/difficulty.ts';
import { kitQuestionCount } from '../model/kit.ts';
import { questionLimits, tidyTag } from '../model/library.ts';
import { kitLimits, practiceLimits, textLimits } from '../model/limits.ts';
import { interviewers, namedPerson } from './desk.ts';
import { operation } from './operation.ts';
import { id, milliseconds, nothing, page, storableText, timestamp } from './shapes.ts';

const between = ({ min, max }: { min: number; max: number }) => z.int().min(min).max(max);
const competencyKey = storableText.trim().min(1, 'Name the competency.').max(100);

/** Times of one item's questions, where they are not the kit's own. */
const ownTimes = {
  thinkTimeMs: between(practiceLimits.thinkTimeMs).optional(),
  answerTimeMs: between(practiceLimits.answerTimeMs).optional(),
};

/** One question of the library, asked of everybody. */
const fixedQuestion = z.object({
  type: z.literal('QUESTION'),
  libraryQuestionId: id,
  ...ownTimes,
});

/** Questions that are drawn anew for each interview. */
const drawnQuestions = z.object({
  type: z.literal('DRAW'),
  count: between(practiceLimits.questionCount),
  /** Keys; at least one. */
  competencies: z.array(competencyKey).min(1, 'Choose at least one competency to draw from.').max(100),
  /** Only what has all of these tags. */
  tags: z
    .array(z.string().overwrite(tidyTag).min(1).max(questionLimits.tag))
    .max(questionLimits.tags, `At most ${questionLimits.tags} tags.`)
    .optional(),
  /** Only these; empty: the mix of the interview's difficulty (see difficultyMix). */
  difficulties: z.array(z.enum(questionDifficulties)).max(3),
  /** Only what this candidate was never asked in an interview. */
  neverAsked: z.boolean(),
  ...ownTimes,
});

/** What an interview is made of. Every version of a kit has one. */
export const kitDefinition = z
  .object({
    /** For the candidate, before the first question of an interview that they answer alone. */
    welcome: storableText.max(kitLimits.text).default(''),
    /** For whoever holds the interview. */
    instructions: storableText.max(kitLimits.text),
    difficulty: z.enum(interviewDifficulties),
    /** In the order to ask them. */
    items: z
      .array(z.discriminatedUnion('type', [fixedQuestion, drawnQuestions]))
      .max(kitLimits.questions, `At most ${kitLimits.questions} items.`),
    thinkTimeMs: between(practiceLimits.thinkTimeMs),
    answerTimeMs: between(practiceLimits.answerTimeMs),
    takesAllowed: between(practiceLimits.takesAllowed),
    /** What is judged. */
    competencies: z
      .array(
        z.object({
          key: competencyKey,
          /** How much its answers count against those of the others. */
          weight: z
            .number()
            .min(0.1, 'A weight is at least 0.1; take the competency out if it does not count.')
            .max(10, 'A weight is at most 10.'),
          /** What levels 1–5 look like, in order. */
          levels: z.array(storableText.max(2_000, 'At most 2,000 characters a level.')).length(5),
        }),
      )
      .max(kitLimits.competencies, `At most ${kitLimits.competencies} competencies.`),
    /** What the candidate is asked to agree to; the newest version under this name. Null: nothing may be recorded. */
    consentName: storableText.trim().min(1).max(textLimits.name).nullable(),
    /** Whether reviewers see who the candidate is only once they have submitted their scorecard. */
    blind: z.boolean(),
  })
  .superRefine(({ items, competencies }, context) => {
    const refuse = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    if (kitQuestionCount({ items }) > kitLimits.questions) {
      refuse(['items'], `At most ${kitLimits.questions} questions together. Take some out, or draw fewer.`);
    }
    const asked = new Set<string>();
    for (const [index, item] of items.entries()) {
      if (item.type !== 'QUESTION') continue;
      if (asked.has(item.libraryQuestionId)) {
        refuse(
          ['items', index],
          `Item ${index + 1} asks a question that comes before already. Take one of them out.`,
        );
      }
      asked.add(item.libraryQuestionId);
    }
    const judged = new Set<string>();
    for (const [index, { key }] of competencies.entries()) {
      if (judged.has(key)) {
        refuse(['competencies', index, 'key'], `“${key}” is there twice. Take one of them out.`);
      }
      judged.add(key);
    }
  });
export type KitDefinition = z.infer<typeof kitDefinition>;
export type KitItem = KitDefinition['items'][number];
export type KitCompetency = KitDefinition['competencies'][number];

const kitName = storableText
  .trim()
  .min(1, 'Please name the kit.')
  .max(textLimits.title, `At most ${textLimits.title} characters.`);

/** A kit in a list; figures of its newest version. */
const kitRow = z.object({
  id,
  name: z.string(),
  version: z.int(),
  difficulty: z.enum(interviewDifficulties),
  questionCount: z.int(),
  /** What its interviews take at most: thinking and answering, each question once. */
  plannedMs: milliseconds,
  /** Whether it may record: it names a consent text. */
  records: z.boolean(),
  archivedAt: timestamp.nullable(),
  changedAt: timestamp,
  /** Null: it came with Parley, or whoever it was has been deleted. */
  changedBy: namedPerson.nullable(),
});
export type KitRow = z.infer<typeof kitRow>;

/** A question of the library as a kit shows it. */
const kitQuestion = z.object({
  id,
  content: z.string(),
  difficulty: z.enum(questionDifficulties),
  competency: z.string(),
  archived: z.boolean(),
});
export type KitQuestion = z.infer<typeof kitQuestion>;

/** One version of a kit, whole. */
const kit = z.object({
  id,
  name: z.string(),
  version: z.int(),
  newestVersion: z.int(),
  archivedAt: timestamp.nullable(),
  changedAt: timestamp,
  changedBy: namedPerson.nullable(),
  definition: kitDefinition,
  /** Those that the definition's items fix, as the library has them now. */
  questions: z.array(kitQuestion),
});
export type Kit = z.infer<typeof kit>;

const kitVersion = z.object({
  version: z.int(),
  name: z.string(),
  questionCount: z.int(),
  changedAt: timestamp,
  changedBy: namedPerson.nullable(),
});
export type KitVersion = z.infer<typeof kitVersion>;

/** What stands in the way of an interview of a kit. */
const kitProblem = z.object({
  /** Of the item, from 0; null where it is about the whole kit. */
  item: z.int().nullable(),
  /** Whether no interview can be made; else it is good to know. */
  hinders: z.boolean(),
  /** A sentence that names the item and says what to do. */
  message: z.string(),
});
export type KitProblem = z.infer<typeof kitProblem>;

/** What a candidate would see of an interview of a kit: a draw for no one in particular. */
const kitPreview = z.object({
  welcome: z.string(),
  consentText: z.object({ name: z.string(), version: z.int(), body: z.string() }).nullable(),
  questions: z.array(
    z.object({
      /** Of the item it comes from, from 0. */
      item: z.int(),
      content: z.string(),
      thinkTimeMs: milliseconds,
      answerTimeMs: milliseconds,
      takesAllowed: z.int(),
    }),
  ),
  problems: z.array(kitProblem),
});
export type KitPreview = z.infer<typeof kitPreview>;

const byId = z.object({ id });
/** The version that whoever changes it has seen: another one by now is a CONFLICT, with the kit in details.current. */
const seenVersion = z.int().min(1);

/** Interview kits. They belong to the team: every interviewer may use and change each; every version stays. */
export const kitsOperations = {
  /** By name. */
  'kits.list': operation({
    access: interviewers,
    input: z.object({
      search: storableText.max(200).optional(),
      archived: z.boolean().default(false),
      after: id.optional(),
      limit: z.int().min(1).max(100).default(30),
    }),
    output: page(kitRow),
  }),
  /** The newest version unless another is named. */
  'kits.get': operation({
    access: interviewers,
    input: z.object({ id, version: z.int().min(1).optional() }),
    output: kit,
  }),
  'kits.create': operation({
    access: interviewers,
    input: z.object({ name: kitName, definition: kitDefinition }),
    output: kit,
  }),
  /** Makes a new version; interviews that were made by an older one keep theirs. */
  'kits.update': operation({
    access: interviewers,
    input: z.object({ id, version: seenVersion, name: kitName, definition: kitDefinition }),
    output: kit,
  }),
  /** A kit of its own, with this one's newest version as its first. */
  'kits.duplicate': operation({ access: interviewers, input: byId, output: kit }),
  /** Out of every list and choice; what was made of it stays. Harmless when repeated. */
  'kits.archive': operation({ access: interviewers, input: byId, output: nothing }),
  'kits.restore': operation({ access: interviewers, input: byId, output: nothing }),
  /** Newest first. */
  'kits.versions': operation({
    access: interviewers,
    input: z.object({
      id,
      /** Those before this version. */
      after: z
        .string()
        .regex(/^\d{1,9}$/)
        .optional(),
      limit: z.int().min(1).max(100).default(30),
    }),
    output: page(kitVersion),
  }),
  /** Makes what an old version says the newest. */
  'kits.revert': operation({
    access: interviewers,
    input: z.object({ id, version: seenVersion, to: z.int().min(1) }),
    output: kit,
  }),
  /** Writes nothing. Takes the definition, so that one that is not saved yet can be looked at too. */
  'kits.preview': operation({
    access: interviewers,
    input: z.object({ definition: kitDefinition }),
    output: kitPreview,
  }),
} as const;
