import type { ClientBase, PoolClient } from 'pg';

/**
 * How long a connection may stay silent, in milliseconds. A link that was cut without a word (a laptop that slept, a
 * router that forgot) looks like a slow answer; the operating system would wait for a quarter of an hour.
 */
const SILENCE_LIMIT_MS = 60_000;

/** For the pool's `verify`: prepares each new connection to a server. */
export function prepareServerConnection(client: PoolClient, done: (error?: Error) => void): void {
  queueQueries(client);
  endWhenSilent(client);
  done();
}

/** For the pool's `verify`: prepares each new connection to the embedded engine, which watches its time itself. */
export function prepareEmbeddedConnection(client: PoolClient, done: (error?: Error) => void): void {
  queueQueries(client);
  done();
}

/** Runs work whose queries may take long, such as migrations, on a connection to a server. */
export async function withoutSilenceLimit<T>(client: ClientBase, work: () => Promise<T>): Promise<T> {
  socketOf(client)?.setTimeout?.(0);
  try {
    return await work();
  } finally {
    endWhenSilent(client);
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
    const answer = last.then(() => send(...args));
    last = answer.catch(() => undefined);
    return answer;
  };
  client.query = query as PoolClient['query'];
}

function endWhenSilent(client: ClientBase): void {
  const socket = socketOf(client);
  socket?.setTimeout?.(SILENCE_LIMIT_MS, () =>
    socket.destroy(new Error('The database server does not answer.')),
  );
}

interface SocketLike {
  setTimeout?(ms: number, ended?: () => void): unknown;
  destroy(error: Error): unknown;
}

/** The socket, or what TLS has put around it: pg keeps it where its types do not show it. */
function socketOf(client: ClientBase): SocketLike | undefined {
  return (client as unknown as { connection?: { stream?: SocketLike } }).connection?.stream;
}
