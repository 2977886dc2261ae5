import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pageHeaders } from './page-headers.ts';

/** Answers with a file of the renderer's bundle; 404 for what is not in it. */
export type RendererFiles = (pathname: string) => Promise<Response>;

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webm': 'audio/webm',
  '.woff2': 'font/woff2',
};

/** The bundle beside the running code: dist/renderer. */
export const rendererFolder = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../dist/renderer' : '../renderer', import.meta.url),
);

/**
 * Serves the renderer's bundle. The files are listed once and looked up by their exact name, so no spelling of a path
 * leads anywhere else. `/` is the page.
 */
export function serveRenderer(folder: string): RendererFiles {
  const files = new Map(listFiles(folder, '').map((path) => [path, join(folder, path)]));
  return async (pathname) => {
    const name = pathname === '/' ? '/index.html' : pathname;
    const file = files.get(name);
    if (!file) return new Response('Not found', { status: 404, headers: pageHeaders });
    return new Response(new Uint8Array(await readFile(file)), {
      headers: {
        ...pageHeaders,
        'content-type': contentTypes[extname(file)] ?? 'application/octet-stream',
        // Names in assets/ hold a hash of the content.
        'cache-control': name.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-cache',
      },
    });
  };
}

/** Every file below, as `/assets/index-1a2b.js`. Written out, because inside an archive readdir is not recursive. */
function listFiles(folder: string, below: string): string[] {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? listFiles(folder, `${below}/${entry.name}`) : [`${below}/${entry.name}`],
  );
}
