import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { databaseConfig } from '../../main/config/database.config.ts';
import { connect } from '../../main/database/connect.ts';
import { applyPending, schemaState } from '../../main/database/migrator.ts';
import { migrations } from '../../migrations/index.ts';
import { emptyDatabaseTemplate, makeTestPlace, type TestPlace, testEngines } from '../fixtures/databases.ts';

const script = fileURLToPath(new URL('../../scripts/command.mjs', import.meta.url));
const names = migrations.map((migration) => new migration().name);
/** A few each time; `npm run test:durability -- --only migrations --rounds 30` for a thorough look. */
const rounds = Number(process.env.PARLEY_KILL_ROUNDS ?? 2);

/** About as long as a migration takes. */
const KILL_WITHIN_MS = 30;

/**
 * Applies the migrations as a process of its own; with `killAfter` it is killed when it has said of so many that they are
 * applied, somewhere in the next one.
 */
async function applyApart({ paths, environment }: TestPlace, killAfter?: number): Promise<void> {
  const child = spawn(process.execPath, [script, 'migration-run'], {
    cwd: paths.folder,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(child, 'exit');
  if (killAfter !== undefined) {
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const reached = said.includes('Database:') && said.split('Applied ').length > killAfter;
      if (reached) setTimeout(() => child.kill('SIGKILL'), Math.random() * KILL_WITHIN_MS);
    });
  }
  await ended;
}

// What is stale is built by the first process, which takes longer than any of the others may.
beforeAll(async () => {
  const place = await makeTestPlace('embedded');
  await applyApart(place);
  await place.close();
}, 300_000);

describe.each(testEngines)('killed −9 while it migrates: %s', (engine) => {
  test(
    `leaves so many whole migrations and no half one, ${rounds} times`,
    async () => {
      const reached: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const place = await makeTestPlace(engine, { migrated: false });
        await applyApart(place, Math.floor(Math.random() * names.length));
        const connection = await connect(databaseConfig(place.environment, place.paths), {
          logEngine: () => undefined,
          template: emptyDatabaseTemplate,
        });
        const { applied } = await schemaState(connection.dataSource);
        expect(applied).toEqual(names.slice(0, applied.length));
        // What a half migration had left would be in the way of itself.
        expect(await applyPending(connection.dataSource, () => undefined)).toEqual(
          names.slice(applied.length),
        );
        reached.push(applied.length);
        await connection.close();
        await place.close();
      }
      if (rounds > 10) console.log(`Killed after ${reached.join(', ')} of ${names.length} migrations.`);
    },
    60_000 + rounds * 30_000,
  );
});
