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
  await dataSource.transaction(async (manager) => {
    for (let start = 0; start < created.length; start += batch) {
      await insert(manager, person, created.slice(start, start + batch));
    }
    // In one order, so that two imports at once wait for each other and do not lock each other out.
    const inOrder = changed.toSorted((a, b) => ((a.current?.id ?? '') < (b.current?.id ?? '') ? -1 : 1));
    for (let start = 0; start < inOrder.length; start += batch) {
      await update(manager, person, inOrder.slice(start, start + batch));
    }
  });
  return { created: created.length, changed: changed.length };
}

const columns = `id uuid, slug varchar, version int, content text, difficulty question_difficulty, competency varchar,
  tags jsonb, covers jsonb, probes jsonb, levels jsonb, archived boolean, differs boolean`;
const tagsOf = (row: string) => `ARRAY(SELECT jsonb_array_elements_text(${row}.tags))`;

async function insert(
  manager: EntityManager,
  person: SignedInPerson,
  lines: readonly PlannedLine[],
): Promise<void> {
  const rows = lines.map(({ id, slug, draft, archived }) => ({ ...draft, id: id ?? v7(), slug, archived }));
  const made = await manager.query<unknown[]>(
    `
    INSERT INTO library_questions
      (id, slug, content, difficulty, competency, tags, covers, probes, levels, origin, changed_by, archived_at)
    SELECT id, slug, content, difficulty, competency, ${tagsOf('line')}, covers, probes, levels, 'IMPORT', $2,
      CASE WHEN archived THEN now() END
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
): Promise<void> {
  const rows = lines.map(({ current, draft, archived, changes }) => ({
    ...draft,
    ...{ id: current?.id, version: current?.version, archived },
    differs: changes.some((field) => field !== 'archived'),
  }));
  const [changed] = await manager.query<[unknown[], number]>(
    `
    UPDATE library_questions AS library SET
      content = line.content, difficulty = line.difficulty, competency = line.competency, tags = ${tagsOf('line')},
      covers = line.covers, probes = line.probes, levels = line.levels,
      origin = CASE WHEN line.differs THEN 'IMPORT' ELSE library.origin END,
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
