import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { admin, startApp, type TestApp, type TestWindow } from '../fixtures/administration.ts';
import { makeTestPlace, type TestPlace, testEngines } from '../fixtures/databases.ts';
import { insertUser } from '../fixtures/rows.ts';

describe.each(testEngines)('the backups of %s', (engine) => {
  let place: TestPlace;
  let app: TestApp;
  let window: TestWindow;
  beforeEach(async () => {
    place = await makeTestPlace(engine);
    app = await startApp(place);
    window = app.window();
    await window.value('accounts.createFirst', { ...admin, remember: false });
  });
  afterEach(async () => {
    await app.close();
    await place.close();
  });
  const ended = () =>
    expect
      .poll(async () => (await window.value('database.work', undefined))?.state, { timeout: 60_000 })
      .not.toBe('RUNNING');
  async function backUp(): Promise<void> {
    await window.value('backups.make', undefined);
    await ended();
  }

  test('are named to whoever erases somebody that is in them, and only those', async () => {
    await backUp();
    const id = await insertUser(app.database.dataSource, { name: 'Bob' });
    await backUp();
    const [newest] = (await window.value('backups.list', undefined)).backups;
    const holding = await app.administration.backupsHolding(id);
    expect(holding).toEqual([{ id: newest?.id, reason: 'ASKED', madeAt: newest?.madeAt, goneBy: null }]);
    // Erased since: the backup still has them.
    await app.database.dataSource.query('DELETE FROM users WHERE id = $1', [id]);
    expect(await app.administration.backupsHolding(id)).toEqual(holding);
    // One that cannot be read may hold them.
    for (const { id: name } of (await window.value('backups.list', undefined)).backups) {
      writeFileSync(`${place.paths.backups}/${name}/users.jsonl.gz`, 'damaged');
    }
    expect(await app.administration.backupsHolding(id)).toHaveLength(2);
  });

  test('that failed are a failed job until one succeeds', async () => {
    // Something else is where the folder should be.
    rmSync(place.paths.backups, { recursive: true, force: true });
    writeFileSync(place.paths.backups, 'no folder');
    await backUp();
    expect(app.jobs.list()).toMatchObject([{ kind: 'BACKUP', times: 1, why: expect.any(String) }]);
    expect(await app.administration.backupHealth()).toMatchObject({ last: null });
    rmSync(place.paths.backups);
    mkdirSync(place.paths.backups);
    app.administration.backUpAgain();
    await ended();
    expect(app.jobs.list()).toEqual([]);
    expect(await app.administration.backupHealth()).toMatchObject({
      last: { madeAt: expect.any(String), verifiedAt: expect.any(String) },
    });
  });
});
