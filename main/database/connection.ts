import { Socket } from 'node:net';
import { type ClientBase, DatabaseError, type PoolClient } from 'pg';

/**
 * How long a connection may stay silent, in milliseconds. A link that was cut without a word (a laptop that slept, a
 * router that forgot) looks like a slow answer; the operating system would wait for a quarter of an hour.
 */
const SILENCE_LIMIT_MS = 60_000;

/** For the pool's `verify`: prepares each new connection to a server. */
export function prepareServerConnection(client: PoolClient, done: (error?: Error) => void): void {
  queueQueries(client);
  const socket = socketOf(client);
  socket?.on('timeout', () => socket.destroy(new Error('The database server does not answer.')));
  socket?.setTimeout(SILENCE_LIMIT_MS);
  done();
}

/** For the pool's `verify`: prepares each new connection to the embedded engine, which watches its time itself. */
export function prepareEmbeddedConnection(client: PoolClient, done: (error?: Error) => void): void {
  queueQueries(client);
  done();
}

/** Runs work whose queries may take long, such as migrations, on a connection to a server. */
export async function withoutSilenceLimit<T>(client: ClientBase, work: () => Promise<T>): Promise<T> {
  socketOf(client)?.setTimeout(0);
  try {
    return await work();
  } finally {
    socketOf(client)?.setTimeout(SILENCE_LIMIT_MS);
  }
}

/**
 * Sends a connection's queries one after the other. TypeORM asks several at once of one connection in places (when it
 * reads the schema, when it saves entities of several tables), and pg will no longer queue them for it.
 */
function queueQueries(client: PoolClient): void {
  const send = client.query.bind(client) as (...args: unknown[]) => unknown;
  let last: Promise<unknown> = Promise.resolve();
  const query = (...args: unknown[]): unknown => {
    const first = args[0];
    const plain = typeof first === 'string' && typeof args.at(-1) !== 'function';
    if (!plain) return send(...args);
    const answer = last
      .then(() => send(...args))
      .catch((error: unknown) => {
        // The server ends the connection after this; the pool must not hand it out in the meantime.
        if (isFatal(error)) void client.end();
        throw error;
      });
    last = answer.catch(() => undefined);
    return answer;
  };
  client.query = query as PoolClient['query'];
}

/** By the code: the severity comes in the server's language. */
function isFatal(error: unknown): boolean {
  return error instanceof DatabaseError && /^(57P|08|25P03)/.test(error.code ?? '');
}

/** The socket to a server, or what TLS has put around it: pg keeps it where its types do not show it. */
function socketOf(client: ClientBase): Socket | undefined {
  const { stream } = (client as unknown as { connection: { stream: unknown } }).connection;
  return stream instanceof Socket ? stream : undefined;
}
