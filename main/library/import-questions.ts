import type { DataSource, EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { OutputOf, ParsedInputOf } from '../../shared/contract/index.ts';
import type { ImportReport } from '../../shared/contract/library.ts';
import type { SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import { readFile } from './files/parse-run.ts';
import { batch, fingerprintOf, type PlannedLine, planImport, reportOf } from './import-plan.ts';

/** @throws OperationFailure INVALID_INPUT where it is no such file */
export async function checkImport(
  { manager }: DataSource,
  { format, bytes }: ParsedInputOf<'library.checkImport'>,
): Promise<ImportReport> {
  const file = await readFile(format, bytes);
  return reportOf(await planImport(manager, file), file.notes);
}

/**
 * Does what was checked, in one transaction.
 *
 * @throws OperationFailure CONFLICT when the library is not what it was when the file was checked
 */
export async function importQuestions(
  dataSource: DataSource,
  person: SignedInPerson,
  { format, bytes, fingerprint, conflicts }: ParsedInputOf<'library.import'>,
): Promise<OutputOf<'library.import'>> {
  const file = await readFile(format, bytes);
  // Outside of the transaction: on the embedded engine nobody else reads while that is open.
  const plan = await planImport(dataSource.manager, file);
  if (fingerprintOf(plan) !== fingerprint) throw changedMeanwhile();
  const created = plan.filter(({ outcome }) => outcome === 'CREATE');
  const changed = plan.filter(
    ({ outcome }) => outcome === 'CHANGE' || (outcome === 'CONFLICT' && conflicts === 'TAKE'),
  );
  // Long work, and nobody waits for it: each batch is a query of its own.
  const searches = new Map<PlannedLine, string>();
  for (let start = 0; start < created.length + changed.length; start += batch) {
    await addSearches(dataSource.manager, [...created, ...changed].slice(start, start + batch), searches);
  }
  await dataSource.transaction(async (manager) => {
    for (let start = 0; start < created.length; start += batch) {
      await insert(manager, person, created.slice(start, start + batch), searches);
    }
    // In one order, so that two imports at once wait for each other and do not lock each other out.
    const inOrder = changed.toSorted((a, b) => ((a.current?.id ?? '') < (b.current?.id ?? '') ? -1 : 1));
    for (let start = 0; start < inOrder.length; start += batch) {
      await update(manager, person, inOrder.slice(start, start + batch), searches);
    }
  });
  return { created: created.length, changed: changed.length };
}

const columns = `id uuid, slug varchar, version int, content text, difficulty question_difficulty, competency varchar,
  tags jsonb, covers jsonb, probes jsonb, levels jsonb, practice boolean, archived boolean,
  differs boolean, reworded boolean, place int, search text`;
const tagsOf = (row: string) => `ARRAY(SELECT jsonb_array_elements_text(${row}.tags))`;

/** Makes what the trigger would make in the transaction. */
async function addSearches(
  manager: EntityManager,
  lines: readonly PlannedLine[],
  searches: Map<PlannedLine, string>,
): Promise<void> {
  const rows = await manager.query<{ place: number; search: string }[]>(
    `
    SELECT place, library_question_search(content, competency, ${tagsOf('line')}, covers || probes || levels)::text
      AS search
    FROM jsonb_to_recordset($1) AS line (${columns})
    `,
    [JSON.stringify(lines.map(({ draft }, place) => ({ ...draft, place })))],
  );
  for (const { place, search } of rows) {
    const line = lines[place];
    if (line) searches.set(line, search);
  }
}

async function insert(
  manager: EntityManager,
  person: SignedInPerson,
  lines: readonly PlannedLine[],
  searches: ReadonlyMap<PlannedLine, string>,
): Promise<void> {
  const rows = lines.map((line) => ({
    ...{ ...line.draft, id: line.id ?? v7(), slug: line.slug, archived: line.archived },
    search: searches.get(line),
  }));
  const made = await manager.query<unknown[]>(
    `
    INSERT INTO library_questions
      (id, slug, content, difficulty, competency, tags, covers, probes, levels, practice, origin, changed_by,
       archived_at, search)
    SELECT id, slug, content, difficulty, competency, ${tagsOf('line')}, covers, probes, levels, practice, 'IMPORT', $2,
      CASE WHEN archived THEN now() END, search::tsvector
    FROM jsonb_to_recordset($1) AS line (${columns})
    ON CONFLICT DO NOTHING
    RETURNING id
    `,
    [JSON.stringify(rows), person.id],
  );
  if (made.length < lines.length) throw changedMeanwhile();
}

async function update(
  manager: EntityManager,
  person: SignedInPerson,
  lines: readonly PlannedLine[],
  searches: ReadonlyMap<PlannedLine, string>,
): Promise<void> {
  const rows = lines.map((line) => ({
    ...{ ...line.draft, id: line.current?.id, version: line.current?.version, archived: line.archived },
    differs: line.changes.some((field) => field !== 'archived'),
    reworded: line.changes.some((field) => field !== 'archived' && field !== 'practice'),
    search: searches.get(line),
  }));
  const [changed] = await manager.query<[unknown[], number]>(
    `
    UPDATE library_questions AS library SET
      content = line.content, difficulty = line.difficulty, competency = line.competency, tags = ${tagsOf('line')},
      covers = line.covers, probes = line.probes, levels = line.levels,
      practice = line.practice, search = line.search::tsvector,
      origin = CASE WHEN line.reworded THEN 'IMPORT' ELSE library.origin END,
      changed_by = CASE WHEN line.differs THEN $2 ELSE library.changed_by END,
      archived_at = CASE WHEN line.archived THEN coalesce(library.archived_at, now()) END,
      updated_at = now()
    FROM jsonb_to_recordset($1) AS line (${columns})
    WHERE library.id = line.id AND library.version = line.version
    RETURNING library.id
    `,
    [JSON.stringify(rows), person.id],
  );
  if (changed.length < lines.length) throw changedMeanwhile();
}

function changedMeanwhile(): OperationFailure {
  return new OperationFailure(
    'CONFLICT',
    'The library has changed since this file was checked. Nothing was imported; please look at the check again.',
  );
}
