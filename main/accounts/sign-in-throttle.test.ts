import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startAccounts, type TestProcess } from '../../tests/fixtures/accounts.ts';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';

const ada = { name: 'Ada', email: 'ada@example.com', password: 'correct horse battery', remember: false };
const right = { email: ada.email, password: ada.password, remember: false };
const wrong = { ...right, password: 'wrong horse battery' };
const nobody = { ...wrong, email: 'nobody@example.com' };

describe.each(testEngines)('wrong sign-ins on %s', (engine) => {
  let database: TestDatabase;
  let app: TestProcess;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await query('TRUNCATE users, settings, sign_in_throttles CASCADE');
    app = startAccounts({
      dataSource: database.dataSource,
      rememberedSession: join(database.paths.folder, 'session'),
    });
    await app.client().value('accounts.createFirst', ada);
    app.computed.length = 0;
  });
  afterEach(() => expect(app.defects).toEqual([]));

  const query = <T>(sql: string, parameters?: unknown[]) => database.dataSource.query<T>(sql, parameters);
  const attempt = async (input: typeof right) => {
    const result = await app.client().call('accounts.signIn', input);
    return result.ok ? 'ok' : result.error.code;
  };
  /** Failures so far, and a wait that is over. */
  const failed = (times: number) =>
    query(`UPDATE sign_in_throttles SET failures = $1, blocked_until = now() - interval '1 second'`, [times]);

  test.each([
    ['an account', wrong],
    ['no account', nobody],
  ])('five are free, and the waits after that double, for an address with %s', async (_, input) => {
    await attempt(input);
    const waits = [];
    for (const times of [0, 1, 3, 4, 5, 6, 13, 14, 1_000_000]) {
      await failed(times);
      await expect(attempt(input)).resolves.toBe('WRONG_CREDENTIALS');
      const [row] = await query<{ failures: number; seconds: number | null }[]>(
        `SELECT failures, round(extract(epoch FROM blocked_until - updated_at))::int AS seconds
         FROM sign_in_throttles`,
      );
      expect(row?.failures).toBe(times + 1);
      waits.push(row?.seconds);
    }
    expect(waits).toEqual([null, null, null, 1, 2, 4, 512, 900, 900]);
  });

  test('while one waits even the right password is not looked at', async () => {
    await attempt(wrong);
    await query(`UPDATE sign_in_throttles SET failures = 9, blocked_until = now() + interval '90 seconds'`);
    app.computed.length = 0;
    const result = await app.client().call('accounts.signIn', right);
    expect(result).toEqual({
      ok: false,
      error: {
        code: 'SLOW_DOWN',
        message: expect.stringContaining('2 minutes'),
        details: { retryAfterMs: expect.any(Number) },
      },
    });
    const waitMs = result.ok ? 0 : Number(result.error.details?.retryAfterMs);
    expect(waitMs).toBeGreaterThan(0);
    expect(waitMs).toBeLessThanOrEqual(90_000);
    expect(app.computed).toEqual([]);
    await expect(query('SELECT failures FROM sign_in_throttles')).resolves.toEqual([{ failures: 9 }]);
  });

  test('the right password after the wait makes the next wrong one the first', async () => {
    await attempt(wrong);
    await failed(20);
    await expect(attempt(right)).resolves.toBe('ok');
    await expect(query('SELECT * FROM sign_in_throttles')).resolves.toEqual([]);
  });

  test('they are forgotten after a day', async () => {
    await attempt(wrong);
    await query(
      `UPDATE sign_in_throttles SET failures = 20, blocked_until = now() - interval '1 second',
         updated_at = now() - interval '25 hours'`,
    );
    await attempt(wrong);
    await expect(query('SELECT failures, blocked_until FROM sign_in_throttles')).resolves.toEqual([
      { failures: 1, blocked_until: null },
    ]);
  });

  test('one address does not slow another', async () => {
    await attempt(nobody);
    await query(`UPDATE sign_in_throttles SET blocked_until = now() + interval '1 minute'`);
    await expect(attempt(nobody)).resolves.toBe('SLOW_DOWN');
    await expect(attempt(right)).resolves.toBe('ok');
  });

  test('attack: guessing in parallel', async () => {
    await attempt(wrong);
    await failed(20);
    app.computed.length = 0;
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => attempt(wrong)));
    expect(outcomes.sort()).toEqual([...Array(19).fill('SLOW_DOWN'), 'WRONG_CREDENTIALS']);
    expect(app.computed).toHaveLength(1);
  });

  test('attack: another spelling of the address for every guess', async () => {
    for (const email of ['ADA@example.com', ' ada@EXAMPLE.com', 'Ada@Example.Com ']) {
      await attempt({ ...wrong, email });
    }
    await expect(query('SELECT failures FROM sign_in_throttles')).resolves.toEqual([{ failures: 3 }]);
  });

  test('attack: letters that some locales lower to others, to be counted apart', async () => {
    await app.client().value('accounts.register', { ...ada, email: 'kim@example.com' });
    const kim = { ...right, email: 'K\u{130}M@example.com' };
    await expect(attempt(kim)).resolves.toBe('WRONG_CREDENTIALS');
    await attempt({ ...wrong, email: 'kim@example.com' });
    // The Kelvin sign, which is lowered to k: counted with k.
    await attempt({ ...wrong, email: '\u{212a}im@example.com' });
    const rows = await query<{ failures: number }[]>('SELECT failures FROM sign_in_throttles');
    expect(rows.map(({ failures }) => failures).sort()).toEqual([1, 2]);
  });

  test('attack: guessing the password in a session left open', async () => {
    const client = app.client();
    await client.value('accounts.signIn', right);
    const guess = { current: 'wrong horse battery', next: 'another horse battery' };
    await client.error('accounts.changePassword', guess);
    await query(`UPDATE sign_in_throttles SET blocked_until = now() + interval '1 minute'`);
    app.computed.length = 0;
    await expect(
      client.error('accounts.changePassword', { ...guess, current: ada.password }),
    ).resolves.toMatchObject({ code: 'SLOW_DOWN' });
    expect(app.computed).toEqual([]);
  });

  test('what was typed as the address is not kept', async () => {
    await attempt({ ...wrong, email: 'correct horse battery' });
    const [row] = await query<{ email_hash: string }[]>('SELECT * FROM sign_in_throttles');
    expect(row?.email_hash).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(row)).not.toContain('horse');
  });
});
