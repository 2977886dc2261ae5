import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { writeTemplate } from './template.ts';

/** PGlite's version, which the template depends on. package.json pins the same; a test holds them together. */
export const TESTED_PGLITE = '0.5.16';

/**
 * The template of an empty database for tests and for running from the sources, where no build has made one:
 * made on the first call in a checkout, kept among the caches.
 *
 * @returns its path.
 */
export async function sharedTemplate(): Promise<string> {
  const name = `../../../node_modules/.cache/parley/empty-database-${TESTED_PGLITE}.tar.gz`;
  const file = fileURLToPath(new URL(name, import.meta.url));
  if (!existsSync(file)) await writeTemplate(file);
  return file;
}
