import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { lockDataFolder } from '../../main/data-folder/lock.ts';
import { migrations } from '../../migrations/index.ts';
import { makeTestPlace, onServer, type TestPlace, testEngines, testServer } from '../fixtures/databases.ts';

const script = fileURLToPath(new URL('../../scripts/command.mjs', import.meta.url));
const names = migrations.map((migration) => new migration().name);

interface Outcome {
  code: number | null;
  /** Lines on standard output. */
  out: string[];
  /** Lines on standard error, without those of the build. */
  err: string[];
}

/** Runs a command as npm does, as a process of its own. */
function run(place: TestPlace, args: string[], environment: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  mkdirSync(place.paths.folder, { recursive: true });
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('DATABASE_')),
  );
  const child = spawn(process.execPath, [script, ...args], {
    cwd: place.paths.folder,
    env: { ...inherited, ...place.environment, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const lines = (text: string) => text.split('\n').filter((line) => line && !/^(Building|Built) /.test(line));
  return new Promise((resolve) => {
    child.once('close', (code) => resolve({ code, out: lines(out), err: lines(err) }));
  });
}

// What is stale is built by the first command that runs, which takes longer than a test may.
beforeAll(async () => {
  const place = await makeTestPlace('embedded');
  const { code, err } = await run(place, ['migration-run']);
  expect(err).toEqual([]);
  expect(code).toBe(0);
  await place.close();
}, 300_000);

describe.each(testEngines)('commands as processes: %s', (engine) => {
  let place: TestPlace;
  beforeEach(async () => {
    await place?.close();
    place = await makeTestPlace(engine);
  });
  afterAll(() => place.close());

  const database = () =>
    engine === 'embedded'
      ? `Database: embedded, ${place.paths.database}`
      : `Database: PostgreSQL server, ${testServer().user}@${testServer().host}:${testServer().port}/${place.environment.DATABASE_NAME}`;

  test('migration:revert and migration:run go back and forth, and then there is nothing to do', async () => {
    const last = names.at(-1);
    expect(await run(place, ['migration-revert'])).toEqual({
      ...{ code: 0, out: [database(), `Reverted ${last}.`], err: [] },
    });
    for (const args of [['seed'], ['migration-generate', '-n', 'AddNotes']]) {
      const { code, err } = await run(place, args);
      expect({ code, err }).toEqual({ code: 1, err: [expect.stringContaining('npm run migration:run')] });
    }
    expect(await run(place, ['migration-run'])).toEqual({
      ...{ code: 0, out: [database(), `Applied ${last}.`], err: [] },
    });
    expect(await run(place, ['migration-run'])).toEqual({
      ...{ code: 0, out: [database(), 'Nothing to apply: the schema is up to date.'], err: [] },
    });
  });

  test('seed makes a test user who can be told to sign in, and a second time changes nothing', async () => {
    const first = await run(place, ['seed']);
    expect(first).toMatchObject({ code: 0, err: [] });
    expect(first.out.slice(0, 5)).toEqual([
      ...[database(), 'Created the test user.'],
      ...['Email:    test@parley.example', 'Password: parley-test-user', 'Role:     ADMIN'],
    ]);
    const second = await run(place, ['seed']);
    expect(second).toMatchObject({ code: 0, err: [] });
    expect(second.out).toEqual([
      database(),
      'The test user is there already; nothing was changed.',
      ...first.out.slice(2),
    ]);
  });

  test('migration:generate on an unchanged schema writes nothing, and says so', async () => {
    const into = mkdtempSync(join(tmpdir(), 'parley-test-'));
    expect(await run(place, ['migration-generate', '--name', 'Nothing', '--into', into])).toEqual({
      ...{ code: 0, out: [database(), 'Nothing to write: the entities and the schema agree.'], err: [] },
    });
    expect(readdirSync(into)).toEqual([]);
    rmSync(into, { recursive: true });
  });
});

test.each([
  ['no name', []],
  ['a path for a name', ['-n', '../AddNotes']],
  ['an option that does not exist', ['-n', 'AddNotes', '--force']],
])('migration:generate refuses %s', async (_, options) => {
  const place = await makeTestPlace('embedded');
  const { code, err } = await run(place, ['migration-generate', ...options]);
  expect(code).toBe(1);
  expect(err).toEqual([expect.stringMatching(/^migration:generate failed: /)]);
  await place.close();
});

test('a command that does not exist is named', async () => {
  const place = await makeTestPlace('embedded');
  expect(await run(place, ['drop-everything'])).toEqual({
    ...{ code: 1, out: [] },
    err: ['Say which command: migration-run, migration-revert, migration-generate, seed.'],
  });
  await place.close();
});

test('a data folder in use is left alone, and the command says who has it', async () => {
  const place = await makeTestPlace('embedded');
  const lock = lockDataFolder(place.paths.folder, { kind: 'app', name: 'Parley of a test' });
  const { code, err } = await run(place, ['seed']);
  expect(code).toBe(1);
  expect(err).toEqual([expect.stringContaining(`Parley of a test, process ${process.pid}`)]);
  lock.release();
  await place.close();
});

describe.runIf(testEngines.includes('server'))('commands on a server', () => {
  let place: TestPlace;
  beforeAll(async () => {
    place = await makeTestPlace('server');
  });
  afterAll(() => place.close());

  test('take their settings from .env in the data folder', async () => {
    const { PARLEY_DATA_DIR, ...settings } = place.environment;
    const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
    const file = join(place.paths.folder, '.env');
    writeFileSync(file, `${lines.join('\n')}\n`);
    const { code, out } = await run({ ...place, environment: { PARLEY_DATA_DIR } }, ['migration-run']);
    expect(code).toBe(0);
    expect(out[0]).toContain(`/${settings.DATABASE_NAME}`);
    rmSync(file);
  });

  test.each([
    ['a wrong password', { DATABASE_PASSWORD: 'wrong' }, 'refused the password of parley_test'],
    ['a wrong name', { DATABASE_NAME: 'nowhere' }, 'no database with the name nowhere'],
    ['a wrong port', { DATABASE_PORT: '1' }, 'No database server listens at 127.0.0.1, port 1'],
    ['a port that is none', { DATABASE_PORT: '70000' }, 'DATABASE_PORT must be a whole number'],
  ])('%s is said in one line, without the password', async (_, environment, said) => {
    const { code, out, err } = await run(place, ['migration-run'], environment);
    expect(code).toBe(1);
    expect(err).toEqual([expect.stringContaining(said)]);
    expect([...out, ...err].join()).not.toContain(testServer().password);
  });

  test('a migration that fails is named, in one line', async () => {
    const empty = await makeTestPlace('server', { migrated: false });
    await onServer('CREATE TYPE user_role AS ENUM ()', String(empty.environment.DATABASE_NAME));
    const { code, err } = await run(empty, ['migration-run']);
    expect(code).toBe(1);
    expect(err).toEqual([expect.stringMatching(new RegExp(`^migration:run failed: Migration ${names[0]} `))]);
    await empty.close();
  });

  test('the second person that is seeded is a candidate', async () => {
    await onServer(
      `INSERT INTO users (id, email, password_hash, name, role)
         VALUES ('00000000-0000-7000-8000-000000000001', 'a@example.org', 'x', 'A', 'ADMIN')`,
      String(place.environment.DATABASE_NAME),
    );
    expect((await run(place, ['seed'])).out).toContain('Role:     CANDIDATE');
  });

  test('migration:generate writes what differs, and adds it to the list', async () => {
    await onServer('DROP INDEX answers_score_idx', String(place.environment.DATABASE_NAME));
    const into = mkdtempSync(join(tmpdir(), 'parley-test-'));
    const index = fileURLToPath(new URL('../../migrations/index.ts', import.meta.url));
    writeFileSync(join(into, 'index.ts'), readFileSync(index));
    const { code, out } = await run(place, ['migration-generate', '-n', 'IndexScores', '--into', into]);
    expect(code).toBe(0);
    const [file] = readdirSync(into).filter((name) => name !== 'index.ts');
    expect(file).toMatch(/^\d{13}-IndexScores\.ts$/);
    expect(out[1]).toContain(`Wrote ${join(into, String(file))}`);
    const added = `IndexScores${String(file).slice(0, 13)}`;
    const list = readFileSync(join(into, 'index.ts'), 'utf8');
    expect(list).toContain(`import { ${added} } from './${file}';\n`);
    expect(list).toContain(`  ${added},\n] as const;`);
    expect(readFileSync(join(into, String(file)), 'utf8')).toContain('CREATE INDEX "answers_score_idx"');
    rmSync(into, { recursive: true });
  });
});
