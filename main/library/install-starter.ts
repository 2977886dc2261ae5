import { createHash } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { z } from 'zod';
import { Setting } from '../database/entities/index.ts';
import { starterLibrary } from './starter/index.ts';
import type { StarterQuestion } from './starter/starter-question.ts';

/** Under this key the settings hold the hash of every starter library that was installed here. */
const settingKey = 'library.starter';

/** The advisory lock that two processes installing at once take turns by; an arbitrary number of our own. */
const lockKey = 0x9a51e4;

/**
 * Puts the questions that come with Parley into the library, by their slug. Does nothing, for the price of one query,
 * where this very starter library was installed before; so an older Parley on the same server does not bring older
 * wordings back. What people archived or kept
 * out of practice stays so, and interviews keep their own snapshots. What people have worded
 * otherwise stays theirs; a newer wording of Parley's comes to the others as a new version.
 */
export async function installStarter(
  dataSource: DataSource,
  questions: readonly StarterQuestion[] = starterLibrary,
): Promise<void> {
  const hash = createHash('sha256').update(JSON.stringify(questions)).digest('hex');
  if ((await installedHashes(dataSource.manager)).includes(hash)) return;
  await dataSource.transaction(async (manager) => {
    await manager.query('SELECT pg_advisory_xact_lock($1)', [lockKey]);
    const installed = await installedHashes(manager);
    if (installed.includes(hash)) return;
    await upsert(manager, questions);
    await manager.upsert(Setting, { key: settingKey, value: [...installed, hash] }, ['key']);
  });
}

async function installedHashes(manager: EntityManager): Promise<string[]> {
  const setting = await manager.findOneBy(Setting, { key: settingKey });
  return setting ? z.array(z.string()).parse(setting.value) : [];
}

async function upsert(manager: EntityManager, questions: readonly StarterQuestion[]): Promise<void> {
  await manager.query(
    `
    INSERT INTO library_questions
      (id, slug, origin, practice, content, difficulty, competency, covers, probes, levels)
    SELECT id, slug, 'STARTER', true, content, difficulty, competency, covers, probes, levels
    FROM jsonb_to_recordset($1) AS starter (
      id uuid, slug varchar, content text, difficulty question_difficulty, competency varchar,
      covers jsonb, probes jsonb, levels jsonb
    )
    ON CONFLICT (slug) DO UPDATE SET
      content = excluded.content, difficulty = excluded.difficulty, competency = excluded.competency,
      covers = excluded.covers, probes = excluded.probes, levels = excluded.levels, updated_at = now(),
      changed_by = NULL
    WHERE library_questions.origin = 'STARTER'
    `,
    [JSON.stringify(questions.map((question) => ({ ...question, id: v7() })))],
  );
}
