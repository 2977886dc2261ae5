import { closeSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { chown, cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dataPaths } from '../../main/config/data-paths.ts';
import { isDiskFull } from '../../main/database/connection-failure.ts';
import { applyPending } from '../../main/database/migrator.ts';
import { migrations } from '../../migrations/index.ts';
import { run, whyNoTmpfs } from '../durability/mounts.ts';
import { admin, startApp, type TestApp, type TestWindow } from '../fixtures/administration.ts';
import { makeTestPlace, type TestPlace } from '../fixtures/databases.ts';
import { canStartServer, serverUser, startTemporaryServer } from '../fixtures/postgres-server.ts';
import { sumsOf } from '../fixtures/sums.ts';
import { addHardData, workEnded } from '../fixtures/works.ts';

const MB = 1024 * 1024;
const reason = whyNoTmpfs();
if (reason) console.log(`Full disks under the database are not tried here: ${reason}.`);

/** Makes a table of some 60 MB, and then another. */
class Large1900000000000 implements MigrationInterface {
  name = 'Large1900000000000';
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE TABLE large_before (id integer)');
    await queryRunner.query(
      `CREATE TABLE large AS
         SELECT n AS id, (SELECT string_agg(md5(n || '/' || part), '') FROM generate_series(1, 60) AS part) AS body
           FROM generate_series(1, 30000) AS n`,
    );
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE large, large_before');
  }
}

/** A disk of its own in memory. What is written to fill it goes through an open file, and so to no other disk. */
class SmallDisk {
  readonly folder: string;
  #filler: { name: string; file: number } | undefined;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async mount(megabytes: number): Promise<SmallDisk> {
    const folder = await mkdtemp(join(tmpdir(), 'parley-small-disk-'));
    run('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder);
    return new SmallDisk(folder);
  }

  get freeBytes(): number {
    const { bavail, bsize } = statfsSync(this.folder);
    return bavail * bsize;
  }

  /** Leaves so much room and no more. */
  fillUpTo(bytes: number): void {
    const name = join(this.folder, 'filler');
    const file = openSync(name, 'wx');
    this.#filler = { name, file };
    const piece = Buffer.alloc(64 * 1024);
    for (let left = this.freeBytes - bytes; left > 0; left -= piece.length) {
      writeSync(file, piece, 0, Math.min(piece.length, left));
    }
  }

  makeRoom(): void {
    if (!this.#filler) return;
    closeSync(this.#filler.file);
    rmSync(this.#filler.name);
    this.#filler = undefined;
  }

  async unmount(): Promise<void> {
    this.makeRoom();
    run('umount', this.folder);
    await rm(this.folder, { recursive: true });
  }
}

/** Makes the open database know another migration beside the app's own. */
function knowing({ database }: TestApp, more: MigrationInterface): void {
  Object.assign(database.connection.dataSource, {
    migrations: [...migrations.map((migration) => new migration()), more],
  });
}

let disk: SmallDisk;
let app: TestApp;
let window: TestWindow;
let place: Pick<TestPlace, 'paths' | 'environment'>;

async function begin(): Promise<void> {
  app = await startApp(place);
  window = app.window();
  await window.value('accounts.createFirst', { ...admin, remember: false });
}

async function applied(): Promise<boolean> {
  knowing(app, new Large1900000000000());
  const { dataSource, withoutTimeLimit } = app.database.connection;
  const failure = await withoutTimeLimit(() => applyPending(dataSource, () => undefined)).then(
    () => null,
    (error: unknown) => error,
  );
  if (failure !== null && !isDiskFull(failure)) throw failure;
  return failure === null;
}

async function tables(): Promise<unknown[]> {
  return app.database.dataSource.query(
    `SELECT relname FROM pg_class WHERE relname IN ('large', 'large_before') ORDER BY relname COLLATE "C"`,
  );
}

/** The database goes on: it can be read and written, and the migration runs once there is room. */
async function goesOn(before: string[]): Promise<void> {
  await expect
    .poll(() => app.database.dataSource.query('SELECT 1 AS one').catch(() => null), { timeout: 60_000 })
    .toEqual([{ one: 1 }]);
  expect(await tables()).toEqual([]);
  expect(await sumsOf(app.database.dataSource)).toEqual(before);
  await window.value('accounts.rename', { name: 'Still here' });
  expect(await applied()).toBe(true);
  expect(await tables()).toHaveLength(2);
}

describe.skipIf(reason)('on a disk that is full, the embedded database', () => {
  beforeEach(async () => {
    disk = await SmallDisk.mount(400);
    const made = await makeTestPlace('embedded');
    const folder = join(disk.folder, 'data');
    const paths = dataPaths({ PARLEY_DATA_DIR: folder });
    await mkdir(folder);
    await cp(made.paths.database, paths.database, { recursive: true });
    await made.close();
    place = { paths, environment: { DATABASE_HOST: '' } };
    await begin();
  });
  afterEach(async () => {
    disk.makeRoom();
    try {
      await app.close();
    } finally {
      // A disk in memory that stays behind is memory that is gone.
      await disk.unmount();
    }
  });

  test('is as it was after a migration that found no room, and takes it once there is some', async () => {
    const before = await sumsOf(app.database.dataSource);
    disk.fillUpTo(20 * MB);
    expect(await applied()).toBe(false);
    disk.makeRoom();
    await goesOn(before);
  });

  test.each(['Beginning', 'Writing what is in the database', 'Filling a new database from it'])(
    'is not hurt by a backup that finds no room at “%s”, which says so and is tried again',
    async (step) => {
      await addHardData(app, place, { interviews: 4000 });
      const before = await sumsOf(app.database.dataSource);
      if (step === 'Beginning') disk.fillUpTo(MB / 2);
      await window.value('backups.make', undefined);
      await expect
        .poll(() => window.value('database.work', undefined), { timeout: 60_000, interval: 1 })
        .toMatchObject(step === 'Beginning' ? { kind: 'BACKUP' } : { step });
      if (step !== 'Beginning') disk.fillUpTo(MB / 2);
      const { state, message } = await workEnded(window, 'BACKUP');
      expect({ state, message }).toEqual({
        state: 'FAILED',
        message: expect.stringMatching(/disk is full|no room/),
      });
      expect(app.database.status).toEqual({ state: 'ready' });
      expect(await sumsOf(app.database.dataSource)).toEqual(before);
      const half = (await window.value('backups.list', undefined)).backups;
      expect(half.filter(({ verifiedAt }) => verifiedAt !== null)).toEqual([]);
      disk.makeRoom();
      await window.value('backups.make', undefined);
      expect(await workEnded(window, 'BACKUP')).toMatchObject({ state: 'DONE' });
      expect(await readdir(join(place.paths.folder, 'scratch'))).toEqual([]);
    },
  );
});

describe.skipIf(reason || !canStartServer())('on a disk that is full, a server', () => {
  test('leaves the schema as it was after a migration that found no room, and takes it once there is some', async () => {
    disk = await SmallDisk.mount(160);
    const { uid, gid } = serverUser() ?? {};
    if (uid !== undefined) await chown(disk.folder, uid, gid ?? uid);
    const server = await startTemporaryServer();
    if (!server) throw new Error('The server did not start.');
    const made = await makeTestPlace('embedded');
    try {
      const { host, port, user, password } = server;
      // The journal is elsewhere: without room for that a server ends, and that is its admin's to mend.
      await server.query(`CREATE TABLESPACE small LOCATION '${disk.folder}'`);
      await server.query('CREATE DATABASE parley TABLESPACE small');
      place = {
        paths: made.paths,
        environment: {
          ...{ DATABASE_HOST: host, DATABASE_PORT: String(port), DATABASE_USER: user },
          ...{ DATABASE_PASSWORD: password, DATABASE_NAME: 'parley' },
        },
      };
      await begin();
      const before = await sumsOf(app.database.dataSource);
      disk.fillUpTo(10 * MB);
      expect(await applied()).toBe(false);
      expect(await tables()).toEqual([]);
      disk.makeRoom();
      await goesOn(before);
      await app.close();
    } finally {
      await server.remove();
      await made.close();
      await disk.unmount();
    }
  });
});
