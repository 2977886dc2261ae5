import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DataFolderHeldError } from '../../data-folder/lock.ts';
import { ENGINE_MAJOR } from './cluster.ts';
import { type EmbeddedEngine, type EngineEvent, openEmbeddedEngine } from './embedded-engine.ts';
import { packFolder, unpackFolder } from './tarball.ts';
import { sharedTemplate, TESTED_PGLITE } from './testing.ts';

/** A database that was closed cleanly, to copy. */
let closed: string;
let parent: string;
let folder: string;
let events: EngineEvent[];
let opened: EmbeddedEngine[];

beforeAll(async () => {
  closed = join(mkdtempSync(join(tmpdir(), 'parley-closed-')), 'database');
  const engine = await openEmbeddedEngine({
    folder: closed,
    template: await sharedTemplate(),
    log: () => undefined,
  });
  await engine.close();
});

afterAll(() => rmSync(dirname(closed), { recursive: true, force: true }));

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'parley-first-start-'));
  folder = join(parent, 'data', 'database');
  events = [];
  opened = [];
});

afterEach(async () => {
  await Promise.all(opened.map((engine) => engine.close()));
  rmSync(parent, { recursive: true, force: true });
});

async function open(template?: string): Promise<EmbeddedEngine> {
  const engine = await openEmbeddedEngine({
    folder,
    template: template ?? (await sharedTemplate()),
    log: (event) => events.push(event),
  });
  opened.push(engine);
  return engine;
}

function existing(): void {
  cpSync(closed, folder, { recursive: true });
}

function openedEvent(): EngineEvent | undefined {
  return events.findLast((event) => event.event === 'opened');
}

/** Every file with its size: what must not change when opening is refused. */
function inventory(): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => `${path} ${statSync(path).size}`)
    .toSorted();
}

describe('the first start', () => {
  it('makes the database from the template, for the user alone, and opens it again', async () => {
    const first = await open();
    expect(first.firstStart).toBe(true);
    expect(first.serverVersion.split('.')[0]).toBe(ENGINE_MAJOR);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    await first.close();
    const second = await open();
    expect(second.firstStart).toBe(false);
    expect(existsSync(`${folder}.first-start`)).toBe(false);
  });

  it('makes it from scratch where there is no template', async () => {
    const engine = await openEmbeddedEngine({ folder, log: (event) => events.push(event) });
    opened.push(engine);
    expect(engine.firstStart).toBe(true);
    expect(readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim()).toBe(ENGINE_MAJOR);
  });

  it('begins again after one that was interrupted, and removes what that one left', async () => {
    const draft = `${folder}.first-start`;
    mkdirSync(join(draft, 'base'), { recursive: true });
    writeFileSync(join(draft, 'PG_VERSION'), `${ENGINE_MAJOR}\n`);
    await open();
    expect(openedEvent()).toMatchObject({ firstStart: true, leftoverRemoved: true });
    expect(existsSync(draft)).toBe(false);
  });

  it('takes an empty folder for none', async () => {
    mkdirSync(folder, { recursive: true });
    expect((await open()).firstStart).toBe(true);
  });

  it('refuses a template that is missing, damaged, or of another version, and leaves no database', async () => {
    const template = await sharedTemplate();
    const missing = join(parent, 'missing.tar.gz');
    const cut = join(parent, 'cut.tar.gz');
    writeFileSync(cut, readFileSync(template).subarray(0, 100_000));
    const other = join(parent, 'other.tar.gz');
    const unpacked = join(parent, 'unpacked');
    mkdirSync(unpacked);
    unpackFolder(readFileSync(template), unpacked);
    writeFileSync(join(unpacked, 'PG_VERSION'), '17\n');
    writeFileSync(other, packFolder(unpacked));
    for (const bad of [missing, cut, other]) {
      await expect(open(bad)).rejects.toMatchObject({ code: 'ENGINE_TEMPLATE_UNUSABLE' });
      expect(existsSync(folder)).toBe(false);
    }
    expect((await open()).firstStart).toBe(true);
  });
});

describe('an existing folder', () => {
  it('of another major version is refused plainly and not changed', async () => {
    existing();
    writeFileSync(join(folder, 'PG_VERSION'), '17\n');
    const before = inventory();
    await expect(open()).rejects.toMatchObject({
      code: 'ENGINE_OTHER_VERSION',
      message: expect.stringMatching(/written by PostgreSQL 17; this version of Parley opens PostgreSQL 18/),
    });
    expect(inventory()).toEqual(before);
  });

  it.each([
    ['no PG_VERSION', () => rmSync(join(folder, 'PG_VERSION'))],
    ['an unreadable PG_VERSION', () => writeFileSync(join(folder, 'PG_VERSION'), 'eighteen')],
    ['no pg_control', () => rmSync(join(folder, 'global', 'pg_control'))],
    ['an empty pg_control', () => truncateSync(join(folder, 'global', 'pg_control'), 0)],
    ['a pg_control of zeros', () => writeFileSync(join(folder, 'global', 'pg_control'), Buffer.alloc(8192))],
    ['no write-ahead log', () => rmSync(join(folder, 'pg_wal'), { recursive: true })],
  ])('with %s is refused as damaged, and nothing of it is deleted', async (_what, damage) => {
    existing();
    damage();
    const before = inventory();
    await expect(open()).rejects.toMatchObject({
      code: 'ENGINE_FOLDER_DAMAGED',
      message: expect.stringContaining('Restore the folder from a backup'),
    });
    expect(inventory()).toEqual(expect.arrayContaining(before));
  });

  it('that is something else altogether is refused and not touched', async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'diary.txt'), 'dear diary');
    await expect(open()).rejects.toMatchObject({ code: 'ENGINE_FOLDER_DAMAGED' });
    expect(readdirSync(folder)).toEqual(['diary.txt']);
  });

  it.each(['', '42\n/pglite/data\n'])('opens though a kill has left a postmaster.pid: %j', async (text) => {
    existing();
    writeFileSync(join(folder, 'postmaster.pid'), text);
    expect((await open()).firstStart).toBe(false);
  });

  it('has one opener: the second is refused and told who has it', async () => {
    existing();
    const first = await open();
    await expect(open()).rejects.toBeInstanceOf(DataFolderHeldError);
    await first.close();
    await open();
  });

  it('is free again after an opening that failed', async () => {
    existing();
    rmSync(join(folder, 'PG_VERSION'));
    await expect(open()).rejects.toMatchObject({ code: 'ENGINE_FOLDER_DAMAGED' });
    existing();
    await open();
  });
});

describe('the pinned engine', () => {
  it('is the version whose internals were studied', () => {
    const manifest = new URL('../../../node_modules/@electric-sql/pglite/package.json', import.meta.url);
    expect(JSON.parse(readFileSync(manifest, 'utf8')).version).toBe(TESTED_PGLITE);
    const ours = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
    expect(ours.dependencies['@electric-sql/pglite']).toBe(TESTED_PGLITE);
  });
});
