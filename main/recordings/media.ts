import type { FileHandle } from 'node:fs/promises';
import { validate as isUuid } from 'uuid';
import type { Database } from '../database/database.ts';
import type { SignedInPerson } from '../operations/handlers.ts';
import { parseByteRange } from './byte-range.ts';
import { openNewestFile } from './newest-file.ts';
import { findOwnTake, type OwnedTake } from './take-rows.ts';

/** How long a file stays open for a player that may ask for more of it, in ms. */
const KEEP_OPEN_MS = 2 * 60_000;
const PIECE_BYTES = 64 * 1024;

/** A file that a player reads piece by piece. It stays readable when another takes its name. */
interface OpenFile {
  handle: FileHandle;
  size: number;
  etag: string;
  /** Answers that are still being read. */
  readers: number;
  timer: NodeJS.Timeout | null;
  discarded: boolean;
}

/**
 * Serves takes to the people they belong to, at `media://takes/<id>` and `/media/takes/<id>`, with Range.
 *
 * A player asks for the start of a file and then, by offset, for more of it. Meanwhile the raw file may give way to the
 * finished one, whose bytes stand elsewhere. So what a player began with stays open for it: only a request from the
 * first byte on gets the newest file.
 */
export class Media {
  readonly #database: Pick<Database, 'dataSource'>;
  readonly #place: { readonly folder: string };
  readonly #files = new Map<string, OpenFile>();

  constructor(parts: { database: Pick<Database, 'dataSource'>; folder: string }) {
    this.#database = parts.database;
    this.#place = parts;
  }

  /** Never takes a file's name from the request: it names a row, and the row's ids name the file. */
  async respond(request: Request, person: SignedInPerson | null): Promise<Response> {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return plain(405, 'Recordings can only be read.', { allow: 'GET, HEAD' });
    }
    if (!person) return plain(401, 'Please sign in first.');
    const takeId = takeIdIn(request.url);
    const owned = takeId && (await findOwnTake(this.#database.dataSource, takeId, person.id));
    if (!owned) return plain(404, 'There is no such recording.');
    const key = `${owned.interviewId} ${owned.take.id} ${person.sessionId}`;
    const file = await this.#fileFor(owned, key, request);
    if (!file) return plain(404, 'The file of this recording is missing on this machine.');
    return this.#serve(file, request);
  }

  /** Closes the files of one interview, or all, as soon as nobody reads them. */
  discard(interviewId = ''): void {
    for (const [key, file] of this.#files) {
      if (!key.startsWith(interviewId)) continue;
      this.#files.delete(key);
      file.discarded = true;
      closeIfUnused(file);
    }
  }

  async #fileFor(owned: OwnedTake, key: string, request: Request): Promise<OpenFile | null> {
    const begun = this.#files.get(key);
    const wanted = request.headers.get('if-range');
    const goesOn = /^bytes=\s*(?:-|0*[1-9])/i.test(request.headers.get('range') ?? '');
    if (begun && goesOn && (wanted === null || wanted === begun.etag)) return begun;
    const newest = await openNewest(this.#place.folder, owned);
    if (!newest) return null;
    // Two requests may have come at once: what is in the map by now is closed by the one that replaces it.
    const replaced = this.#files.get(key);
    if (replaced) {
      replaced.discarded = true;
      closeIfUnused(replaced);
    }
    this.#files.set(key, newest);
    this.#closeLater(key, newest);
    return newest;
  }

  #serve(file: OpenFile, request: Request): Response {
    const headers = new Headers({
      'content-type': 'audio/webm',
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      etag: file.etag,
    });
    const ifRange = request.headers.get('if-range');
    const asked = ifRange === null || ifRange === file.etag ? request.headers.get('range') : null;
    const range = parseByteRange(asked, file.size);
    if (range === 'unsatisfiable') {
      headers.delete('content-type');
      headers.set('content-range', `bytes */${file.size}`);
      return new Response(null, { status: 416, headers });
    }
    const { start, end } = range ?? { start: 0, end: file.size };
    headers.set('content-length', String(end - start));
    if (range) headers.set('content-range', `bytes ${start}-${end - 1}/${file.size}`);
    const body = request.method === 'HEAD' || end === start ? null : readPieces(file, start, end);
    return new Response(body, { status: range ? 206 : 200, headers });
  }

  #closeLater(key: string, file: OpenFile): void {
    file.timer = setTimeout(() => {
      if (file.readers > 0) return this.#closeLater(key, file);
      if (this.#files.get(key) === file) this.#files.delete(key);
      file.discarded = true;
      closeIfUnused(file);
    }, KEEP_OPEN_MS);
    file.timer.unref();
  }
}

async function openNewest(folder: string, { take, interviewId }: OwnedTake): Promise<OpenFile | null> {
  const found = await openNewestFile(folder, { id: take.id, interviewId, state: take.state });
  if (!found) return null;
  const { handle, size, isFinished } = found;
  const etag = isFinished ? `"${take.sha256 ?? `finished-${size}`}"` : `"raw-${size}"`;
  return { handle, size, etag, readers: 0, timer: null, discarded: false };
}

function readPieces(file: OpenFile, start: number, end: number): ReadableStream<Uint8Array> {
  let at = start;
  let reading = true;
  file.readers += 1;
  const done = () => {
    if (!reading) return;
    reading = false;
    file.readers -= 1;
    closeIfUnused(file);
  };
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const piece = new Uint8Array(Math.min(PIECE_BYTES, end - at));
        const { bytesRead } = await file.handle.read(piece, 0, piece.byteLength, at);
        if (bytesRead === 0) throw new Error('The recording ended sooner than it should.');
        controller.enqueue(piece.subarray(0, bytesRead));
        at += bytesRead;
        if (at < end) return;
        controller.close();
        done();
      } catch (error) {
        done();
        throw error;
      }
    },
    cancel: done,
  });
}

function closeIfUnused(file: OpenFile): void {
  if (!file.discarded || file.readers > 0) return;
  if (file.timer) clearTimeout(file.timer);
  // Reading is over; a file opened for reading has nothing to lose in closing.
  file.handle.close().catch(() => undefined);
}

/** @returns null for every address but `media://takes/<uuid>` and `http…/media/takes/<uuid>` */
function takeIdIn(address: string): string | null {
  const match = /^(?:media:\/\/|https?:\/\/[^/?#]+\/media\/)takes\/([0-9a-f-]{36})(?:[?#].*)?$/.exec(address);
  const id = match?.[1];
  return id && isUuid(id) ? id : null;
}

function plain(status: number, text: string, headers: Record<string, string> = {}): Response {
  return new Response(text, {
    status,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...headers,
    },
  });
}
