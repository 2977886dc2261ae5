import { existsSync } from 'node:fs';
import type { AppStatus } from '../../shared/contract/app.ts';
import type { DataPaths } from '../config/data-paths.ts';
import type { EngineDescription } from '../database/database.ts';

/**
 * What a person will most likely meet once the database is open, told from what is in the data folder. An embedded
 * database that is not there yet has nobody in it. Null where it cannot be told: somebody may be signed in still, or
 * the people are on a server.
 */
export function expectedScreen(paths: DataPaths, engine: EngineDescription): AppStatus['expected'] {
  if (engine.kind === 'server' || existsSync(paths.rememberedSession)) return null;
  return existsSync(paths.database) ? 'SIGN_IN' : 'FIRST_PERSON';
}
