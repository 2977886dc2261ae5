// The client's half of PostgreSQL's wire protocol, as far as the worker has to understand it: where messages
// end, and where a group of them may be handed to the engine. The engine reads until it has nothing left and
// takes "nothing left" in the middle of a message for a lost client, so it only ever gets whole groups.

/** A piece of what a client sent that can be acted upon as a whole. */
export type FrontendUnit =
  /** Messages up to a Query, FunctionCall or Sync (`ends: 'cycle'`) or up to a Flush (`ends: 'flush'`). */
  | { kind: 'messages'; bytes: Uint8Array; ends: 'cycle' | 'flush' }
  | { kind: 'startup' }
  | { kind: 'encryption request' }
  | { kind: 'cancel request' }
  | { kind: 'terminate' };

/** The client broke the protocol; its connection cannot go on. */
export class ProtocolViolation extends Error {}

const CANCEL_REQUEST = 80877102;
const SSL_REQUEST = 80877103;
const GSS_REQUEST = 80877104;
const PROTOCOL_MAJOR = 3;

/** PostgreSQL's own limits (PQ_LARGE_MESSAGE_LIMIT, MAX_STARTUP_PACKET_LENGTH), in bytes. */
const MAX_MESSAGE = 0x3fffffff;
const MAX_STARTUP = 10_000;

const CODE = {
  query: 0x51,
  parse: 0x50,
  bind: 0x42,
  execute: 0x45,
  describe: 0x44,
  close: 0x43,
  functionCall: 0x46,
  sync: 0x53,
  flush: 0x48,
  terminate: 0x58,
  copyData: 0x64,
  copyDone: 0x63,
  copyFail: 0x66,
} as const;

/** Cuts the bytes of one connection into units. Bytes may arrive in pieces of any size. */
export class FrontendReader {
  #started = false;
  /** Received and not yet joined; joined only when a whole message is there, so that big ones cost no copies. */
  #pieces: Uint8Array[] = [];
  #received = 0;
  /** How many bytes there must be before it is worth looking again. */
  #needed = 1;
  /** The end of the last whole message within the unit that is being collected. */
  #scanned = 0;

  /**
   * @returns the units that these bytes complete, in order.
   * @throws ProtocolViolation when the bytes cannot be PostgreSQL's protocol.
   */
  push(bytes: Uint8Array): FrontendUnit[] {
    this.#pieces.push(bytes);
    this.#received += bytes.length;
    const units: FrontendUnit[] = [];
    while (this.#received >= this.#needed) {
      const unit = this.#started ? this.#nextMessage() : this.#nextStartup();
      if (unit) units.push(unit);
    }
    return units;
  }

  #nextStartup(): FrontendUnit | undefined {
    if (this.#received < 8) {
      this.#needed = 8;
      return undefined;
    }
    const buffer = this.#joined();
    const view = viewOf(buffer);
    const length = view.getUint32(0);
    if (length < 8 || length > MAX_STARTUP) throw new ProtocolViolation('invalid length of startup packet');
    if (this.#received < length) {
      this.#needed = length;
      return undefined;
    }
    const code = view.getUint32(4);
    this.#take(length);
    if (code === SSL_REQUEST || code === GSS_REQUEST) return { kind: 'encryption request' };
    if (code === CANCEL_REQUEST) return { kind: 'cancel request' };
    if (code >>> 16 !== PROTOCOL_MAJOR) throw new ProtocolViolation('unsupported frontend protocol');
    this.#started = true;
    return { kind: 'startup' };
  }

  #nextMessage(): FrontendUnit | undefined {
    if (this.#received < this.#scanned + 5) {
      this.#needed = this.#scanned + 5;
      return undefined;
    }
    const buffer = this.#joined();
    const code = buffer[this.#scanned];
    const length = viewOf(buffer).getUint32(this.#scanned + 1);
    if (length < 4 || length > MAX_MESSAGE) throw new ProtocolViolation('invalid message length');
    const end = this.#scanned + 1 + length;
    if (this.#received < end) {
      this.#needed = end;
      return undefined;
    }
    switch (code) {
      case CODE.query:
      case CODE.functionCall:
      case CODE.sync:
        return { kind: 'messages', bytes: this.#take(end), ends: 'cycle' };
      case CODE.flush:
        return { kind: 'messages', bytes: this.#take(end), ends: 'flush' };
      case CODE.terminate:
        this.#take(end);
        return { kind: 'terminate' };
      case CODE.copyData:
      case CODE.copyDone:
      case CODE.copyFail:
        // The engine cannot wait for COPY data (it answers COPY FROM STDIN with an error), and the protocol
        // has the server skip such messages after that.
        this.#cut(this.#scanned, end);
        return undefined;
      case CODE.parse:
      case CODE.bind:
      case CODE.execute:
      case CODE.describe:
      case CODE.close:
        this.#scanned = end;
        this.#needed = end + 5;
        return undefined;
      default:
        // The engine would end at such a message, for all connections.
        throw new ProtocolViolation('invalid frontend message type');
    }
  }

  #joined(): Uint8Array {
    const [first, ...rest] = this.#pieces;
    if (first && rest.length === 0) return first;
    const joined = Buffer.concat(this.#pieces);
    this.#pieces = [joined];
    return joined;
  }

  #take(end: number): Uint8Array {
    const buffer = this.#joined();
    this.#reset(buffer.subarray(end));
    return buffer.subarray(0, end);
  }

  #cut(start: number, end: number): void {
    const buffer = this.#joined();
    const scanned = start;
    this.#reset(Buffer.concat([buffer.subarray(0, start), buffer.subarray(end)]));
    this.#scanned = scanned;
    this.#needed = scanned + 5;
  }

  #reset(rest: Uint8Array): void {
    this.#pieces = rest.length > 0 ? [rest] : [];
    this.#received = rest.length;
    this.#scanned = 0;
    this.#needed = 1;
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
