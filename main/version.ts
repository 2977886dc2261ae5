import { readFileSync } from 'node:fs';
import { z } from 'zod';

const packageFile = new URL(
  import.meta.url.endsWith('.ts') ? '../package.json' : '../../package.json',
  import.meta.url,
);

/** Parley's own version, as package.json has it. */
export function parleyVersion(): string {
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(packageFile, 'utf8'))).version;
}
