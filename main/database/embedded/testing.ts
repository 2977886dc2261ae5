import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import {
  type EmbeddedEngine,
  type EmbeddedEngineOptions,
  type EngineEvent,
  openEmbeddedEngine,
} from './embedded-engine.ts';
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
  const made = createHash('sha256').update(TESTED_PGLITE);
  for (const source of ['cluster.ts', 'template.ts', 'tarball.ts']) {
    made.update(readFileSync(new URL(source, import.meta.url)));
  }
  const name = `empty-database-${made.digest('hex').slice(0, 16)}.tar.gz`;
  const file = fileURLToPath(new URL(`../../../node_modules/.cache/parley/${name}`, import.meta.url));
  if (!existsSync(file)) await writeTemplate(file);
  return file;
}

/** An engine for one test file, in a folder of its own, and what a test needs around it. */
export interface TestEngine {
  engine: EmbeddedEngine;
  folder: string;
  events: EngineEvent[];
  /** A pool of `pg` on the engine. */
  pool(max?: number): pg.Pool;
  /** Ends the pools made so far. */
  endPools(): Promise<void>;
  /** Closes pools and engine and removes the folder. */
  dispose(): Promise<void>;
}

export async function openTestEngine(options: Partial<EmbeddedEngineOptions> = {}): Promise<TestEngine> {
  const parent = mkdtempSync(join(tmpdir(), 'parley-engine-'));
  const folder = join(parent, 'database');
  const events: EngineEvent[] = [];
  const pools: pg.Pool[] = [];
  const endPools = async (): Promise<void> => {
    await Promise.all(pools.splice(0).map((pool) => (pool.ended ? undefined : pool.end())));
  };
  const engine = await openEmbeddedEngine({
    folder,
    template: await sharedTemplate(),
    log: (event) => events.push(event),
    ...options,
  });
  return {
    engine,
    folder,
    events,
    pool(max = 1) {
      const pool = new pg.Pool({ stream: () => engine.stream(), max, connectionTimeoutMillis: 30_000 });
      // An idle connection that a restart ends; pg would throw it otherwise.
      pool.on('error', () => undefined);
      pools.push(pool);
      return pool;
    },
    endPools,
    async dispose() {
      await endPools();
      await engine.close();
      rmSync(parent, { recursive: true, force: true });
    },
  };
}
