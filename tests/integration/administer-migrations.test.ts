import type { MigrationInterface } from 'typeorm';
import { afterEach, describe, expect, test } from 'vitest';
import { migrationSql } from '../../main/database/migration-sql.ts';
import { applyPending, revertLast } from '../../main/database/migrator.ts';
import { migrations } from '../../migrations/index.ts';
import { admin, startApp, type TestApp, type TestWindow } from '../fixtures/administration.ts';
import {
  makeTestPlace,
  onServer,
  openTestDatabase,
  type TestEngine,
  type TestPlace,
  testEngines,
} from '../fixtures/databases.ts';

const names = migrations.map((migration) => new migration().name);
const last = names.at(-1) ?? '';

class Added1900000000000 implements MigrationInterface {
  name = 'Added1900000000000';
  async up(queryRunner: Parameters<MigrationInterface['up']>[0]): Promise<void> {
    await queryRunner.query('CREATE TABLE added (id integer PRIMARY KEY); INSERT INTO added VALUES (1), (2)');
    await queryRunner.query('ALTER TABLE users ADD COLUMN nickname text');
  }
  async down(queryRunner: Parameters<MigrationInterface['down']>[0]): Promise<void> {
    await queryRunner.query('ALTER TABLE users DROP COLUMN nickname; DROP TABLE added');
  }
}

class Broken1900000001000 implements MigrationInterface {
  name = 'Broken1900000001000';
  async up(queryRunner: Parameters<MigrationInterface['up']>[0]): Promise<void> {
    await queryRunner.query('CREATE TABLE half (id integer)');
    await queryRunner.query('ALTER TABLE half ADD COLUMN broken nosuchtype');
  }
  async down(): Promise<void> {}
}

let place: TestPlace | undefined;
let app: TestApp | undefined;
afterEach(async () => {
  await app?.close();
  await place?.close();
  app = undefined;
  place = undefined;
});

async function start(engine: TestEngine): Promise<{ app: TestApp; window: TestWindow }> {
  place = await makeTestPlace(engine);
  app = await startApp(place);
  const window = app.window();
  await window.value('accounts.createFirst', { ...admin, remember: false });
  return { app, window };
}

/** Makes the open database know another migration beside the app's own. */
function knowing({ database }: TestApp, ...more: MigrationInterface[]): void {
  Object.assign(database.connection.dataSource, {
    migrations: [...migrations.map((migration) => new migration()), ...more],
  });
}

describe('the SQL of a migration', () => {
  test('is what it sends to the database, to the letter', async () => {
    const database = await openTestDatabase('embedded', { migrated: false });
    const { dataSource } = database;
    const flat = (sql: string) => sql.replaceAll(/\s+/g, ' ').trim();
    for (const migration of migrations.map((made) => new made())) {
      const recorded = await migrationSql(migration);
      const runner = dataSource.createQueryRunner();
      for (const direction of ['up', 'down', 'up'] as const) {
        const sent: string[] = [];
        const query = runner.query.bind(runner);
        runner.query = async (sql: string, ...rest: never[]) => {
          sent.push(sql);
          return query(sql, ...rest);
        };
        await migration[direction](runner);
        runner.query = query;
        expect(sent.map(flat)).toEqual(recorded[direction].map(flat));
      }
      await runner.release();
    }
    await database.close();
  });
});

describe.each(testEngines)('looking after migrations: %s', (engine) => {
  test('are listed with their SQL, and checked before they run', async () => {
    const { app, window } = await start(engine);
    const listed = await window.value('migrations.list', undefined);
    expect(listed.map(({ name }) => name)).toEqual(names.toReversed());
    expect(listed.at(-1)).toMatchObject({
      state: 'APPLIED',
      up: [expect.stringContaining('CREATE TABLE users')],
      down: [expect.stringMatching(/DROP TABLE .*users/)],
    });
    const findings = await window.value('migrations.check', undefined);
    expect(findings.filter(({ verdict }) => verdict === 'HINDERED')).toEqual([]);
    if (engine === 'server') {
      const holder = app.database.dataSource.createQueryRunner();
      await holder.query('SELECT pg_advisory_lock(1348563564, 1)');
      expect(await window.value('migrations.check', undefined)).toContainEqual({
        ...{ subject: 'LOCK', verdict: 'HINDERED' },
        message: expect.stringContaining('session'),
      });
      await holder.query('SELECT pg_advisory_unlock(1348563564, 1)');
      await holder.release();
    }
  });

  test('what reverting the last would lose is counted, and looking changes nothing', async () => {
    const { app, window } = await start(engine);
    knowing(app, new Added1900000000000());
    await applyPending(app.database.connection.dataSource, () => undefined);
    await app.database.dataSource.query(`UPDATE users SET nickname = 'A'`);
    const [added] = await window.value('migrations.list', undefined);
    expect(added).toMatchObject({ state: 'APPLIED', appliedAt: expect.any(String) });
    expect(added?.durationMs).toBeGreaterThanOrEqual(0);

    expect(await window.value('migrations.loss', undefined)).toEqual({
      name: 'Added1900000000000',
      tables: [{ name: 'added', rows: 2 }],
      columns: [{ table: 'users', name: 'nickname', rows: 1 }],
    });
    // Looking has changed nothing.
    expect(await app.database.dataSource.query('SELECT nickname FROM users')).toEqual([{ nickname: 'A' }]);
  });

  test('the last is reverted after a backup, and applied again after another', async () => {
    const { app, window } = await start(engine);
    expect(await window.error('migrations.revert', { name: names[0] ?? '' })).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('not the one that you have seen'),
    });
    expect(app.database.status).toEqual({ state: 'ready' });

    await window.value('migrations.revert', { name: last });
    expect(app.database.status).toEqual({ state: 'pending', migrations: [last] });
    const { backups } = await window.value('backups.list', undefined);
    expect(backups[0]).toMatchObject({ reason: 'MIGRATION', verifiedAt: expect.any(String) });
    expect(app.audited.at(-1)).toMatchObject({ action: 'migrations.revert', subject: { label: last } });

    await window.value('database.migrate', undefined);
    expect(app.database.status).toEqual({ state: 'ready' });
    expect(app.audited.at(-1)).toMatchObject({ action: 'database.migrate', subject: { label: last } });
    expect((await window.value('backups.list', undefined)).backups).toHaveLength(3);
  });

  test('a rehearsal runs them on a restored copy, and leaves the database alone', async () => {
    const { app, window } = await start(engine);
    await revertLast(app.database.connection.dataSource, () => undefined);
    await app.database.reopen();
    expect(app.database.status).toEqual({ state: 'pending', migrations: [last] });
    await window.value('migrations.rehearse', undefined);
    await expect
      .poll(() => window.value('database.work', undefined), { timeout: 60_000 })
      .toMatchObject({
        kind: 'REHEARSAL',
        state: 'DONE',
        message: expect.stringContaining('One migration ran'),
      });
    expect(app.database.status).toEqual({ state: 'pending', migrations: [last] });
  });

  test('one that fails leaves what was there, says where it failed, and the app goes on', async () => {
    const { app, window } = await start(engine);
    knowing(app, new Broken1900000001000());
    await expect(applyPending(app.database.connection.dataSource, () => undefined)).rejects.toMatchObject({
      migration: 'Broken1900000001000',
      statement: expect.stringContaining('nosuchtype'),
    });
    expect(await window.value('accounts.current', undefined)).toMatchObject({ name: admin.name });
    const [row] = await app.database.dataSource.query(`SELECT to_regclass('half') AS half`);
    expect(row).toEqual({ half: null });
  });
});

describe.runIf(testEngines.includes('server'))('a server that gets in the way', () => {
  test('of a user who may not change tables is told before anything runs', async () => {
    const { app } = await start('server');
    const name = place?.environment.DATABASE_NAME ?? '';
    const role = `${name}_guest`;
    await onServer(`CREATE ROLE ${role} LOGIN PASSWORD 'p'`);
    await onServer(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role}`, name);
    await app.close();
    const guest = await startApp({
      paths: place?.paths ?? ({} as never),
      environment: { ...place?.environment, DATABASE_USER: role, DATABASE_PASSWORD: 'p' },
    });
    const own = guest.window();
    await own.value('accounts.signIn', { ...admin, remember: false });
    expect(await own.value('migrations.check', undefined)).toContainEqual({
      ...{ subject: 'RIGHTS', verdict: 'HINDERED' },
      message: expect.stringContaining('does not own'),
    });
    expect(await own.error('migrations.loss', undefined)).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('may not change these tables'),
    });
    knowing(guest, new Added1900000000000());
    const { dataSource } = guest.database.connection;
    await expect(applyPending(dataSource, () => undefined)).rejects.toThrow('Added1900000000000');
    expect(await dataSource.query(`SELECT to_regclass('added') AS added`)).toEqual([{ added: null }]);
    expect(await own.value('accounts.current', undefined)).toMatchObject({ name: admin.name });
    expect(guest.database.status).toEqual({ state: 'ready' });
    await guest.close();
    await onServer(`DROP OWNED BY ${role}`, name);
    await onServer(`DROP ROLE ${role}`);
  });

  test('is not held up by a look at what a revert would lose, while somebody works there', async () => {
    const { app, window } = await start('server');
    knowing(app, new Added1900000000000());
    await applyPending(app.database.connection.dataSource, () => undefined);
    const busy = app.database.dataSource.createQueryRunner();
    await busy.startTransaction();
    await busy.query('SELECT * FROM users');
    expect(await window.error('migrations.loss', undefined)).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('Somebody is using these tables'),
    });
    await busy.commitTransaction();
    await busy.release();
    expect(await window.value('migrations.loss', undefined)).toMatchObject({ name: 'Added1900000000000' });
  });

  test('is asked to notice soon when the machine that migrates it has gone', async () => {
    const { app } = await start('server');
    const seen: unknown[] = [];
    class Looking1900000000000 implements MigrationInterface {
      name = 'Looking1900000000000';
      async up(queryRunner: Parameters<MigrationInterface['up']>[0]): Promise<void> {
        seen.push(...(await queryRunner.query(`SELECT current_setting('tcp_keepalives_idle') AS idle`)));
      }
      async down(): Promise<void> {}
    }
    knowing(app, new Looking1900000000000());
    await applyPending(app.database.connection.dataSource, () => undefined);
    expect(seen).toEqual([{ idle: '20' }]);
  });

  test('and goes away while it is migrated leaves the schema as it was', async () => {
    const { app } = await start('server');
    const name = place?.environment.DATABASE_NAME ?? '';
    class Cut1900000000000 implements MigrationInterface {
      name = 'Cut1900000000000';
      async up(queryRunner: Parameters<MigrationInterface['up']>[0]): Promise<void> {
        await queryRunner.query('CREATE TABLE half (id integer)');
        const [{ pid }] = await queryRunner.query('SELECT pg_backend_pid() AS pid');
        await onServer(`SELECT pg_terminate_backend(${pid})`, name);
        await queryRunner.query('CREATE TABLE other_half (id integer)');
      }
      async down(): Promise<void> {}
    }
    knowing(app, new Cut1900000000000());
    const { dataSource } = app.database.connection;
    await expect(applyPending(dataSource, () => undefined)).rejects.toThrow('Cut1900000000000');
    expect(await dataSource.query(`SELECT to_regclass('half') AS half`)).toEqual([{ half: null }]);
    // No lock is left behind: the next try gets as far.
    await expect(applyPending(dataSource, () => undefined)).rejects.toThrow('Cut1900000000000');
  });
});
