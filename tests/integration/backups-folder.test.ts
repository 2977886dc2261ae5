import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BackupsPlace } from '../../main/backups/backups-place.ts';
import { readSettings } from '../../main/config/settings-file.ts';
import type { DatabaseWork } from '../../shared/contract/database.ts';
import { admin, startApp, type TestApp, type TestWindow } from '../fixtures/administration.ts';
import { makeTestPlace, type TestPlace } from '../fixtures/databases.ts';
import { addHardData, workEnded } from '../fixtures/works.ts';

let place: TestPlace;
let app: TestApp;
let window: TestWindow;
let elsewhere: string;
/** What the person chooses in the dialog. */
let chosen: string | null;

const desktop = {
  openFolder: async () => undefined,
  chooseFolder: async () => chosen,
  chooseTarget: async () => null,
  chooseCertificate: async () => null,
};

async function start(): Promise<void> {
  app = await startApp(place, { desktop });
  window = app.window();
}

async function backUp(): Promise<DatabaseWork> {
  await window.value('backups.make', undefined);
  return workEnded(window, 'BACKUP');
}

async function choose(folder: string | null) {
  chosen = folder;
  return window.value('backups.chooseFolder', undefined);
}

async function refused(folder: string): Promise<string> {
  chosen = folder;
  const { code, message } = await window.error('backups.chooseFolder', undefined);
  expect(code).toBe('CONFLICT');
  return message;
}

beforeEach(async () => {
  place = await makeTestPlace('embedded');
  elsewhere = await mkdtemp(join(tmpdir(), 'parley-elsewhere-'));
  await start();
  await window.value('accounts.createFirst', { ...admin, remember: false });
});
afterEach(async () => {
  await app.close();
  await place.close();
  await rm(elsewhere, { recursive: true, force: true });
});

test('backups go where an admin wants them, also after a restart, and those of before stay where they are', async () => {
  await backUp();
  const before = (await window.value('backups.list', undefined)).backups;
  expect(await choose(null)).toEqual({ chosen: false });
  expect(await choose(elsewhere)).toEqual({ chosen: true });
  await window.value('backups.configure', { daily: false, keepDaily: 3, keepWeekly: 1 });
  expect(await window.value('backups.list', undefined)).toMatchObject({
    ...{ folder: elsewhere, usual: false, there: true, backups: [] },
    keeping: { daily: false, keepDaily: 3 },
  });
  await app.close();
  await start();
  await window.value('accounts.signIn', { ...admin, remember: false });
  expect(await backUp()).toMatchObject({ state: 'DONE' });
  expect((await window.value('backups.list', undefined)).backups).toHaveLength(1);
  expect(await readdir(place.paths.backups)).toContain(before[0]?.id);
  await window.value('backups.useUsualFolder', undefined);
  expect(await window.value('backups.list', undefined)).toMatchObject({ usual: true, backups: before });
  expect(readSettings(place.paths.settings)).toMatchObject({ backups: { keepDaily: 3 } });
  expect(app.audited.at(-1)).toMatchObject({
    ...{ action: 'backups.useUsualFolder', from: elsewhere, to: place.paths.backups },
  });
});

test('a folder that cannot be right is refused with the reason', async () => {
  expect(await refused(join(elsewhere, 'nowhere'))).toContain('not there any more');
  expect(await refused(place.paths.folder)).toContain('other data of Parley');
  await mkdir(join(place.paths.recordings, 'deep'), { recursive: true });
  expect(await refused(join(place.paths.recordings, 'deep'))).toContain('other data of Parley');
  await writeFile(join(elsewhere, 'holiday.jpg'), 'x');
  expect(await refused(elsewhere)).toContain('other files');
  expect((await window.value('backups.list', undefined)).usual).toBe(true);
});

test('without its disk nothing is written into the empty mount point, and it is said', async () => {
  await choose(elsewhere);
  await backUp();
  const disk = `${elsewhere}-disk`;
  await rename(elsewhere, disk);
  await mkdir(elsewhere);
  expect(await window.value('backups.list', undefined)).toMatchObject({ there: false, backups: [] });
  expect(await backUp()).toMatchObject({
    state: 'FAILED',
    message: expect.stringContaining('is not there, or another Parley has it now'),
  });
  expect(await readdir(elsewhere)).toEqual([]);
  // Whom they hold nobody can say, and it is not said that it is nobody.
  expect(await app.administration.backupsHolding(admin.email)).toBeNull();
  await rm(elsewhere, { recursive: true });
  await rename(disk, elsewhere);
  expect((await window.value('backups.list', undefined)).backups).toHaveLength(1);
  // Another Parley has chosen it since: two that kept and removed there would undo each other's.
  await new BackupsPlace({ backups: '', settings: join(place.paths.folder, 'other.json') }).choose(
    elsewhere,
    {
      ...{ dataFolder: join(place.paths.folder, 'other'), recordings: join(place.paths.folder, 'others') },
    },
  );
  expect(await window.value('backups.list', undefined)).toMatchObject({ there: false, backups: [] });
});

test('a new machine finds the backups of another in their folder, and restores them', async () => {
  await addHardData(app, place);
  await choose(elsewhere);
  await backUp();
  await app.close();
  await place.close();

  place = await makeTestPlace('embedded');
  await start();
  await window.value('accounts.createFirst', { ...admin, name: 'Grace', remember: false });
  await choose(elsewhere);
  const [backup] = (await window.value('backups.list', undefined)).backups;
  await window.value('backups.restore', { id: backup?.id ?? '' });
  await expect.poll(() => app.audited.at(-1)?.action, { timeout: 60_000 }).toBe('backups.restore');
  await window.value('accounts.signIn', { ...admin, remember: false });
  expect((await workEnded(window, 'RESTORE')).message).toContain('2 of its 2 files of recordings are here');
  expect(await window.value('accounts.current', undefined)).toMatchObject({ name: 'Ada' });
  expect(await readFile(join(place.paths.recordings, 'one', 'a.webm'), 'utf8')).toBe('said');
});

test('a recording that is damaged in the backup keeps none of the others from coming back', async () => {
  await addHardData(app, place);
  await backUp();
  const store = join(place.paths.backups, 'recordings');
  const names = (await readdir(store, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  for (const entry of names) {
    const path = join(entry.parentPath, entry.name);
    if ((await readFile(path, 'utf8')) === 'said') await writeFile(path, 'sung');
  }
  await writeFile(join(place.paths.recordings, 'one', 'a.webm'), 'what is here now');
  await rm(join(place.paths.recordings, 'one', 'b.webm'));
  const [backup] = (await window.value('backups.list', undefined)).backups;
  await window.value('backups.restore', { id: backup?.id ?? '' });
  await expect.poll(() => app.audited.at(-1)?.action, { timeout: 60_000 }).toBe('backups.restore');
  await window.value('accounts.signIn', { ...admin, remember: false });
  const { state, message } = await workEnded(window, 'RESTORE');
  expect(state).toBe('DONE');
  expect(message).toContain('1 are damaged in the backup, and were left out: one/a.webm');
  // What is here stays where nothing better is to be had.
  const one = join(place.paths.recordings, 'one');
  expect(await readFile(join(one, 'a.webm'), 'utf8')).toBe('what is here now');
  expect(await readFile(join(one, 'b.webm'), 'utf8')).toBe('said again');
  expect((await readdir(one)).sort()).toEqual(['a.webm', 'b.webm']);
});

test.runIf(process.platform !== 'win32')('nobody else can read a backup, whatever its folder', async () => {
  await addHardData(app, place);
  await choose(elsewhere);
  await backUp();
  const entries = await readdir(elsewhere, { recursive: true, withFileTypes: true });
  expect(entries.some((entry) => entry.name.endsWith('.jsonl.gz'))).toBe(true);
  const open = [];
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    if ((await stat(path)).mode & 0o077) open.push(path.slice(elsewhere.length));
  }
  expect(open).toEqual([]);
  expect(existsSync(join(elsewhere, '.parley-backups'))).toBe(true);
});

test('a folder of backups that was copied by hand is taken as it is', async () => {
  await backUp();
  await cp(place.paths.backups, elsewhere, { recursive: true });
  const { backups } = await window.value('backups.list', undefined);
  await choose(elsewhere);
  expect((await window.value('backups.list', undefined)).backups).toEqual(backups);
});
