import { existsSync, readFileSync } from 'node:fs';
import { writeDurably } from './durable-file.ts';

const writing = new Map<string, Promise<void>>();

/**
 * Changes this machine's settings.json: reads it, hands it over, writes what comes back. Changes of one file come one
 * after the other, so that two features that keep something there do not undo each other.
 *
 * A file that is no JSON object is replaced: nothing in it could be read either.
 */
export function changeSettings(
  file: string,
  change: (settings: Record<string, unknown>) => Record<string, unknown>,
): Promise<void> {
  const before = writing.get(file) ?? Promise.resolve();
  const written = before
    .catch(() => undefined)
    .then(() => writeDurably(file, `${JSON.stringify(change(readSettings(file)), null, 2)}\n`));
  writing.set(file, written);
  return written.finally(() => {
    if (writing.get(file) === written) writing.delete(file);
  });
}

/** What settings.json holds; nothing where it cannot be read as an object. */
export function readSettings(file: string): Record<string, unknown> {
  if (!existsSync(file)) return {};
  try {
    const settings: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const isObject = typeof settings === 'object' && settings !== null && !Array.isArray(settings);
    return isObject ? (settings as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
