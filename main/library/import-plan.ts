import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { ImportOutcome, ImportReport } from '../../shared/contract/library.ts';
import { changedFields, type QuestionDraft, tidyDraft } from '../../shared/model/library.ts';
import type { FileQuestion, FileRecord, ParsedFile } from './files/record.ts';

/** What one place of a file would do. */
export interface PlannedLine {
  readonly line: number;
  readonly outcome: ImportOutcome;
  /** The library's question; null where it would be made. */
  readonly current: CurrentQuestion | null;
  readonly draft: QuestionDraft;
  /** For a question that would be made: the file's own id, where it has one. */
  readonly id: string | undefined;
  readonly slug: string | null;
  readonly archived: boolean;
  readonly reasons: readonly string[];
  readonly changes: readonly string[];
}

interface CurrentQuestion extends QuestionDraft {
  readonly id: string;
  readonly slug: string | null;
  readonly version: number;
  readonly archived: boolean;
}

/** So many at once are read from the database and compared, before anything else has its turn. */
export const batch = 500;

const blank: QuestionDraft = {
  ...{ content: '', difficulty: 'MEDIUM', competency: '', tags: [], covers: [], probes: [] },
  levels: ['', '', '', '', ''],
  practice: false,
};

/**
 * Says what each place of a file would do to the library as it is now. A question is known by its id, else by its slug,
 * else by its very text.
 */
export async function planImport(manager: EntityManager, file: ParsedFile): Promise<PlannedLine[]> {
  const plan: PlannedLine[] = [];
  /** What the file has said already, by what a question is known by, with the line. */
  const said = new Map<string, number>();
  for (let start = 0; start < file.records.length; start += batch) {
    const records = file.records.slice(start, start + batch);
    const known = await readKnown(manager, records);
    for (const record of records) plan.push(planLine(record, known, said));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return plan;
}

interface Known {
  byId: Map<string, CurrentQuestion>;
  bySlug: Map<string, CurrentQuestion>;
  byContent: Map<string, CurrentQuestion>;
  /** What old versions said, by id and version. */
  versions: Map<string, QuestionDraft>;
}

async function readKnown(manager: EntityManager, records: readonly FileRecord[]): Promise<Known> {
  const questions = records.map(({ question }) => question);
  const ids = questions.flatMap(({ id }) => id ?? []);
  const slugs = questions.flatMap(({ slug }) => slug ?? []);
  const contents = questions.flatMap(({ id, slug, content }) => (id || slug ? [] : (content ?? [])));
  const rows = await manager.query<CurrentQuestion[]>(
    `
    SELECT id, slug, version, content, difficulty, competency, tags, covers, probes, levels, practice,
      archived_at IS NOT NULL AS archived
    FROM library_questions
    WHERE id = ANY ($1::uuid[]) OR slug = ANY ($2::text[])
    ${contents.length > 0 ? 'OR content = ANY ($3::text[])' : ''}
    ORDER BY id
    `,
    contents.length > 0 ? [ids, slugs, contents] : [ids, slugs],
  );
  const current = rows.map((row) => ({
    ...tidyDraft(row),
    ...{ id: row.id, slug: row.slug, version: row.version, archived: row.archived },
  }));
  const byId = new Map(current.map((question) => [question.id, question]));
  const bySlug = new Map(current.flatMap((question) => (question.slug ? [[question.slug, question]] : [])));
  const old = questions.flatMap((question) => {
    const now = currentOf(question, { byId, bySlug });
    const { version } = question;
    return now && version !== undefined && version < now.version ? [[now.id, version] as const] : [];
  });
  return {
    ...{ byId, bySlug },
    // Of several that say the same, one in use before an archived one: the last one counts.
    byContent: new Map(
      current
        .toSorted((a, b) => Number(b.archived) - Number(a.archived))
        .map((question) => [question.content, question]),
    ),
    versions: await readVersions(manager, old),
  };
}

async function readVersions(
  manager: EntityManager,
  old: readonly (readonly [id: string, version: number])[],
): Promise<Map<string, QuestionDraft>> {
  if (old.length === 0) return new Map();
  const rows = await manager.query<(QuestionDraft & { key: string })[]>(
    `
    SELECT question_id || ' ' || version AS key, content, difficulty, competency, tags, covers, probes, levels,
      practice
    FROM library_question_versions
    JOIN unnest($1::uuid[], $2::int[]) AS wanted (id, number) ON question_id = wanted.id AND version = wanted.number
    `,
    [old.map(([id]) => id), old.map(([, version]) => version)],
  );
  return new Map(rows.map((row) => [row.key, tidyDraft(row)]));
}

function currentOf(
  { id, slug }: Partial<FileQuestion>,
  { byId, bySlug }: Pick<Known, 'byId' | 'bySlug'>,
): CurrentQuestion | undefined {
  return (id && byId.get(id)) || (slug && bySlug.get(slug)) || undefined;
}

function planLine(record: FileRecord, known: Known, said: Map<string, number>): PlannedLine {
  const { line, question } = record;
  const { id, slug = null, content } = question;
  const isNamed = Boolean(id || slug);
  const current =
    currentOf(question, known) ?? (!isNamed && content ? known.byContent.get(content) : undefined) ?? null;
  const draft = tidyDraft({ ...blank, ...current, ...definedFields(question) });
  const archived = question.archived ?? current?.archived ?? false;
  const base = { line, current, draft, id, slug, archived };
  const refuse = (reasons: string[]): PlannedLine => ({ ...base, outcome: 'REFUSED', reasons, changes: [] });

  if (record.problems.length > 0) return refuse(record.problems);
  const names = [
    ...(current ? [`id ${current.id}`] : id ? [`id ${id}`] : []),
    ...(slug ? [`slug ${slug}`] : []),
    ...(isNamed || current ? [] : [`content ${content}`]),
  ];
  const before = names.map((name) => said.get(name)).find((found) => found !== undefined);
  if (before !== undefined) return refuse([`Line ${before} is the same question already.`]);
  if (current?.slug && slug && current.slug !== slug) {
    return refuse([`slug: This question is known as “${current.slug}” here, and that stays.`]);
  }
  if (!current) {
    const missing = [
      ...(content === undefined ? ['question: Please write the question.'] : []),
      ...(question.competency === undefined
        ? ['competency: Please say which competency this examines.']
        : []),
      ...(question.difficulty === undefined ? ['difficulty: Choose EASY, MEDIUM or HARD.'] : []),
    ];
    if (missing.length > 0) return refuse(missing);
  }
  for (const name of names) said.set(name, line);
  if (!current) return { ...base, outcome: 'CREATE', reasons: [], changes: [] };

  const changes = [...changedFields(current, draft), ...(archived !== current.archived ? ['archived'] : [])];
  if (changes.length === 0) return { ...base, outcome: 'SAME', reasons: [], changes };
  const { version } = question;
  if (version === undefined || version >= current.version) {
    return { ...base, outcome: 'CHANGE', reasons: [], changes };
  }
  const exported = known.versions.get(`${current.id} ${version}`);
  const untouched =
    exported && changedFields(exported, { ...exported, ...definedFields(question) }).length === 0;
  if (untouched && archived === current.archived) {
    return {
      ...{ ...base, outcome: 'SAME', changes: [] },
      reasons: [`The library has version ${current.version}; the file says what version ${version} said.`],
    };
  }
  return {
    ...{ ...base, outcome: 'CONFLICT', changes },
    reasons: [
      `The file was exported with version ${version}; the library has version ${current.version} since.`,
    ],
  };
}

/** What of a draft the file has. */
function definedFields(question: Partial<FileQuestion>): Partial<QuestionDraft> {
  const { id: _id, slug: _slug, version: _version, archived: _archived, ...fields } = question;
  return fields;
}

export function reportOf(plan: readonly PlannedLine[], notes: string[]): ImportReport {
  const counts = { CREATE: 0, CHANGE: 0, SAME: 0, CONFLICT: 0, REFUSED: 0 };
  for (const { outcome } of plan) counts[outcome] += 1;
  return {
    ...{ fingerprint: fingerprintOf(plan), notes, counts },
    lines: plan.map(({ line, outcome, current, draft, reasons, changes }) => ({
      ...{ line, outcome, id: current?.id ?? null, content: draft.content.slice(0, 160) },
      ...{ reasons: [...reasons], changes: [...changes] },
    })),
  };
}

export function fingerprintOf(plan: readonly PlannedLine[]): string {
  const said = plan.map(({ line, outcome, current, draft, archived }) => [
    ...[line, outcome, current?.id, current?.version, current?.archived],
    ...(outcome === 'REFUSED' || outcome === 'SAME' ? [] : [draft, archived]),
  ]);
  return createHash('sha256').update(JSON.stringify(said)).digest('base64url');
}
