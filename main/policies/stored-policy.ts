import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Setting } from '../database/entities/index.ts';
import { OperationFailure } from '../operations/operation-failure.ts';

/** A policy as it is kept in a row of `settings`: what was chosen, and how often it was changed. */
export type Versioned<T> = T & { version: number };

/**
 * What an admin has chosen under a key, or what is usual where nobody has. A value that this Parley does not know the
 * bounds of counts as not chosen.
 */
export async function readPolicy<T extends object>(
  manager: EntityManager,
  key: string,
  shape: z.ZodType<T>,
  usual: T,
): Promise<Versioned<T>> {
  const setting = await manager.findOne(Setting, { select: { key: true, value: true }, where: { key } });
  const value = setting?.value;
  const policy = shape.safeParse(value);
  const version = hasVersion(value) ? value.version : 0;
  return { ...(policy.success ? policy.data : usual), version };
}

/**
 * Keeps another choice. Whoever calls this holds the admins, so that of two who change it at once the second finds the
 * version of the first.
 *
 * @throws OperationFailure CONFLICT with `current`
 */
export async function changePolicy<T extends object>(
  manager: EntityManager,
  key: string,
  { before, seen, next }: { before: Versioned<T>; seen: number; next: T },
): Promise<Versioned<T>> {
  if (before.version !== seen) {
    throw new OperationFailure(
      'CONFLICT',
      'Somebody else has changed this meanwhile. Look at what is there now, then decide again.',
      { current: before },
    );
  }
  const value = { ...next, version: before.version + 1 };
  await manager.upsert(Setting, { key, value }, ['key']);
  return value;
}

function hasVersion(value: unknown): value is { version: number } {
  return typeof value === 'object' && value !== null && 'version' in value && Number.isInteger(value.version);
}
