import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AppStatus } from '../../shared/contract/app.ts';
import type { DataPaths } from '../config/data-paths.ts';
import type { EngineDescription } from '../database/database.ts';

/**
 * What a person will most likely meet once the database is open, told from what is in the data folder. An embedded
 * database that is not there yet, or was left without an account, has nobody in it. Null where it cannot be told:
 * somebody may be signed in still, or the people are on a server.
 */
export function expectedScreen(paths: DataPaths, engine: EngineDescription): AppStatus['expected'] {
  if (engine.kind === 'server' || existsSync(paths.rememberedSession)) return null;
  const leftEmpty = existsSync(mark(paths));
  // It holds for this start alone: should this one be killed, nobody would take it away.
  rmSync(mark(paths), { force: true });
  return existsSync(paths.database) && !leftEmpty ? 'SIGN_IN' : 'FIRST_PERSON';
}

/** Notes for the next start that the app is being closed before there is an account. */
export function noteLeftEmpty(paths: DataPaths): void {
  writeFileSync(mark(paths), '');
}

function mark({ folder }: DataPaths): string {
  return join(folder, 'no-account-yet');
}
