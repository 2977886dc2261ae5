import type { DataSource, EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { z } from 'zod';
import { type KitItem, kitDefinition } from '../../shared/contract/kits.ts';
import {
  ConsentText,
  InterviewKit,
  InterviewKitVersion,
  LibraryQuestion,
  Setting,
} from '../database/entities/index.ts';
import { starterConsentText } from './starter/consent-text.ts';
import { type StarterKit, starterKits } from './starter/kits.ts';

/** Under this key the settings hold the names of every starter kit and text that was ever installed here. */
const settingKey = 'kits.starter';

/** The advisory lock that two processes installing at once take turns by; an arbitrary number of our own. */
const lockKey = 0x9a51e6;

/**
 * Puts the kits and the consent text that come with Parley where they were never put before. What a team has renamed,
 * changed or archived since is theirs, and nothing of it comes back.
 *
 * @param dataSource a database whose library has the starter questions
 */
export async function installStarterKits(dataSource: DataSource): Promise<void> {
  const names = [starterConsentText.name, ...starterKits.map(({ name }) => name)];
  const isNew = (installed: readonly string[]) => (name: string) => !installed.includes(name);
  if (!names.some(isNew(await installedNames(dataSource.manager)))) return;
  await dataSource.transaction(async (manager) => {
    await manager.query('SELECT pg_advisory_xact_lock($1)', [lockKey]);
    const installed = await installedNames(manager);
    const missing = names.filter(isNew(installed));
    if (missing.length === 0) return;
    if (missing.includes(starterConsentText.name)) await addConsentText(manager);
    for (const kit of starterKits) if (missing.includes(kit.name)) await addKit(manager, kit);
    await manager.upsert(Setting, { key: settingKey, value: [...installed, ...missing] }, ['key']);
  });
}

async function installedNames(manager: EntityManager): Promise<string[]> {
  const setting = await manager.findOneBy(Setting, { key: settingKey });
  return setting ? z.array(z.string()).parse(setting.value) : [];
}

async function addConsentText(manager: EntityManager): Promise<void> {
  const { name, body } = starterConsentText;
  // Somebody may have named one of their own so before this one came with Parley.
  if (await manager.existsBy(ConsentText, { name })) return;
  await manager.insert(ConsentText, { id: v7(), name, version: 1, body });
}

async function addKit(manager: EntityManager, { name, definition, items }: StarterKit): Promise<void> {
  const slugs = items.flatMap((item) => ('slug' in item ? [item.slug] : []));
  const questions = await manager
    .createQueryBuilder(LibraryQuestion, 'question')
    .where('question.slug IN (:...slugs) AND question.archivedAt IS NULL', { slugs })
    .getMany();
  const idOf = new Map(questions.map(({ slug, id }) => [slug, id]));
  const resolved = items.flatMap((item): KitItem[] => {
    if (!('slug' in item)) return [item];
    const { slug, ...times } = item;
    const libraryQuestionId = idOf.get(slug);
    return libraryQuestionId ? [{ type: 'QUESTION', libraryQuestionId, ...times }] : [];
  });
  const id = v7();
  await manager.insert(InterviewKit, { id, name });
  await manager.insert(InterviewKitVersion, {
    ...{ id: v7(), kitId: id, version: 1, name },
    definition: kitDefinition.parse({ ...definition, items: resolved }),
  });
}
