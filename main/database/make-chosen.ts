import type { EntityManager } from 'typeorm';
import { takeAddress } from '../../shared/model/recording.ts';
import { Answer, Take } from './entities/index.ts';

/** Makes a take the answer's chosen one; null leaves the answer without a recording. */
export async function makeChosen(
  manager: EntityManager,
  answerId: string,
  takeId: string | null,
): Promise<void> {
  // The one chosen before goes first: an answer has one chosen take at any moment.
  await manager.update(Take, { answerId, chosen: true }, { chosen: false });
  if (takeId) await manager.update(Take, { id: takeId }, { chosen: true });
  await manager.update(Answer, { id: answerId }, { audioUrl: takeId && takeAddress(takeId) });
}
