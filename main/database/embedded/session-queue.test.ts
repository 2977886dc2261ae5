import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { joinBytes, queryMessage, READY_IDLE, SYNC, startupMessage } from './backend-messages.ts';
import { type EngineSession, SessionQueue } from './session-queue.ts';

/** A session that notes what it is given; a query with BEGIN opens a transaction, COMMIT and ROLLBACK end it. */
class NotedSession implements EngineSession {
  readonly greeting = READY_IDLE;
  readonly queries: string[] = [];
  #open = false;

  async run(messages: Uint8Array, answer: (bytes: Uint8Array) => void): Promise<void> {
    const text = Buffer.from(messages).toString('latin1');
    const sql = text.slice(5).replaceAll('\0', '');
    this.queries.push(text[0] === 'Q' ? sql : `${text[0]}…${text.at(-5)}`);
    if (/BEGIN/.test(sql)) this.#open = true;
    if (/COMMIT|ROLLBACK/.test(sql)) this.#open = false;
    answer(READY_IDLE);
  }

  inTransaction(): boolean {
    return this.#open;
  }
}

let session: NotedSession;
let queue: SessionQueue;
let dropped: number[];

beforeEach(() => {
  session = new NotedSession();
  dropped = [];
  queue = new SessionQueue({
    session,
    limits: { sessionWaitMs: 60_000, idleInTransactionMs: 60_000 },
    send: () => undefined,
    drop: (connection) => dropped.push(connection),
  });
  for (const connection of [1, 2, 3]) {
    queue.connect(connection);
    queue.receive(connection, startupMessage());
  }
});

afterEach(() => queue.close());

function send(connection: number, ...queries: string[]): void {
  queue.receive(connection, joinBytes(queries.map((sql) => queryMessage(sql))));
}

/** Waits until everything that can run has run. */
async function settled(): Promise<void> {
  while (queue.quietMs === 0 && session.queries.length < 100) {
    const before = session.queries.length;
    for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate);
    if (session.queries.length === before) return;
  }
}

describe('the queue for the one session', () => {
  it('gives each connection a turn, however much one has asked for', async () => {
    send(1, 'a1', 'a2', 'a3');
    send(2, 'b1');
    send(3, 'c1', 'c2');
    await settled();
    expect(session.queries).toEqual(['a1', 'b1', 'c1', 'a2', 'c2', 'a3']);
  });

  it('keeps the session for whoever is within a transaction', async () => {
    send(1, 'BEGIN');
    send(2, 'b1');
    await settled();
    send(1, 'a1');
    await settled();
    send(1, 'COMMIT', 'a2');
    await settled();
    expect(session.queries).toEqual(['BEGIN', 'a1', 'COMMIT', 'b1', 'a2']);
  });

  it('keeps it between Flush and Sync, outside of a transaction too', async () => {
    const flush = Uint8Array.of(0x48, 0, 0, 0, 4);
    queue.receive(1, flush);
    send(2, 'b1');
    await settled();
    expect(session.queries).toEqual(['H…H']);
    queue.receive(1, SYNC);
    await settled();
    expect(session.queries).toEqual(['H…H', 'S…S', 'b1']);
  });

  it('rolls back and goes on when the one who has it goes', async () => {
    send(1, 'BEGIN');
    send(2, 'b1');
    await settled();
    queue.disconnect(1);
    await settled();
    expect(session.queries).toEqual(['BEGIN', 'ROLLBACK', 'DISCARD ALL', 'b1']);
  });

  it('forgets what a connection that has gone still wanted', async () => {
    send(1, 'BEGIN');
    send(2, 'b1');
    await settled();
    queue.disconnect(2);
    send(1, 'COMMIT');
    await settled();
    expect(session.queries).toEqual(['BEGIN', 'COMMIT']);
  });

  it('lets work of its own run between transactions, before those that wait', async () => {
    send(1, 'BEGIN');
    send(2, 'b1');
    const own = queue.exclusively(async () => void session.queries.push('own'));
    await settled();
    send(1, 'COMMIT');
    await own;
    await settled();
    expect(session.queries).toEqual(['BEGIN', 'COMMIT', 'own', 'b1']);
  });

  it('resets the session before others use it, once all who used it have gone', async () => {
    send(1, 'a1');
    send(2, 'b1');
    await settled();
    queue.disconnect(1);
    send(3, 'c1');
    await settled();
    queue.disconnect(2);
    queue.disconnect(3);
    queue.connect(4);
    queue.receive(4, startupMessage());
    send(4, 'd1');
    await settled();
    expect(session.queries).toEqual(['a1', 'b1', 'c1', 'DISCARD ALL', 'd1']);
  });

  it('does not act on what comes after a farewell', async () => {
    queue.receive(1, joinBytes([Uint8Array.of(0x58, 0, 0, 0, 4), queryMessage('BEGIN')]));
    send(2, 'b1');
    await settled();
    expect(session.queries).toEqual(['b1']);
  });

  it('ends connections that say farewell or ask to cancel, and those that are left when it closes', async () => {
    queue.receive(1, Uint8Array.of(0x58, 0, 0, 0, 4));
    expect(dropped).toEqual([1]);
    send(2, 'BEGIN');
    await settled();
    await queue.close();
    expect(dropped).toEqual([1, 2, 3]);
    expect(session.queries).toEqual(['BEGIN', 'ROLLBACK']);
  });
});
