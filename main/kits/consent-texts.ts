import type { DataSource, EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { ConsentText, ConsentTextRow } from '../../shared/contract/consent-texts.ts';
import type { OutputOf, ParsedInputOf } from '../../shared/contract/index.ts';
import * as entities from '../database/entities/index.ts';
import type { HandlersOf, SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';

/** Whoever changes a text holds this lock of the database's until the end of the transaction; a number of our own. */
const lockKey = 0x9a51e5;

const changedBy = `(
  SELECT jsonb_build_object('id', users.id, 'name', users.name) FROM users WHERE users.id = texts.changed_by
) AS "changedBy"`;

/** SQL for the kits in use whose newest version asks candidates to agree to the text of this name. */
const kitsNaming = (name: string) => `
  FROM interview_kits AS kits
  JOIN interview_kit_versions AS versions ON versions.kit_id = kits.id AND versions.version = kits.version
  WHERE kits.archived_at IS NULL AND versions.definition->>'consentName' = ${name}
`;

/** The texts that candidates are asked to agree to. They belong to the team, as kits do. */
export function createConsentTexts({ database }: { database: { readonly dataSource: DataSource } }): {
  readonly handlers: HandlersOf<'consentTexts'>;
} {
  // Asked for anew each time: the database opens after this, and may be opened again.
  const manager = () => database.dataSource.manager;
  const change = <T>(run: (manager: EntityManager) => Promise<T>) =>
    database.dataSource.transaction(async (held) => {
      await held.query('SELECT pg_advisory_xact_lock($1)', [lockKey]);
      return run(held);
    });
  return {
    handlers: {
      'consentTexts.list': ({ input }) => listTexts(manager(), input),
      'consentTexts.get': ({ input }) => readText(manager(), input.name, input.version),
      'consentTexts.versions': ({ input }) => listVersions(manager(), input.name),
      'consentTexts.save': ({ input, person }) => change((held) => saveText(held, person, input)),
      'consentTexts.archive': ({ input }) => change((held) => setArchived(held, input.name, true)),
      'consentTexts.restore': ({ input }) => change((held) => setArchived(held, input.name, false)),
    },
  };
}

async function listTexts(
  manager: EntityManager,
  { archived }: { archived: boolean },
): Promise<ConsentTextRow[]> {
  const rows = await manager.query<
    (Omit<ConsentTextRow, 'archivedAt' | 'changedAt'> & { archivedAt: Date | null; changedAt: Date })[]
  >(
    `
    SELECT * FROM (
      SELECT DISTINCT ON (name) id, name, version, archived_at AS "archivedAt", created_at AS "changedAt",
        ${changedBy}, (SELECT count(*)::int ${kitsNaming('texts.name')}) AS kits
      FROM consent_texts AS texts
      ORDER BY name, version DESC
    ) AS newest
    WHERE ("archivedAt" IS NOT NULL) = $1
    ORDER BY lower(name) COLLATE "C", id
    `,
    [archived],
  );
  return rows.map((row) => ({
    ...row,
    archivedAt: row.archivedAt?.toISOString() ?? null,
    changedAt: row.changedAt.toISOString(),
  }));
}

/** @throws OperationFailure NOT_FOUND */
async function readText(manager: EntityManager, name: string, version?: number): Promise<ConsentText> {
  const text = await findText(manager, name, version);
  if (!text) throw textNotFound(name, version);
  return text;
}

async function findText(
  manager: EntityManager,
  name: string,
  version?: number,
): Promise<ConsentText | undefined> {
  const [row] = await manager.query<
    (Omit<ConsentText, 'archivedAt' | 'changedAt'> & { archivedAt: Date | null; changedAt: Date })[]
  >(
    `
    SELECT id, name, version, body, archived_at AS "archivedAt", created_at AS "changedAt", ${changedBy},
      (SELECT max(version) FROM consent_texts WHERE name = $1) AS "newestVersion"
    FROM consent_texts AS texts
    WHERE name = $1 AND ($2::int IS NULL OR version = $2)
    ORDER BY version DESC LIMIT 1
    `,
    [name, version ?? null],
  );
  return (
    row && {
      ...row,
      archivedAt: row.archivedAt?.toISOString() ?? null,
      changedAt: row.changedAt.toISOString(),
    }
  );
}

async function listVersions(
  manager: EntityManager,
  name: string,
): Promise<OutputOf<'consentTexts.versions'>> {
  const rows = await manager.query<
    { version: number; changedAt: Date; changedBy: { id: string; name: string } | null }[]
  >(
    `
    SELECT version, created_at AS "changedAt", ${changedBy} FROM consent_texts AS texts
    WHERE name = $1 ORDER BY version DESC
    `,
    [name],
  );
  if (rows.length === 0) throw textNotFound(name);
  return rows.map((row) => ({ ...row, changedAt: row.changedAt.toISOString() }));
}

/**
 * Makes a new version. A text that says what the newest says makes none.
 *
 * @throws OperationFailure NOT_FOUND, CONFLICT with the newest version in details.current
 */
async function saveText(
  manager: EntityManager,
  person: SignedInPerson,
  { name, version, body }: ParsedInputOf<'consentTexts.save'>,
): Promise<ConsentText> {
  const current = await findText(manager, name);
  if (!current && version > 0) throw textNotFound(name);
  if (!current) await refuseLikeName(manager, name);
  if (current?.archivedAt) {
    throw new OperationFailure('CONFLICT', `“${name}” has been archived. Restore it first.`, { current });
  }
  if (current && current.version !== version) {
    const message =
      version === 0
        ? `There is a text “${name}” already. Choose another name, or change that one.`
        : `${current.changedBy?.name ?? 'Somebody'} has changed this text meanwhile. Look at what it says now, then choose which one to keep.`;
    throw new OperationFailure('CONFLICT', message, { current });
  }
  if (current?.body === body) return current;
  await manager.insert(entities.ConsentText, {
    ...{ id: v7(), name, version: version + 1, body, changedById: person.id },
  });
  return readText(manager, name);
}

/** Two names that differ by their case only would be taken for one another. */
async function refuseLikeName(manager: EntityManager, name: string): Promise<void> {
  const [like] = await manager.query<{ name: string }[]>(
    'SELECT name FROM consent_texts WHERE lower(name) = lower($1) LIMIT 1',
    [name],
  );
  if (!like) return;
  throw new OperationFailure(
    'CONFLICT',
    `There is a text “${like.name}” already. Choose another name, or change that one.`,
    { current: await readText(manager, like.name) },
  );
}

/**
 * All versions of a text are archived together: the name is what leaves the choice.
 *
 * @throws OperationFailure NOT_FOUND, CONFLICT while a kit names it
 */
async function setArchived(manager: EntityManager, name: string, archived: boolean): Promise<void> {
  const current = await readText(manager, name);
  if ((current.archivedAt !== null) === archived) return;
  if (archived) {
    const kits = await manager.query<{ name: string }[]>(
      `SELECT kits.name ${kitsNaming('$1')} ORDER BY lower(kits.name) COLLATE "C" LIMIT 3`,
      [name],
    );
    if (kits.length > 0) {
      const named = kits.map((kit) => `“${kit.name}”`).join(', ');
      throw new OperationFailure(
        'CONFLICT',
        `Candidates are asked to agree to it in ${named}. Choose another text there first.`,
      );
    }
  }
  await manager.update(entities.ConsentText, { name }, { archivedAt: archived ? new Date() : null });
}

function textNotFound(name: string, version?: number): OperationFailure {
  const what = version === undefined ? `consent text “${name}”` : `version ${version} of “${name}”`;
  return new OperationFailure('NOT_FOUND', `Parley does not find the ${what}.`);
}
