import { z } from 'zod';
import { questionDifficulties } from '../model/difficulty.ts';
import {
  maxFileBytes,
  questionLimits,
  questionOrigins,
  tidyLine,
  tidyTag,
  tidyText,
} from '../model/library.ts';
import { competencyCount } from './competency-count.ts';
import { interviewers, namedPerson } from './desk.ts';
import { operation } from './operation.ts';
import { id, nothing, page, storableText, timestamp } from './shapes.ts';

const atMost = (max: number) => `At most ${max.toLocaleString('en')} characters.`;
const items = z
  .array(z.string().overwrite(tidyLine).max(questionLimits.item, atMost(questionLimits.item)))
  .overwrite((list) => list.filter(Boolean))
  .max(questionLimits.items, `At most ${questionLimits.items} entries.`);

/** A question as people write it. What comes in is tidied, so that what was saved and read again is the same. */
export const questionDraft = z.object({
  content: z
    .string()
    .overwrite(tidyText)
    .min(1, 'Please write the question.')
    .max(questionLimits.content, atMost(questionLimits.content)),
  difficulty: z.enum(questionDifficulties, 'Choose EASY, MEDIUM or HARD.'),
  competency: z
    .string()
    .overwrite(tidyLine)
    .min(1, 'Please say which competency this examines.')
    .max(questionLimits.competency, atMost(questionLimits.competency)),
  tags: z
    .array(z.string().overwrite(tidyTag).max(questionLimits.tag, atMost(questionLimits.tag)))
    .overwrite((tags) => [...new Set(tags.filter(Boolean))])
    .max(questionLimits.tags, `At most ${questionLimits.tags} tags.`),
  covers: items,
  probes: items,
  levels: z
    .array(z.string().overwrite(tidyText).max(questionLimits.level, atMost(questionLimits.level)))
    .length(5, 'A question has five levels.'),
  practice: z.boolean('Say whether candidates may practise it.'),
});

const libraryRow = z.object({
  id,
  version: z.int(),
  /** Its beginning, where it is long. */
  content: z.string(),
  difficulty: z.enum(questionDifficulties),
  competency: z.string(),
  tags: z.array(z.string()),
  practice: z.boolean(),
  createdAt: timestamp,
  archivedAt: timestamp.nullable(),
  /** In interviews; practice does not count. */
  askedCount: z.int(),
  lastAskedAt: timestamp.nullable(),
  /**
   * The mean score of its answers, 0–100, from interviews in which this person does not still owe a scorecard. Null
   * where fewer than three answers are rated: see fewestRated.
   */
  averageScore: z.number().nullable(),
});
export type LibraryRow = z.infer<typeof libraryRow>;

const libraryVersion = z.object({
  version: z.int(),
  origin: z.enum(questionOrigins),
  /** Null: Parley, or somebody who is gone. */
  changedBy: namedPerson.nullable(),
  changedAt: timestamp,
});
export type LibraryVersion = z.infer<typeof libraryVersion>;

export const libraryQuestion = questionDraft.extend({
  id,
  slug: z.string().nullable(),
  ...libraryVersion.shape,
  ...libraryRow.pick({ createdAt: true, archivedAt: true, askedCount: true, lastAskedAt: true }).shape,
  averageScore: libraryRow.shape.averageScore,
  /** Newest first. */
  versions: z.array(libraryVersion),
});
export type LibraryQuestion = z.infer<typeof libraryQuestion>;

const libraryFilter = z.object({
  /** Every word must be there, the last one as a beginning. */
  search: storableText.max(200).optional(),
  competency: storableText.max(questionLimits.competency).optional(),
  difficulty: z.enum(questionDifficulties).optional(),
  /** All of them. */
  tags: z.array(storableText.max(questionLimits.tag)).max(questionLimits.tags).optional(),
  /** Only those that candidates may practise, or only the others. */
  practice: z.boolean().optional(),
  /** LATELY: within so many months; NOT_LATELY: not within them, or never. */
  asked: z.enum(['NEVER', 'NOT_LATELY', 'LATELY']).optional(),
  months: z.int().min(1).max(120).default(6),
  /** The archived ones instead of the others. */
  archived: z.boolean().default(false),
});

export const librarySorts = ['RELEVANCE', 'NEWEST', 'MOST_ASKED', 'LEAST_ASKED', 'LAST_ASKED'] as const;
export type LibrarySort = (typeof librarySorts)[number];

const listInput = libraryFilter.extend({
  /** Left out: by relevance where something is searched, else the newest first. */
  sort: z.enum(librarySorts).optional(),
  after: z.string().max(500).optional(),
  limit: z.int().min(1).max(100).default(30),
});
export type LibraryListInput = z.input<typeof listInput>;

const counted = z.object({ value: z.string(), count: z.int() });

export const libraryFormats = ['CSV', 'JSON', 'MARKDOWN'] as const;
export type LibraryFormat = (typeof libraryFormats)[number];

const file = z.object({
  format: z.enum(libraryFormats),
  bytes: z
    .instanceof(Uint8Array)
    .refine((bytes) => bytes.byteLength > 0, 'This file is empty.')
    .refine(
      (bytes) => bytes.byteLength <= maxFileBytes,
      'This file is larger than 32 MB. Please split it into several.',
    ),
});

/**
 * SAME: nothing to do. CONFLICT: the library has a newer version than the one that the file was exported with, and both
 * were changed since. REFUSED: cannot be imported as it is.
 */
export const importOutcomes = ['CREATE', 'CHANGE', 'SAME', 'CONFLICT', 'REFUSED'] as const;
export type ImportOutcome = (typeof importOutcomes)[number];

const importReport = z.object({
  /** Says what this was checked against; the import takes it back, and does nothing where that has changed. */
  fingerprint: z.string(),
  /** About the file as a whole, such as columns that are not used. */
  notes: z.array(z.string()),
  counts: z.record(z.enum(importOutcomes), z.int()),
  /** In the order of the file. */
  lines: z.array(
    z.object({
      /** Where it begins in the file, from 1. */
      line: z.int(),
      outcome: z.enum(importOutcomes),
      /** The library's question, where there is one. */
      id: id.nullable(),
      /** Its beginning. */
      content: z.string(),
      /** Why it is refused or in conflict; what else there is to know. */
      reasons: z.array(z.string()),
      /** What it changes. */
      changes: z.array(z.string()),
    }),
  ),
});
export type ImportReport = z.infer<typeof importReport>;

const byId = z.object({ id });
/** The version that the caller has seen: with another one there, CONFLICT, and `details.current` has what is. */
const seen = z.object({ id, baseVersion: z.int().min(1) });

export const libraryOperations = {
  /** The competencies that questions can be drawn from. */
  'library.competencies': operation({
    access: interviewers,
    input: nothing,
    output: z.array(competencyCount),
  }),
  'library.list': operation({ access: interviewers, input: listInput, output: page(libraryRow) }),
  /** What there is to filter by, each with the number of questions that are not archived. */
  'library.facets': operation({
    access: interviewers,
    input: nothing,
    output: z.object({
      total: z.int(),
      archived: z.int(),
      competencies: z.array(counted.extend({ label: z.string() })),
      tags: z.array(counted),
    }),
  }),
  'library.get': operation({ access: interviewers, input: byId, output: libraryQuestion }),
  /** A question as it was. */
  'library.version': operation({
    access: interviewers,
    input: z.object({ id, version: z.int().min(1) }),
    output: questionDraft.extend(libraryVersion.shape),
  }),
  'library.create': operation({
    access: interviewers,
    input: questionDraft.extend({ practice: questionDraft.shape.practice.default(false) }),
    output: libraryQuestion,
  }),
  /** Makes a new version; interviews keep the one they were made with. Nothing happens where nothing differs. */
  'library.update': operation({
    access: interviewers,
    input: seen.extend({ draft: questionDraft }),
    output: libraryQuestion,
  }),
  /** Makes an old version the newest again, as a version of its own. */
  'library.revert': operation({
    access: interviewers,
    input: seen.extend({ version: z.int().min(1) }),
    output: libraryQuestion,
  }),
  /** Out of lists and draws. Harmless when repeated. */
  'library.archive': operation({ access: interviewers, input: byId, output: libraryQuestion }),
  'library.restore': operation({ access: interviewers, input: byId, output: libraryQuestion }),
  /** Makes a new question of what another one says. */
  'library.duplicate': operation({ access: interviewers, input: byId, output: libraryQuestion }),
  /** Says line by line what an import of this file would do, and does nothing. INVALID_INPUT: not such a file at all. */
  'library.checkImport': operation({
    access: interviewers,
    input: file,
    output: importReport,
    maxBytes: maxFileBytes,
  }),
  /**
   * Imports what was checked, as a whole: what is refused is left out, and of the rest everything or nothing is done.
   * CONFLICT when the library has changed since the check.
   */
  'library.import': operation({
    access: interviewers,
    input: file.extend({
      fingerprint: z.string().max(100),
      /** Whether the lines in conflict stay out, or the file's words become the newest version. */
      conflicts: z.enum(['KEEP', 'TAKE']),
    }),
    output: z.object({ created: z.int(), changed: z.int() }),
    maxBytes: maxFileBytes,
  }),
  /** A file with what the filter leaves, or with everything, the archived included. */
  'library.export': operation({
    access: interviewers,
    input: z.object({ format: z.enum(libraryFormats), filter: libraryFilter.optional() }),
    output: z.object({ fileName: z.string(), bytes: z.instanceof(Uint8Array), count: z.int() }),
  }),
} as const;
