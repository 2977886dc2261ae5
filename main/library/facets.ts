import type { DataSource } from 'typeorm';
import type { OutputOf } from '../../shared/contract/index.ts';
import { competencyLabel } from '../../shared/model/competencies.ts';

/** What the library can be filtered by: competencies by label, tags the most used first. */
export async function readFacets(dataSource: DataSource): Promise<OutputOf<'library.facets'>> {
  const competencies = await dataSource.query<{ value: string; count: number; archived: number }[]>(`
    SELECT competency AS value, count(*) FILTER (WHERE archived_at IS NULL)::int AS count,
      count(*) FILTER (WHERE archived_at IS NOT NULL)::int AS archived
    FROM library_questions GROUP BY competency
  `);
  const tags = await dataSource.query<{ value: string; count: number }[]>(`
    SELECT value, count(*)::int AS count
    FROM library_questions, unnest(tags) AS value
    WHERE archived_at IS NULL AND tags <> '{}'
    GROUP BY value ORDER BY count DESC, value COLLATE "C"
  `);
  return {
    total: competencies.reduce((sum, { count }) => sum + count, 0),
    archived: competencies.reduce((sum, { archived }) => sum + archived, 0),
    competencies: competencies
      .filter(({ count }) => count > 0)
      .map(({ value, count }) => ({ value, count, label: competencyLabel(value) }))
      .sort((a, b) => a.label.localeCompare(b.label, 'en')),
    tags,
  };
}
