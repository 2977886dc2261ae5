import type { EntityManager } from 'typeorm';
import { Setting } from '../database/entities/index.ts';

const KEY = 'selfRegistration';

/** Whether people may register themselves as candidates. They may until an admin says otherwise. */
export async function selfRegistrationAllowed(manager: EntityManager): Promise<boolean> {
  const setting = await manager.findOne(Setting, { select: { key: true, value: true }, where: { key: KEY } });
  return setting?.value !== false;
}

export async function allowSelfRegistration(manager: EntityManager, allowed: boolean): Promise<void> {
  await manager.upsert(Setting, { key: KEY, value: allowed }, ['key']);
}
