import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLog } from './log.ts';

/** What must never be found in a log file. */
const secret = 'xyzzy-plugh-2f6c';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-log-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Logs, closes, and reads all that was written. */
async function logged(write: (log: ReturnType<typeof createLog>['log']) => void): Promise<string> {
  const { log, close } = createLog(folder);
  write(log);
  await close();
  return readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('');
}

class QueryFailedError extends Error {
  readonly query = `INSERT INTO answers (transcript) VALUES ('${secret}')`;
  readonly parameters = [secret];
  readonly detail = `Key (email)=(${secret}) already exists.`;
  readonly code: string;
  readonly constraint = 'users_email_key';
  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

const circular: Record<string, unknown> = { count: 1 };
circular.self = circular;

const hostile: [string, unknown][] = [
  ['a password', { password: secret }],
  [
    'a password by another name',
    { input: { newPassword: secret, password_hash: secret, passphrase: secret } },
  ],
  ['a token', { session: { token: secret, TOKEN: secret, refreshToken: secret } }],
  ['a transcript', { answer: { transcript: secret } }],
  ['an email address', { person: { email: secret, eMail: secret, 'e-mail': secret } }],
  ['cookies and headers', { headers: { cookie: secret, 'set-cookie': [secret], authorization: secret } }],
  ['settings of a server', { DATABASE_PASSWORD: secret, secret }],
  ['something deep', { a: { b: { c: [{ d: { token: secret } }] } } }],
  [
    'something deeper than anybody looks',
    { a: { b: { c: { d: { e: { f: { g: { h: { i: secret } } } } } } } } },
  ],
  ['bytes', { bytes: Buffer.from(secret), chunk: new TextEncoder().encode(secret) }],
  ['a link with a token', { url: `http://127.0.0.1:1/?token=${secret}` }],
  ['an address with a password', { at: `postgres://ada:${secret}@db.example/parley` }],
  [
    'a getter that throws',
    Object.defineProperty({}, 'x', {
      enumerable: true,
      get: () => {
        throw new Error(secret);
      },
    }),
  ],
  ['a failed query', { err: new QueryFailedError('duplicate key', '23505') }],
  [
    'a query that failed for its data',
    { err: new QueryFailedError(`invalid input syntax: "${secret}"`, '22P02') },
  ],
  [
    'the cause of an error',
    { err: new Error('outer', { cause: new QueryFailedError(`bad: ${secret}`, '22001') }) },
  ],
  ['an error under another key', { failure: new QueryFailedError('duplicate key', '23505') }],
  ['a password beside a circle', { circular, password: secret }],
];

test.each(hostile)('%s does not get into the log', async (_, given) => {
  const text = await logged((log) => {
    log.info(given as object, 'a line');
    log.child({ feature: 'test' }).error(given as object, 'another');
  });
  expect(text).not.toContain(secret);
  expect(text.trim().split('\n')).toHaveLength(2);
});

test('a link in the words of a line loses its token', async () => {
  expect(await logged((log) => log.info(`open http://127.0.0.1:1/?token=${secret}`))).not.toContain(secret);
});

test('what is harmless does get in: ids, counts, where an error was thrown and what it names', async () => {
  const text = await logged((log) => {
    log.error(
      { takeId: '01890a5d', sizeBytes: 12, err: new QueryFailedError('duplicate key', '23505') },
      'no',
    );
  });
  const line = JSON.parse(text) as { err: { stack: string[] } };
  expect(line).toMatchObject({
    level: 'error',
    msg: 'no',
    takeId: '01890a5d',
    sizeBytes: 12,
    err: { type: 'QueryFailedError', message: 'duplicate key', code: '23505', constraint: 'users_email_key' },
  });
  expect(line.err.stack[0]).toMatch(/^\s+at .*log\.test\.ts/);
});

test('a very long text is cut', async () => {
  expect((await logged((log) => log.info({ text: 'a'.repeat(1_000_000) }))).length).toBeLessThan(5_000);
});

test('only its owner can read it', async () => {
  await logged((log) => log.info('hello'));
  expect(statSync(join(folder, 'parley.log')).mode & 0o077).toBe(0);
});

test('it grows to five files of 2 MB and no further', async () => {
  const { log, close } = createLog(folder);
  const line = 'a'.repeat(3_900);
  for (let batch = 0; batch < 35; batch += 1) {
    for (let count = 0; count < 100; count += 1) log.info(line);
    // As in life, what is written gets to the disk now and then.
    await new Promise((resolve) => setImmediate(resolve));
  }
  await close();
  const sizes = readdirSync(folder).map((file) => statSync(join(folder, file)).size);
  expect(sizes.length).toBeLessThanOrEqual(5);
  expect(Math.max(...sizes)).toBeLessThan(3 * 1024 * 1024);
});

test('a folder that cannot be written stops nothing', async () => {
  const { log, close } = createLog(folder);
  rmSync(folder, { recursive: true });
  log.info('hello');
  await close();
});
