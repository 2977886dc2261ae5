import type { PGlite } from '@electric-sql/pglite';
import type { UpkeepPolicy, UpkeepReport } from './engine-messages.ts';

// PGlite runs none of PostgreSQL's background processes: without this, the write-ahead log grows without end
// (and recovery after a kill with it), dead rows stay, and the planner knows nothing about the tables.

/** A checkpoint failed, most likely on a full disk. The session is of no use any more. */
export class CheckpointFailed extends Error {}

/** PostgreSQL's own thresholds of autovacuum, and a freeze far ahead of the wraparound of transaction ids. */
const TABLES_DUE = `
  SELECT format('%I.%I', s.schemaname, s.relname) AS name
    FROM pg_stat_user_tables s JOIN pg_class c ON c.oid = s.relid
   WHERE s.n_dead_tup > 50 + 0.2 * greatest(c.reltuples, 0)
      OR s.n_mod_since_analyze > 50 + 0.1 * greatest(c.reltuples, 0)
      OR age(c.relfrozenxid) > 150000000
   ORDER BY 1`;

const WAL_SINCE_CHECKPOINT = `
  SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), redo_lsn)::float8 AS bytes FROM pg_control_checkpoint()`;

/** A checkpoint itself writes this much and a little more; it is no reason for another one. In bytes. */
const NOTHING_WRITTEN = 1024;

/** Keeps the time of the last checkpoint and says what is due. */
export class Upkeep {
  readonly #database: PGlite;
  readonly #policy: UpkeepPolicy;
  #checkpointAt = performance.now();

  constructor(database: PGlite, policy: UpkeepPolicy) {
    this.#database = database;
    this.#policy = policy;
  }

  /** Size of the write-ahead log that a recovery would have to go through, in bytes. */
  async walBytes(): Promise<number> {
    const { rows } = await this.#database.query<{ bytes: number }>(WAL_SINCE_CHECKPOINT);
    return rows[0]?.bytes ?? 0;
  }

  /**
   * Vacuums and analyses the tables that need it, and makes a checkpoint if one is due. The session must be
   * free. `force` makes the checkpoint in any case.
   *
   * @throws CheckpointFailed
   */
  async run(force: boolean): Promise<UpkeepReport> {
    const started = performance.now();
    const vacuumed = await this.#vacuum();
    const walBytes = await this.walBytes();
    const overdue = started - this.#checkpointAt >= this.#policy.checkpointMs && walBytes > NOTHING_WRITTEN;
    const checkpoint = force || overdue || walBytes >= this.#policy.checkpointBytes;
    if (checkpoint) await this.#checkpoint();
    return { walBytes, checkpoint, vacuumed, durationMs: Math.round(performance.now() - started) };
  }

  async #vacuum(): Promise<string[]> {
    // Counts of changed rows are published once a second at most; this publishes the latest.
    await this.#database.query('SELECT pg_stat_force_next_flush()');
    const { rows } = await this.#database.query<{ name: string }>(TABLES_DUE);
    const names = rows.map((row) => row.name);
    for (const name of names) await this.#database.exec(`VACUUM (ANALYZE) ${name}`);
    return names;
  }

  async #checkpoint(): Promise<void> {
    try {
      await this.#database.exec('CHECKPOINT');
    } catch (error) {
      throw new CheckpointFailed(error instanceof Error ? error.message : String(error));
    }
    this.#checkpointAt = performance.now();
  }
}
