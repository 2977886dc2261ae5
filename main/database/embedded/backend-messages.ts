// The few messages of PostgreSQL's wire protocol that the worker itself says to a client or to the engine.

/** Answer to a request for encryption: "no". The bytes never leave this process. */
export const REFUSE_ENCRYPTION: Uint8Array<ArrayBuffer> = Uint8Array.of(0x4e);

/** ReadyForQuery, outside of a transaction. */
export const READY_IDLE: Uint8Array<ArrayBuffer> = Uint8Array.of(0x5a, 0, 0, 0, 5, 0x49);

export const SYNC: Uint8Array<ArrayBuffer> = Uint8Array.of(0x53, 0, 0, 0, 4);

/** A simple Query. */
export function queryMessage(sql: string): Uint8Array<ArrayBuffer> {
  return message(0x51, new TextEncoder().encode(`${sql}\0`));
}

/** A CopyFail: the client has no data for a COPY FROM STDIN, and why. */
export function copyFailMessage(reason: string): Uint8Array<ArrayBuffer> {
  return message(0x66, new TextEncoder().encode(`${reason}\0`));
}

/** An ErrorResponse. `sqlState` is one of PostgreSQL's error codes. */
export function errorMessage(
  severity: 'ERROR' | 'FATAL',
  sqlState: string,
  text: string,
): Uint8Array<ArrayBuffer> {
  return message(0x45, new TextEncoder().encode(`S${severity}\0V${severity}\0C${sqlState}\0M${text}\0\0`));
}

/** A StartupMessage of protocol 3.0 for the user of the embedded database. */
export function startupMessage(): Uint8Array<ArrayBuffer> {
  const pairs = new TextEncoder().encode('user\0postgres\0database\0postgres\0client_encoding\0UTF8\0\0');
  const bytes = new Uint8Array(8 + pairs.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, bytes.length);
  view.setUint32(4, 3 << 16);
  bytes.set(pairs, 8);
  return bytes;
}

/** Several pieces as one. */
export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    joined.set(piece, offset);
    offset += piece.length;
  }
  return joined;
}

function message(code: number, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(5 + body.length);
  bytes[0] = code;
  new DataView(bytes.buffer).setUint32(1, 4 + body.length);
  bytes.set(body, 5);
  return bytes;
}
