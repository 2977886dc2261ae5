import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  listTree,
  type MoveJournal,
  type MoveProgress,
  moveFiles,
  readJournal,
  takeBackMove,
} from './move-files.ts';
import { checkTarget } from './move-target.ts';
import { RecordingsPlace } from './recordings-place.ts';

const mover = fileURLToPath(new URL('../../tests/fixtures/recordings-mover.ts', import.meta.url));

let data: string;
let disk: string;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'parley-move-'));
  disk = await mkdtemp(join(tmpdir(), 'parley-disk-'));
});
afterEach(async () => {
  for (const folder of [data, disk]) await rm(folder, { recursive: true, force: true });
});

const from = () => join(data, 'recordings');
const journalFile = () => join(data, 'recordings-move.json');
const place = () => new RecordingsPlace({ recordings: from(), settings: join(data, 'settings.json') });
const copying = (to = disk): MoveJournal => ({ from: from(), to, phase: 'COPYING' });

/** Files as recordings have them, and what is in each. */
async function recordings(count: number, bytes: number): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (let index = 0; index < count; index += 1) {
    const name = `${v7()}/${v7()}.webm${index % 5 === 0 ? '.part' : ''}`;
    const content = randomBytes(bytes + index);
    await mkdir(join(from(), dirname(name)), { recursive: true });
    await writeFile(join(from(), name), content);
    files.set(name, createHash('sha256').update(content).digest('hex'));
  }
  return files;
}

async function contentsOf(folder: string): Promise<Map<string, string>> {
  const { files } = await listTree(folder);
  const found = new Map<string, string>();
  for (const { name } of files) {
    const hash = createHash('sha256').update(await readFile(join(folder, name)));
    found.set(name, hash.digest('hex'));
  }
  return found;
}

const sorted = (files: Map<string, string>) => [...files].sort();

function move(journal: MoveJournal, signal = new AbortController().signal): Promise<string[]> {
  const settled = place();
  return moveFiles({
    ...{ journalFile: journalFile(), journal, signal },
    switchOver: () => settled.settle(journal.to),
    onProgress: () => undefined,
  });
}

describe('moving recordings', () => {
  test('takes every file, its time and its marker along, and leaves nothing behind', async () => {
    const files = await recordings(12, 3_000_000);
    const [first = ''] = files.keys();
    await utimes(join(from(), first), 1_700_000_000, 1_700_000_000);
    expect(await move(copying())).toEqual([]);
    expect(sorted(await contentsOf(disk))).toEqual(sorted(files));
    expect((await stat(join(disk, first))).mtimeMs).toBe(1_700_000_000_000);
    expect(await readdir(from())).toEqual([]);
    expect(await readJournal(journalFile())).toBeNull();
    expect(place().folder).toBe(disk);
    expect(await place().isThere()).toBe(true);
  });

  test('tells how far it is also within a large file', async () => {
    await recordings(1, 5_000_000);
    const settled = place();
    const told: MoveProgress[] = [];
    await moveFiles({
      ...{ journalFile: journalFile(), journal: copying(), signal: new AbortController().signal },
      switchOver: () => settled.settle(disk),
      onProgress: (progress) => told.push(progress),
    });
    const copied = told.filter(({ phase }) => phase === 'COPYING').map(({ doneBytes }) => doneBytes);
    expect(copied.length).toBeGreaterThan(4);
    expect(copied).toEqual(copied.toSorted((a, b) => a - b));
    expect(copied.at(-1)).toBe(5_000_000);
    expect(new Set(told.map(({ totalBytes }) => totalBytes))).toEqual(new Set([5_000_000]));
  });

  test('a disk that is not connected is away, though its empty mount point is there', async () => {
    await recordings(1, 10);
    await move(copying());
    await rm(disk, { recursive: true });
    await mkdir(disk);
    expect(await place().isThere()).toBe(false);
    await expect(place().require()).rejects.toMatchObject({ code: 'CONFLICT' });
    await place().giveUp();
    expect(place()).toMatchObject({ folder: from(), waiting: disk });
  });

  test('keeps the other settings', async () => {
    await writeFile(join(data, 'settings.json'), '{"database": {"host": "db"}, "recordings": {"more": 1}}');
    await recordings(1, 10);
    await move(copying());
    const settings = JSON.parse(await readFile(join(data, 'settings.json'), 'utf8'));
    expect(settings).toMatchObject({
      database: { host: 'db' },
      recordings: { more: 1, place: { folder: disk } },
    });
  });

  test('that is ended before the switch is taken back whole, or gone on with', async () => {
    const files = await recordings(6, 100_000);
    const ending = new AbortController();
    const settled = place();
    const moving = moveFiles({
      ...{ journalFile: journalFile(), journal: copying(), signal: ending.signal },
      switchOver: () => settled.settle(disk),
      onProgress: ({ doneBytes }) => doneBytes > 250_000 && ending.abort(),
    });
    await expect(moving).rejects.toThrow('aborted');
    expect(sorted(await contentsOf(from()))).toEqual(sorted(files));
    expect(place().folder).toBe(from());
    await takeBackMove(journalFile(), copying());
    expect(await readdir(disk)).toEqual([]);
    expect(await readJournal(journalFile())).toBeNull();
    expect(sorted(await contentsOf(from()))).toEqual(sorted(files));
  });

  test('never overwrites, and never removes an original that its copy is not', async () => {
    const files = await recordings(2, 1_000);
    const [first = ''] = files.keys();
    await mkdir(join(disk, dirname(first)), { recursive: true });
    await writeFile(join(disk, first), 'another recording');
    await expect(move(copying())).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(sorted(await contentsOf(from()))).toEqual(sorted(files));
    expect(await move({ ...copying(), phase: 'REMOVING' })).toContain(first);
    expect((await contentsOf(from())).get(first)).toBe(files.get(first));
    const both = new Map([...(await contentsOf(disk)), ...(await contentsOf(from()))]);
    expect(sorted(both)).toEqual(sorted(files));
    expect(await readFile(join(disk, first), 'utf8')).toBe('another recording');
  });

  test.skipIf(process.platform === 'win32')(
    'attack: a link that leads out of the folder is not followed',
    async () => {
      await recordings(1, 10);
      const secret = join(data, 'secret');
      await writeFile(secret, 'secret');
      await symlink(secret, join(from(), 'link.webm'));
      expect(await move(copying())).toEqual(['link.webm']);
      expect(existsSync(join(disk, 'link.webm'))).toBe(false);
      expect(await readFile(secret, 'utf8')).toBe('secret');
    },
  );

  test('killed at any moment goes on, and loses nothing', { timeout: 180_000 }, async () => {
    const killedIn = new Set<string>();
    for (let round = 0; round < 10; round += 1) {
      const files = await recordings(40, 400_000);
      for (let kills = 0; ; kills += 1) {
        const child = spawn(process.execPath, [...process.execArgv, mover, data, from(), disk], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        const ended = once(child, 'exit');
        await Promise.race([once(child.stdout, 'data'), ended]);
        // Later and later, so that the end is reached as well.
        if (kills < 4) {
          await Promise.race([wait(Math.random() * 60 * (kills + 1)), ended]);
          child.kill('SIGKILL');
        }
        const [code] = await ended;
        const journal = await readJournal(journalFile());
        killedIn.add(code === 0 ? 'end' : (journal?.phase ?? 'between'));
        const both = new Map([...(await contentsOf(disk)), ...(await contentsOf(from()))]);
        for (const [name, hash] of files) expect(both.get(name)).toBe(hash);
        // Until the switch the originals are all there; after it the copies are.
        const counts = await contentsOf(place().folder);
        for (const [name, hash] of files) expect(counts.get(name)).toBe(hash);
        if (code === 0) break;
      }
      expect(sorted(await contentsOf(disk))).toEqual(sorted(files));
      expect((await listTree(from())).files).toEqual([]);
      await rm(disk, { recursive: true });
      await mkdir(disk);
      await rm(join(data, 'settings.json'));
    }
    expect([...killedIn]).toEqual(expect.arrayContaining(['COPYING', 'end']));
  });
});

describe('a folder is refused', () => {
  const check = (to: string, also: { from?: string; bytes?: number } = {}) =>
    checkTarget({ to, from: from(), usualFolder: from(), dataFolder: data, bytes: 1000, ...also });
  beforeEach(() => mkdir(from()));

  test.each([
    ['that is not there', 'gone', /not there/],
    ['in which they are', 'recordings', /already/],
    ['inside theirs', 'recordings/inner', /inside the one/],
    ['above theirs', '.', /inside this one/],
    ['of the database', 'database', /other data of Parley/],
  ])('%s', async (_, name, message) => {
    if (!name.endsWith('gone')) await mkdir(join(data, name), { recursive: true });
    await expect(check(join(data, name))).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(message),
    });
  });

  test('that is not empty, but for what systems put on every disk', async () => {
    await mkdir(join(disk, 'lost+found'));
    expect(await check(disk)).toBe(disk);
    await writeFile(join(disk, 'thesis.txt'), '');
    await expect(check(disk)).rejects.toMatchObject({ message: expect.stringMatching(/not empty/) });
  });

  test('on a disk with too little room', async () => {
    await expect(check(disk, { bytes: 2 ** 60 })).rejects.toMatchObject({ code: 'DISK_FULL' });
  });

  test.skipIf(!existsSync('/proc/self'))('that cannot be written to', async () => {
    await mkdir(join(data, 'x'));
    await expect(check('/proc/self/map_files', { from: join(data, 'x') })).rejects.toMatchObject({
      code: expect.stringMatching(/CONFLICT|DISK_FULL/),
    });
  });
});
