import { Duplex } from 'node:stream';
import { joinBytes } from './backend-messages.ts';

/** What a stream needs of its engine. */
export interface StreamLink {
  /** Asks for a connection; answered by `established()`, or by destroying the stream with an error. */
  attach(stream: EngineStream): void;
  /** `bytes` are given away. */
  send(stream: EngineStream, bytes: Uint8Array<ArrayBuffer>): void;
  /** The connection has gone. May be called more than once. */
  detach(stream: EngineStream): void;
}

type Done = (error?: Error | null) => void;

/**
 * One connection to the engine, in the shape of the socket that `pg` expects: it carries the bytes of the
 * wire protocol, which go to the worker as messages.
 */
export class EngineStream extends Duplex {
  readonly #link: StreamLink;

  constructor(link: StreamLink) {
    super();
    this.#link = link;
    // Nothing is sent before there is a connection.
    this.cork();
  }

  /** Connects; emits 'connect' when it is done. Where to is known already: port and host are not looked at. */
  connect(): this {
    this.#link.attach(this);
    return this;
  }

  /** For the engine: the connection stands. */
  established(): void {
    this.uncork();
    this.emit('connect');
  }

  /** For the engine: bytes have come. */
  deliver(bytes: Uint8Array<ArrayBuffer>): void {
    if (!this.destroyed) this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }

  /** For the engine: the other side has ended the connection. */
  ended(): void {
    this.push(null);
    this.end();
  }

  // What pg calls on a socket. The engine keeps the process alive until it is closed, so ref and unref have
  // nothing to say.
  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: Done): void {
    // Copied, because pg keeps its buffers.
    this.#link.send(this, new Uint8Array(chunk));
    done();
  }

  override _writev(chunks: Array<{ chunk: Buffer }>, done: Done): void {
    this.#link.send(this, joinBytes(chunks.map(({ chunk }) => chunk)));
    done();
  }

  override _final(done: Done): void {
    this.#link.detach(this);
    this.push(null);
    done();
  }

  override _destroy(error: Error | null, done: Done): void {
    this.#link.detach(this);
    done(error);
  }
}
