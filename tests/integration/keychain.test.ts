import { readFileSync } from 'node:fs';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Seal } from '../../main/accounts/remembered-token.ts';
import { type Application, createApplication } from '../../main/application.ts';
import { forkNode } from '../../main/hosts/node-fork.ts';
import type { InputOf, OperationName, OutputOf } from '../../shared/contract/index.ts';
import { admin } from '../fixtures/administration.ts';
import { makeTestPlace, type TestPlace, testEngines, testServer } from '../fixtures/databases.ts';

/** Hides nothing; it shows that what is kept went through the keychain. Electron's own is tried in tests/e2e. */
const seal: Seal = {
  encrypt: (text) => Buffer.from(text.split('').reverse().join('')),
  decrypt: (sealed) => sealed.toString().split('').reverse().join(''),
};

/** The application as a host makes it: what is put together wrongly there shows nowhere else. */
describe.runIf(testEngines.includes('server'))('the whole application on a machine with a keychain', () => {
  let machine: TestPlace;
  let remote: TestPlace;
  let application: Application;
  let ask: <N extends OperationName>(name: N, input: InputOf<N>) => Promise<OutputOf<N>>;

  async function start(options: { seal?: Seal } = {}): Promise<void> {
    const { paths, environment } = machine;
    application = createApplication({
      ...{ host: 'browser', version: '0.1.0', paths, environment, fork: forkNode, ...options },
      log: pino({ enabled: false }),
    });
    const client = application.client('test');
    ask = async (name, input) => {
      const result = await client.call(name, input);
      if (!result.ok) throw new Error(`${name}: ${result.error.message}`);
      return result.value as never;
    };
    await expect
      .poll(async () => (await ask('app.status', undefined)).database.state)
      .toMatch(/^(ready|failed)$/);
  }

  beforeEach(async () => {
    machine = { ...(await makeTestPlace('embedded')), environment: {} };
    remote = await makeTestPlace('server');
    await start({ seal });
    await ask('accounts.createFirst', { ...admin, remember: false });
  });
  afterEach(async () => {
    await application.close();
    await remote.close();
    await machine.close();
  });

  test('a server that was chosen in the settings is opened at the next start, by the sealed password', async () => {
    const { host, port, user, password } = testServer();
    const name = remote.environment.DATABASE_NAME ?? '';
    const server = { host, port, user, password, name, tls: 'disable' as const, ca: null };
    // Or the next start would prove nothing.
    expect(await ask('database.testServer', { ...server, password: null })).toMatchObject({
      reason: 'WRONG_PASSWORD',
    });
    await ask('database.use', { kind: 'server', server });
    expect(await ask('app.status', undefined)).toMatchObject({ database: { state: 'ready' } });
    expect(readFileSync(machine.paths.databasePassword, 'utf8')).not.toContain(password);
    await application.close();

    await start({ seal });
    expect(await ask('app.status', undefined)).toMatchObject({
      database: { state: 'ready' },
      engine: { kind: 'server', place: `${user}@${host}:${port}/${name}` },
    });
    await application.close();

    // The same folder on a host without the keychain: said in words, and opened again where there is one.
    await start();
    expect(await ask('app.status', undefined)).toMatchObject({
      database: { state: 'failed', message: expect.stringContaining('DATABASE_PASSWORD') },
    });
    await application.close();
    await start({ seal });
    expect(await ask('app.status', undefined)).toMatchObject({ database: { state: 'ready' } });
  });
});
