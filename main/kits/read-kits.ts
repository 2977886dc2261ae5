import type { EntityManager } from 'typeorm';
import type { OutputOf, ParsedInputOf } from '../../shared/contract/index.ts';
import {
  type Kit,
  type KitDefinition,
  type KitQuestion,
  type KitRow,
  type KitVersion,
  kitDefinition,
} from '../../shared/contract/kits.ts';
import { kitPlannedMs, kitQuestionCount } from '../../shared/model/kit.ts';
import { OperationFailure } from '../operations/operation-failure.ts';

/** SQL for whoever made a row of interview_kit_versions, as `{id, name}` or null. */
const changedBy = `(
  SELECT jsonb_build_object('id', users.id, 'name', users.name) FROM users WHERE users.id = versions.changed_by
) AS "changedBy"`;

type Person = KitRow['changedBy'];

/** By name, in the order of code points, then by key. */
export async function listKits(
  manager: EntityManager,
  { search, archived, after, limit }: ParsedInputOf<'kits.list'>,
): Promise<OutputOf<'kits.list'>> {
  const found = await manager.query<
    (Pick<KitRow, 'id' | 'name' | 'version'> & {
      archivedAt: Date | null;
      changedAt: Date;
      changedBy: Person;
      // All of the definition that a row needs: the anchored levels can be long.
      definition: Omit<KitDefinition, 'competencies' | 'instructions' | 'welcome' | 'blind'>;
    })[]
  >(
    `
    SELECT kits.id, kits.name, kits.version, kits.archived_at AS "archivedAt",
      versions.created_at AS "changedAt", ${changedBy},
      jsonb_build_object(
        'difficulty', definition->'difficulty', 'items', definition->'items',
        'thinkTimeMs', definition->'thinkTimeMs', 'answerTimeMs', definition->'answerTimeMs',
        'consentName', definition->'consentName'
      ) AS definition
    FROM interview_kits AS kits
    JOIN interview_kit_versions AS versions ON versions.kit_id = kits.id AND versions.version = kits.version
    WHERE (kits.archived_at IS NOT NULL) = $1
      AND position(lower($2::text) IN lower(kits.name)) > 0
      AND ($3::uuid IS NULL OR (lower(kits.name) COLLATE "C", kits.id) > (
        SELECT lower(name) COLLATE "C", id FROM interview_kits WHERE id = $3
      ))
    ORDER BY lower(kits.name) COLLATE "C", kits.id
    LIMIT $4
    `,
    [archived, search?.trim() ?? '', after ?? null, limit + 1],
  );
  const rows = found.slice(0, limit).map(({ definition, ...row }) => ({
    ...row,
    difficulty: definition.difficulty,
    questionCount: kitQuestionCount(definition),
    plannedMs: kitPlannedMs(definition),
    records: definition.consentName !== null,
    archivedAt: row.archivedAt?.toISOString() ?? null,
    changedAt: row.changedAt.toISOString(),
  }));
  return { rows, next: found.length > limit ? (rows.at(-1)?.id ?? null) : null };
}

/**
 * One version of a kit, with the questions that it fixes as the library has them now.
 *
 * @param version the newest unless said otherwise
 * @throws OperationFailure NOT_FOUND
 */
export async function readKit(manager: EntityManager, id: string, version?: number): Promise<Kit> {
  const [row] = await manager.query<
    (Pick<Kit, 'id' | 'name' | 'version' | 'newestVersion'> & {
      archivedAt: Date | null;
      changedAt: Date;
      changedBy: Person;
      definition: unknown;
    })[]
  >(
    `
    SELECT kits.id, versions.name, versions.version, kits.version AS "newestVersion",
      kits.archived_at AS "archivedAt", versions.created_at AS "changedAt", ${changedBy}, definition
    FROM interview_kits AS kits
    JOIN interview_kit_versions AS versions
      ON versions.kit_id = kits.id AND versions.version = coalesce($2, kits.version)
    WHERE kits.id = $1
    `,
    [id, version ?? null],
  );
  if (!row) throw version === undefined ? kitNotFound() : versionNotFound(version);
  // What an older Parley wrote gets the defaults of what has come since.
  const definition = kitDefinition.parse(row.definition);
  return {
    ...row,
    definition,
    archivedAt: row.archivedAt?.toISOString() ?? null,
    changedAt: row.changedAt.toISOString(),
    questions: await fixedQuestions(manager, definition),
  };
}

/** Newest first. */
export async function listVersions(
  manager: EntityManager,
  { id, after, limit }: ParsedInputOf<'kits.versions'>,
): Promise<OutputOf<'kits.versions'>> {
  const found = await manager.query<
    (Pick<KitVersion, 'version' | 'name' | 'changedBy'> & {
      changedAt: Date;
      items: KitDefinition['items'];
    })[]
  >(
    `
    SELECT version, name, created_at AS "changedAt", ${changedBy}, definition->'items' AS items
    FROM interview_kit_versions AS versions
    WHERE kit_id = $1 AND version < $2
    ORDER BY version DESC LIMIT $3
    `,
    [id, after === undefined ? 2_147_483_647 : Number(after), limit + 1],
  );
  if (found.length === 0 && after === undefined) throw kitNotFound();
  const rows = found.slice(0, limit).map(({ items, changedAt, ...row }) => ({
    ...row,
    questionCount: kitQuestionCount({ items }),
    changedAt: changedAt.toISOString(),
  }));
  return { rows, next: found.length > limit ? String(rows.at(-1)?.version) : null };
}

/** The questions of the library that a definition names, in its order; one that is gone is left out. */
export async function fixedQuestions(
  manager: EntityManager,
  { items }: Pick<KitDefinition, 'items'>,
): Promise<KitQuestion[]> {
  const ids = items.flatMap((item) => (item.type === 'QUESTION' ? [item.libraryQuestionId] : []));
  if (ids.length === 0) return [];
  const found = await manager.query<KitQuestion[]>(
    `
    SELECT id, content, difficulty, competency, archived_at IS NOT NULL AS archived
    FROM library_questions WHERE id = ANY ($1)
    `,
    [ids],
  );
  const byId = new Map(found.map((question) => [question.id, question]));
  return ids.map((id) => byId.get(id)).filter((question) => question !== undefined);
}

export function kitNotFound(): OperationFailure {
  return new OperationFailure('NOT_FOUND', 'This kit is not there any more. Choose another one.');
}

function versionNotFound(version: number): OperationFailure {
  return new OperationFailure('NOT_FOUND', `Parley does not find version ${version} of this kit.`);
}
