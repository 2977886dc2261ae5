import type { DataSource } from 'typeorm';
import type { OutputOf, ParsedInputOf } from '../../shared/contract/index.ts';
import { tidyDraft } from '../../shared/model/library.ts';
import { formats } from './files/formats.ts';
import type { FileQuestion } from './files/record.ts';
import { batch } from './import-plan.ts';
import { filterConditions } from './list-questions.ts';

/** Writes a file of questions, batch by batch: nothing waits for all of them. */
export async function exportQuestions(
  { manager }: DataSource,
  { format, filter }: ParsedInputOf<'library.export'>,
): Promise<OutputOf<'library.export'>> {
  const { head, write, between, tail, extension } = formats[format];
  const pieces: Uint8Array[] = [Buffer.from(head())];
  const parameters: unknown[] = [];
  const parameter = (value: unknown) => `$${parameters.push(value)}`;
  const conditions = filter ? filterConditions(filter, parameter).where : [];
  const after = parameter('00000000-0000-0000-0000-000000000000');
  let count = 0;
  for (;;) {
    const rows = await manager.query<FileQuestion[]>(
      `
      SELECT id, slug, version, content, difficulty, competency, tags, covers, probes, levels, practice,
        archived_at IS NOT NULL AS archived
      FROM library_questions
      WHERE ${[...conditions, `id > ${after}::uuid`].join(' AND ')}
      ORDER BY id LIMIT ${batch}
      `,
      parameters,
    );
    const questions = rows.map((row) => ({
      ...{ id: row.id, version: row.version, slug: row.slug },
      ...{ ...tidyDraft(row), archived: row.archived },
    }));
    if (questions.length > 0) {
      pieces.push(Buffer.from((count > 0 ? between : '') + write(questions, count + 1)));
    }
    count += questions.length;
    if (questions.length < batch) break;
    parameters[parameters.length - 1] = questions.at(-1)?.id;
  }
  pieces.push(Buffer.from(tail()));
  const day = new Date().toISOString().slice(0, 10);
  return { fileName: `Parley questions ${day}.${extension}`, bytes: Buffer.concat(pieces), count };
}
