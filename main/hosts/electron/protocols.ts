import { protocol, type Session } from 'electron';
import type { RendererFiles } from '../renderer-files.ts';
import { APP_ORIGIN, APP_SCHEME, isOurs, MEDIA_SCHEME } from './addresses.ts';

/** Tells Chromium of our schemes; before `ready`, or it is too late. */
export function registerSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
    {
      scheme: MEDIA_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, corsEnabled: true },
    },
  ]);
}

/**
 * Serves the bundle at `app://parley` and recordings at `media://takes`.
 *
 * @param media answers with a recording; who may hear it is its business
 */
export function serveProtocols(
  session: Session,
  page: RendererFiles,
  media: (request: Request) => Promise<Response>,
): void {
  session.protocol.handle(APP_SCHEME, async (request) => {
    if (!isOurs(request.url) || request.method !== 'GET') return new Response('Not found', { status: 404 });
    return await page(new URL(request.url).pathname);
  });
  session.protocol.handle(MEDIA_SCHEME, async (request) => {
    const response = await media(request);
    const headers = new Headers(response.headers);
    // Another origin than the page's: without this the page could play a recording but not draw its waveform.
    headers.set('access-control-allow-origin', APP_ORIGIN);
    return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
  });
}
