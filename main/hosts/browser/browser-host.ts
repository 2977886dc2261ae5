import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener, RequestError } from '@hono/node-server';
import { decode, encode } from '@msgpack/msgpack';
import type { ErrorCode } from '../../../shared/contract/errors.ts';
import { operations } from '../../../shared/contract/index.ts';
import type { Operation, Result } from '../../../shared/contract/operation.ts';
import type { Client } from '../../application.ts';
import type { Log } from '../../log.ts';
import { isOperation } from '../../operations/gate.ts';
import { pageHeaders } from '../page-headers.ts';
import { serveRenderer } from '../renderer-files.ts';
import { eventStream } from './event-stream.ts';
import { closedPage, welcomePage } from './plain-pages.ts';
import { BodyTooLarge, readBody } from './request-body.ts';
import { cookieOf, refusal } from './request-guard.ts';
import { type Visitor, Visitors } from './visitors.ts';

/** The longest transcript, in the largest letters, is 2 MB; a chunk of a recording 1 MB at most. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;
/** What a call has beside a file that it brings. */
const ENVELOPE_BYTES = 64 * 1024;

export interface BrowserHost {
  /** What it is reached by, with a fresh token that works once. */
  link(): string;
  /** Takes no more requests and ends those under way. */
  close(): Promise<void>;
}

/**
 * Serves the renderer and the application's operations on 127.0.0.1.
 *
 * @param port 0 for any that is free
 * @param folder the renderer's bundle
 * @throws an error of `listen`, such as EADDRINUSE
 */
export async function startBrowserHost(options: {
  newClient: () => Client;
  port: number;
  folder: string;
  log: Log;
}): Promise<BrowserHost> {
  const { newClient, port, folder, log } = options;
  const page = serveRenderer(folder);
  const visitors = new Visitors(newClient);
  const closing = new AbortController();
  let authority = '';
  let cookieName = '';

  async function answer(request: Request): Promise<Response> {
    const why = refusal(request, authority);
    if (why) {
      log.warn({ why, method: request.method }, 'refused a request');
      return new Response('Forbidden', { status: 403, headers: pageHeaders });
    }
    const { pathname, searchParams } = new URL(request.url);
    const visitor = visitors.find(cookieOf(request, cookieName));
    const token = pathname === '/' ? searchParams.get('token') : null;
    if (token !== null && !visitor) return admit(token);
    if (pathname.startsWith('/operations/'))
      return operate(request, pathname.slice('/operations/'.length), visitor);
    if (!visitor) return closedPage();
    if (request.method !== 'GET' && request.method !== 'HEAD') return notAllowed();
    if (token !== null) return new Response(null, { status: 303, headers: { location: '/' } });
    if (pathname === '/events') return eventStream(visitor, closing.signal);
    if (pathname.startsWith('/downloads/')) return visitor.client.download(request);
    if (pathname.startsWith('/media/')) return visitor.client.media(request);
    return page(pathname);
  }

  function admit(token: string): Response {
    const cookie = visitors.admit(token);
    if (!cookie) return closedPage();
    return welcomePage(`${cookieName}=${cookie}; Path=/; HttpOnly; SameSite=Strict`);
  }

  const server = createServer(
    getRequestListener(answer, {
      overrideGlobalObjects: false,
      errorHandler(error) {
        // No request at all: a backslash in its path, no Host.
        if (error instanceof RequestError)
          return new Response('Bad request', { status: 400, headers: pageHeaders });
        log.error({ err: error }, 'a request failed');
        return new Response('Something went wrong inside Parley.', { status: 500, headers: pageHeaders });
      },
    }),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
  const { port: actualPort } = server.address() as AddressInfo;
  authority = `127.0.0.1:${actualPort}`;
  // Cookies do not know of ports: two hosts on one machine would overwrite each other's.
  cookieName = `parley-${actualPort}`;

  return {
    link: () => `http://${authority}/?token=${visitors.invite()}`,
    close() {
      closing.abort();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

async function operate(request: Request, name: string, visitor: Visitor | undefined): Promise<Response> {
  if (request.method !== 'POST') return notAllowed();
  if (request.headers.get('content-type') !== 'application/msgpack') {
    return failure(415, 'INVALID_INPUT', 'Operations are asked for in MessagePack.');
  }
  if (!visitor) {
    return failure(
      401,
      'FORBIDDEN',
      'This page is not connected to Parley any more. Open the link that Parley prints when it starts.',
    );
  }
  let input: unknown;
  try {
    input = decode(await readBody(request, mostBytes(name))) ?? undefined;
  } catch (error) {
    if (error instanceof BodyTooLarge)
      return failure(413, 'INVALID_INPUT', 'This is more than Parley takes at once.');
    return failure(400, 'INVALID_INPUT', 'What the page sent could not be read.');
  }
  return packed(200, await visitor.client.call(name, input));
}

function mostBytes(name: string): number {
  const declared = isOperation(name) ? (operations[name] as Operation).maxBytes : undefined;
  return declared === undefined ? MAX_BODY_BYTES : declared + ENVELOPE_BYTES;
}

function failure(status: number, code: ErrorCode, message: string): Response {
  return packed(status, { ok: false, error: { code, message } });
}

function packed(status: number, result: Result<unknown>): Response {
  return new Response(encode(result, { ignoreUndefined: true }), {
    status,
    headers: { ...pageHeaders, 'content-type': 'application/msgpack', 'cache-control': 'no-store' },
  });
}

function notAllowed(): Response {
  return new Response('Method not allowed', { status: 405, headers: pageHeaders });
}
