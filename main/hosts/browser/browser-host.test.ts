import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode, encode } from '@msgpack/msgpack';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Result } from '../../../shared/contract/operation.ts';
import { makeTestPlace, type TestPlace } from '../../../tests/fixtures/databases.ts';
import { type Application, type Client, createApplication } from '../../application.ts';
import { createLog } from '../../log.ts';
import { forkNode } from '../node-fork.ts';
import { type BrowserHost, startBrowserHost } from './browser-host.ts';

// The whole application behind a real port on loopback; requests are written by hand, as an attacker would.

let place: TestPlace;
let application: Application;
let host: BrowserHost;
let closeLog: () => Promise<void>;
let bundle: string;
let authority: string;
/** What the application sends events to browsers by, one for each that listens. */
const listeners = new Set<Parameters<Client['subscribe']>[0]>();
/** Of a browser that came in by a link. */
let cookie: string;

beforeAll(async () => {
  place = await makeTestPlace('embedded');
  const parent = mkdtempSync(join(tmpdir(), 'parley-bundle-'));
  bundle = join(parent, 'renderer');
  mkdirSync(join(bundle, 'assets'), { recursive: true });
  writeFileSync(join(parent, 'secret.txt'), 'beside the bundle');
  writeFileSync(join(bundle, 'index.html'), '<title>Parley</title>');
  writeFileSync(join(bundle, 'assets', 'index-abcdefgh.js'), 'export {};');
  const { log, close } = createLog(place.paths.logs);
  closeLog = close;
  application = createApplication({
    host: 'browser',
    version: '0.0.0',
    paths: place.paths,
    fork: forkNode,
    environment: place.environment,
    log,
  });
  host = await startBrowserHost({
    newClient: () => {
      const client = application.client('test (browser)');
      return {
        ...client,
        subscribe(send) {
          listeners.add(send);
          const end = client.subscribe(send);
          return () => {
            listeners.delete(send);
            end();
          };
        },
      };
    },
    port: 0,
    folder: bundle,
    log,
  });
  authority = new URL(host.link()).host;
});

afterAll(async () => {
  await host.close();
  await application.close();
  await closeLog();
  await place.close();
  rmSync(join(bundle, '..'), { recursive: true, force: true });
});

interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  body: Buffer;
  text: string;
}

interface Ask {
  method?: string;
  headers?: Record<string, string>;
  body?: Uint8Array | string;
}

/** Sends a path as it is: nothing between here and the wire tidies it. */
async function ask(path: string, { method = 'GET', headers = {}, body }: Ask = {}): Promise<Answer> {
  const { hostname, port } = new URL(`http://${authority}`);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = { host: authority, ...headers };
    // A connection each, and no header but those named.
    httpRequest({ hostname, port, path, method, headers: sent, setHost: false, agent: false }, resolve)
      .on('error', reject)
      .end(body);
  });
  const pieces: Buffer[] = [];
  for await (const piece of response) pieces.push(piece);
  const whole = Buffer.concat(pieces);
  return { status: response.statusCode ?? 0, headers: response.headers, body: whole, text: whole.toString() };
}

const pathOf = (link: string) => link.slice(`http://${authority}`.length);

async function comeIn(): Promise<string> {
  const { headers } = await ask(pathOf(host.link()));
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

/** Calls an operation as our page does; `change` takes the place of single headers. */
async function operate(name: string, input: unknown, change: Record<string, string> = {}, body?: Uint8Array) {
  const answer = await ask(`/operations/${name}`, {
    method: 'POST',
    headers: {
      cookie,
      origin: `http://${authority}`,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/msgpack',
      ...change,
    },
    body: body ?? encode(input, { ignoreUndefined: true }),
  });
  const packed = answer.headers['content-type'] === 'application/msgpack';
  return { ...answer, result: (packed ? decode(answer.body) : undefined) as Result<unknown> | undefined };
}

beforeEach(async () => {
  cookie = await comeIn();
});

describe('the link', () => {
  test('is on loopback, and its token is traded for a cookie that scripts cannot read', async () => {
    const link = host.link();
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/);
    const answer = await ask(pathOf(link));
    expect(answer.status).toBe(200);
    expect(answer.headers['set-cookie']).toHaveLength(1);
    expect(answer.headers['set-cookie']?.[0]).toMatch(
      /^parley-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers['referrer-policy']).toBe('no-referrer');
    expect(answer.text).toContain('url=/');
  });

  test('works once', async () => {
    const path = pathOf(host.link());
    await ask(path);
    const again = await ask(path);
    expect(again.status).toBe(403);
    expect(again.headers['set-cookie']).toBeUndefined();
    expect(again.text).toContain('start it again');
  });

  test('that was used leads on to the app in the browser that used it', async () => {
    const path = pathOf(host.link());
    const used = (await ask(path)).headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    const again = await ask(path, { headers: { cookie: used } });
    expect([again.status, again.headers.location]).toEqual([303, '/']);
  });

  test.each(['', 'x', 'A'.repeat(43), '%00', "' OR 1=1 --"])(
    'with the token %j lets nobody in',
    async (token) => {
      const answer = await ask(`/?token=${encodeURIComponent(token)}`);
      expect([answer.status, answer.headers['set-cookie']]).toEqual([403, undefined]);
    },
  );
});

describe('the page', () => {
  test('comes with the cookie, again and again, under a strict policy', async () => {
    for (let visit = 0; visit < 2; visit += 1) {
      const answer = await ask('/', { headers: { cookie } });
      expect([answer.status, answer.text]).toEqual([200, '<title>Parley</title>']);
      expect(answer.headers['content-security-policy']).toContain("script-src 'self';");
      expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
      expect(answer.headers['x-frame-options']).toBe('DENY');
    }
  });

  test('and its scripts are kept from whoever has no cookie', async () => {
    expect((await ask('/')).status).toBe(403);
    expect((await ask('/assets/index-abcdefgh.js')).status).toBe(403);
    expect(
      (await ask('/', { headers: { cookie: `${cookie.split('=')[0]}=${'A'.repeat(43)}` } })).status,
    ).toBe(403);
  });

  const climbs = [
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/..%252fsecret.txt',
    '/..\\secret.txt',
    '/..%5csecret.txt',
    '/assets/../../secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '//secret.txt',
    '/./../secret.txt',
    '/secret.txt%00.js',
    '/%00',
    '/file:///etc/passwd',
    '/etc/passwd',
    '/index.html/../../secret.txt',
  ];
  test.each(climbs)('is all there is: %s leads nowhere', async (path) => {
    const answer = await ask(path, { headers: { cookie } });
    expect([400, 404]).toContain(answer.status);
    expect(answer.text).not.toContain('beside the bundle');
  });

  test.each(climbs)('recordings are found by id and no path: /media/takes%s', async (path) => {
    const answer = await ask(`/media/takes${path}`, { headers: { cookie } });
    expect([400, 401, 403, 404]).toContain(answer.status);
    expect(answer.text).not.toContain('beside the bundle');
  });
});

describe('a request from elsewhere', () => {
  test.each(['evil.example', 'localhost', '127.0.0.1', '127.0.0.1:1', '[::1]', '0.0.0.0', 'parley.local'])(
    'is refused under the name %s (DNS rebinding)',
    async (name) => {
      const { port } = new URL(`http://${authority}`);
      const named = name.includes(':') ? name : `${name}:${port}`;
      const expected = named === authority ? 200 : 403;
      expect((await ask('/', { headers: { cookie, host: named } })).status).toBe(expected);
    },
  );

  test('is refused with no Host at all', async () => {
    expect((await ask('/', { headers: { cookie, host: '' } })).status).toBe(400);
  });

  test.each(['http://evil.example', 'null', 'http://localhost', 'http://127.0.0.1:1', 'https://127.0.0.1'])(
    'is refused with the Origin %s, though it has the cookie',
    async (origin) => {
      expect((await operate('app.status', undefined, { origin })).status).toBe(403);
      expect((await ask('/events', { headers: { cookie, origin } })).status).toBe(403);
    },
  );

  test('that changes something is refused without an Origin', async () => {
    const answer = await ask('/operations/accounts.signOut', {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/msgpack' },
      body: encode(null),
    });
    expect(answer.status).toBe(403);
  });

  test.each(['cross-site', 'same-site'])('is refused when the browser says it is %s', async (site) => {
    expect((await operate('app.status', undefined, { 'sec-fetch-site': site })).status).toBe(403);
    const framed = {
      cookie,
      'sec-fetch-site': site,
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'iframe',
    };
    expect((await ask('/', { headers: framed })).status).toBe(403);
  });

  test('may open the page by a link', async () => {
    const clicked = {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    };
    expect((await ask(pathOf(host.link()), { headers: clicked })).status).toBe(200);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/json'])(
    'in the form %s, which other sites can send without asking first, is no operation',
    async (type) => {
      expect((await operate('app.status', undefined, { 'content-type': type })).status).toBe(415);
    },
  );
});

describe('an operation', () => {
  test('is answered in MessagePack', async () => {
    const { status, result } = await operate('app.status', undefined);
    expect(status).toBe(200);
    expect(result).toMatchObject({ ok: true, value: { version: '0.0.0', host: 'browser' } });
  });

  test('needs the cookie', async () => {
    const { status, result } = await operate('app.status', undefined, { cookie: '' });
    expect(status).toBe(401);
    expect(result).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
  });

  test.each(['no.such', 'constructor', '__proto__', '', '..%2fapp.status'])(
    'called %j does not exist',
    async (name) => {
      const { result, status } = await operate(name, undefined);
      if (result) expect(result).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
      else expect([403, 404, 405]).toContain(status);
    },
  );

  test.each(['GET', 'PUT', 'DELETE', 'HEAD'])('is not called by %s', async (method) => {
    const origin = `http://${authority}`;
    expect((await ask('/operations/app.status', { method, headers: { cookie, origin } })).status).toBe(405);
  });

  test.each([
    ['nothing', new Uint8Array()],
    ['no MessagePack', Uint8Array.of(0xc1)],
    ['a broken-off string', Uint8Array.of(0xdb, 0xff, 0xff, 0xff, 0xff, 0x41)],
    ['an array of four thousand million', Uint8Array.of(0xdd, 0xff, 0xff, 0xff, 0xff)],
    ['a key __proto__', Uint8Array.of(0x81, 0xa9, ...Buffer.from('__proto__'), 0x81, 0xa1, 0x61, 0x01)],
    ['ten thousand arrays in each other', new Uint8Array(10_000).fill(0x91)],
  ])('with a body of %s is an error with a code', async (_, body) => {
    const { status, result } = await operate('app.status', undefined, {}, body);
    expect(status).toBe(400);
    expect(result).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
  });

  test('larger than the limit is refused, whether it says so or not', async () => {
    const large = new Uint8Array(5 * 1024 * 1024);
    const told = await operate(
      'app.status',
      undefined,
      { 'content-length': String(large.length) },
      large,
    ).catch(() => 'cut off');
    const chunked = await operate('app.status', undefined, { 'transfer-encoding': 'chunked' }, large).catch(
      () => 'cut off',
    );
    for (const answer of [told, chunked]) {
      if (answer === 'cut off') continue;
      expect(answer).toMatchObject({ status: 413, result: { ok: false, error: { code: 'INVALID_INPUT' } } });
    }
    // And it goes on.
    expect((await operate('app.status', undefined)).status).toBe(200);
  });

  test('that brings a file may be as large as its operation declares, and no larger', async () => {
    const bring = (megabytes: number) =>
      operate('library.checkImport', { format: 'CSV', bytes: new Uint8Array(megabytes * 1024 * 1024) });
    const { status, result } = await bring(31);
    expect({ status, result }).not.toMatchObject({ status: 413 });
    expect(result).not.toMatchObject({ error: { message: 'This is more than Parley takes at once.' } });
    const answer = await bring(33).catch(() => 'cut off');
    if (answer !== 'cut off') expect(answer).toMatchObject({ status: 413 });
  });
});

describe('events', () => {
  test('reach the browser that listens, until it goes', async () => {
    const { hostname, port } = new URL(`http://${authority}`);
    const response = await new Promise<IncomingMessage>((resolve) => {
      httpRequest({ hostname, port, path: '/events', headers: { host: authority, cookie } }, resolve).end();
    });
    expect(response.headers['content-type']).toBe('text/event-stream');
    const heard = new Promise<string>((resolve) => {
      let text = '';
      response.on('data', (piece: Buffer) => {
        text += piece;
        if (text.includes('interviewId')) resolve(text);
      });
    });
    const [send] = listeners;
    send?.('interviews.changed', { interviewId: '01890a5d-ac96-774b-bcce-b302099a8057' });
    expect(await heard).toContain(
      'retry: 1000\n\nevent: interviews.changed\ndata: {"interviewId":"01890a5d-ac96-774b-bcce-b302099a8057"}\n\n',
    );
    response.destroy();
    await vi.waitFor(() => expect(listeners.size).toBe(0));
  });

  test('are for those who have come in', async () => {
    expect((await ask('/events')).status).toBe(403);
  });
});
