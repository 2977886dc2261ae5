import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InputOf } from '../../shared/contract/index.ts';
import { admin, startApp, type TestApp, type TestWindow } from '../fixtures/administration.ts';
import { makeTestPlace, type TestPlace } from '../fixtures/databases.ts';
import { canStartServer, startTemporaryServer, type TemporaryServer } from '../fixtures/postgres-server.ts';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
if (!hasOpenssl) console.log('Encrypted servers are not tried here: this machine has no openssl.');

/** Authorities and certificates made in a folder, as PEM. */
class Workshop {
  readonly folder = mkdtempSync(join(tmpdir(), 'parley-certificates-'));

  /** An authority of our own. @returns its certificate */
  authority(name: string): string {
    this.#openssl(
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${name}`],
      ...['-keyout', `${name}.key`, '-out', `${name}.crt`],
    );
    return this.#read(`${name}.crt`);
  }

  /** A server's certificate, signed by an authority. */
  certificate(authority: string, names: string): { crt: string; key: string } {
    this.#openssl(
      ...['req', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=server'],
      ...['-keyout', 'server.key', '-out', 'server.csr'],
    );
    writeFileSync(join(this.folder, 'names'), `subjectAltName=${names}`);
    this.#openssl(
      ...['x509', '-req', '-in', 'server.csr', '-days', '2', '-extfile', 'names', '-out', 'server.crt'],
      ...['-CA', `${authority}.crt`, '-CAkey', `${authority}.key`, '-CAcreateserial'],
    );
    return { crt: this.#read('server.crt'), key: this.#read('server.key') };
  }

  #openssl(...args: string[]): void {
    const { status, stderr } = spawnSync('openssl', args, { cwd: this.folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`openssl ${args[0]}: ${stderr}`);
  }

  #read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }
}

describe.runIf(hasOpenssl && canStartServer())('a server with encryption', () => {
  let workshop: Workshop;
  let authority: string;
  let stranger: string;
  let server: TemporaryServer;
  let place: TestPlace;
  let app: TestApp;
  let window: TestWindow;

  type Input = InputOf<'database.testServer'>;
  const input = (changes: Partial<Input> = {}): Input => {
    const { port, user, password } = server;
    const named = { host: 'localhost', port, user, password, name: 'postgres' };
    return { ...named, tls: 'verify-full', ca: authority, ...changes };
  };
  const tried = (changes: Partial<Input> = {}) => window.value('database.testServer', input(changes));

  beforeAll(async () => {
    workshop = new Workshop();
    authority = workshop.authority('ours');
    stranger = workshop.authority('theirs');
    const { crt, key } = workshop.certificate('ours', 'DNS:localhost');
    const started = await startTemporaryServer({
      settings: { ssl: 'on' },
      files: {
        'server.crt': crt,
        'server.key': key,
        // The fixture itself asks without encryption whether the server is ready, and so does the last test.
        'pg_hba.conf': `hostssl all all 127.0.0.1/32 scram-sha-256
          hostnossl postgres parley_test 127.0.0.1/32 scram-sha-256`,
      },
    });
    if (!started) throw new Error('The server did not start.');
    server = started;
    place = { ...(await makeTestPlace('embedded')), environment: {} };
    app = await startApp(place);
    window = app.window();
    await window.value('accounts.createFirst', { ...admin, remember: false });
  });
  afterAll(async () => {
    await app.close();
    await server.remove();
    await place.close();
    rmSync(workshop.folder, { recursive: true, force: true });
  });

  test('is encrypted when asked for, whoever it is; and checked by the authority that was given', async () => {
    expect(await tried({ tls: 'require', ca: null })).toMatchObject({ ok: true, encrypted: true });
    expect(await tried()).toMatchObject({ ok: true, encrypted: true });
    expect(await tried({ tls: 'disable', ca: null })).toMatchObject({ ok: true, encrypted: false });
  });

  test('another authority, none at all, and another name are told apart, in words', async () => {
    expect(await tried({ ca: stranger })).toMatchObject({
      ok: false,
      message: expect.stringContaining('not signed by the authority whose certificate was given'),
      remedies: expect.arrayContaining([expect.stringContaining('Choose the certificate of the authority')]),
    });
    expect(await tried({ ca: null })).toMatchObject({
      ok: false,
      message: expect.stringContaining('an authority that this system does not know'),
    });
    // The certificate is for localhost; the address is another name, though it is the same machine.
    expect(await tried({ host: '127.0.0.1' })).toMatchObject({
      ok: false,
      message: expect.stringContaining('is for another name than 127.0.0.1'),
    });
    expect(app.database.engine.kind).toBe('embedded');
  });

  test('a server that asks for encryption says so to who comes without', async () => {
    await server.query(`CREATE ROLE guest LOGIN PASSWORD 'p'`);
    expect(await tried({ user: 'guest', password: 'p', tls: 'disable', ca: null })).toMatchObject({
      ok: false,
      message: expect.stringContaining('does not let guest in without encryption'),
    });
  });

  test('the certificate is checked at every start, not only at the test', async () => {
    await window.value('database.use', { kind: 'server', server: input() });
    expect(app.database.status).toEqual({ state: 'ready' });
    await app.close();
    app = await startApp(place);
    expect(app.database.engine.kind).toBe('server');
    window = app.window();
    await window.value('accounts.createFirst', { ...admin, remember: false });
    expect(await window.value('database.overview', undefined)).toMatchObject({ encrypted: true });

    const settings = JSON.parse(readFileSync(place.paths.settings, 'utf8'));
    writeFileSync(
      place.paths.settings,
      JSON.stringify({ ...settings, database: { ...settings.database, ca: stranger } }),
    );
    await app.close();
    app = await startApp(place);
    expect(app.database.status).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('not signed by the authority'),
    });
  });
});
