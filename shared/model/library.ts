import type { QuestionDifficulty } from './difficulty.ts';

/** Where a version of a library question comes from: Parley's starter library, somebody's editing, or a file. */
export const questionOrigins = ['STARTER', 'PERSON', 'IMPORT'] as const;
export type QuestionOrigin = (typeof questionOrigins)[number];

/** What a library question says, as people write it. */
export interface QuestionDraft {
  content: string;
  difficulty: QuestionDifficulty;
  competency: string;
  tags: string[];
  /** What a good answer covers. */
  covers: string[];
  /** Follow-up questions. */
  probes: string[];
  /** What levels 1–5 look like, in order. */
  levels: string[];
  /** Whether candidates may get it, with its rubric, when they practise. */
  practice: boolean;
}

/** In characters, and in entries. */
export const questionLimits = {
  content: 20_000,
  competency: 100,
  tag: 50,
  tags: 20,
  item: 2_000,
  items: 50,
  level: 2_000,
} as const;

/** The largest file that is imported: about ten thousand questions of the usual length, and half again. */
export const maxFileBytes = 32 * 1024 * 1024;

/** How many answers must have been rated before their average is told: fewer would be somebody's own score. */
export const fewestRated = 3;

/** A text of several lines: without spaces around it, its lines ended as on Unix, whole characters only. */
export function tidyText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '').replace(/\r\n?/g, '\n').trim();
}

/** A text of one line. */
export function tidyLine(text: string): string {
  return tidyText(text)
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .join(' ');
}

/** A tag is written in small letters, so that it is one tag, and without what separates tags. */
export function tidyTag(text: string): string {
  return tidyLine(text.replace(/[,;]/g, ' ')).replace(/\s+/g, ' ').toLowerCase();
}

const fields = [
  'content',
  'difficulty',
  'competency',
  'tags',
  'covers',
  'probes',
  'levels',
  'practice',
] as const;
export type QuestionField = (typeof fields)[number];

/** What differs between two questions. */
export function changedFields(before: QuestionDraft, after: QuestionDraft): QuestionField[] {
  return fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
}

/** A question as main keeps it, of one as it is typed. */
export function tidyDraft(draft: QuestionDraft): QuestionDraft {
  const { content, difficulty, competency, tags, covers, probes, levels, practice } = draft;
  return {
    ...{ content: tidyText(content), difficulty, competency: tidyLine(competency) },
    tags: [...new Set(tags.map(tidyTag).filter(Boolean))],
    covers: covers.map(tidyLine).filter(Boolean),
    probes: probes.map(tidyLine).filter(Boolean),
    levels: levels.map(tidyText),
    practice,
  };
}
