import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { configure, ZipWriter } from '@zip.js/zip.js';
import { openIfThere, openNewestFile } from '../recordings/newest-file.ts';
import { takeFiles } from '../recordings/take-files.ts';
import type { PlannedRecording } from './plan-recordings.ts';

// In main there are no web workers; pieces are small, and everything else comes in between.
configure({ useWebWorkers: false });

const PIECE_BYTES = 128 * 1024;

/** What became of a recording. DAMAGED: not as its checksum says, or not readable to its end. */
export type KeptState = 'WHOLE' | 'UNFINISHED' | 'DAMAGED' | 'MISSING' | 'REMOVED';

export interface KeptRecording {
  readonly planned: PlannedRecording;
  readonly state: KeptState;
  /** Null where there is none. */
  readonly file: { readonly path: string; readonly bytes: number; readonly sha256: string } | null;
  /** The bytes that it was made of and that could not all be read. */
  readonly original: { readonly path: string; readonly bytes: number; readonly sha256: string } | null;
}

/** What an archive has to hold once it is written, by name. */
export type Entries = ReadonlyMap<string, { readonly bytes: number; readonly sha256: string }>;

/**
 * Writes an archive, recordings first, piece by piece: memory holds one of them at a time. A recording that is missing or
 * cannot be read to its end does not keep the rest from coming.
 *
 * @param file must not be there yet
 * @param parts.folder where recordings are; asked for each, since they may move meanwhile
 * @param parts.texts what is written once it is known what became of the recordings, by name, piece by piece
 * @throws errors of writing, such as ENOSPC; what `signal` was ended with
 */
export async function writeArchive(
  file: string,
  recordings: readonly PlannedRecording[],
  parts: {
    folder: () => string;
    texts: (kept: readonly KeptRecording[]) => Iterable<readonly [name: string, text: Iterable<string>]>;
    signal: AbortSignal;
    onBytes: (bytes: number) => void;
  },
): Promise<{ kept: KeptRecording[]; entries: Entries }> {
  const { folder, texts, signal, onBytes } = parts;
  const target = await open(file, 'wx', 0o600);
  let failure: unknown;
  const zip = new ZipWriter(
    new WritableStream<Uint8Array>({
      async write(piece) {
        try {
          await target.appendFile(piece);
        } catch (error) {
          failure ??= error;
          throw error;
        }
      },
    }),
    { keepOrder: true, extendedTimestamp: false },
  );
  const entries = new Map<string, { bytes: number; sha256: string }>();

  async function add(path: string, pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, level: number) {
    const hash = createHash('sha256');
    let bytes = 0;
    async function* noted() {
      for await (const piece of pieces) {
        signal.throwIfAborted();
        hash.update(piece);
        bytes += piece.length;
        yield piece;
      }
    }
    await zip.add(path, streamOf(noted()), { level });
    const entry = { bytes, sha256: hash.digest('hex') };
    entries.set(path, entry);
    return { path, ...entry };
  }

  async function addRecording(planned: PlannedRecording): Promise<KeptRecording> {
    const { takeId, interviewId, state, path, damagedPath } = planned;
    const find = () => openNewestFile(folder(), { id: takeId, interviewId, state });
    // Once more: between the two it may have been moved to another folder.
    const found = (await find()) ?? (await find());
    const aside = await openIfThere(takeFiles(folder(), interviewId, takeId).damaged);
    const original =
      aside &&
      (await add(
        damagedPath,
        readAll(aside, onBytes, () => undefined),
        0,
      ));
    if (!found) {
      return { planned, original, file: null, state: planned.isDiscarded ? 'REMOVED' : 'MISSING' };
    }
    let isCutOff = false;
    const pieces = readAll(
      found.handle,
      onBytes,
      () => {
        isCutOff = true;
      },
      found.size,
    );
    const written = await add(path, pieces, 0);
    const isAsNoted = !found.isFinished || planned.sha256 === null || planned.sha256 === written.sha256;
    const isDamaged = isCutOff || !isAsNoted;
    return {
      ...{ planned, original, file: written },
      state: isDamaged ? 'DAMAGED' : found.isFinished && planned.sha256 !== null ? 'WHOLE' : 'UNFINISHED',
    };
  }

  try {
    const kept: KeptRecording[] = [];
    for (const planned of recordings) {
      signal.throwIfAborted();
      kept.push(await addRecording(planned));
    }
    for (const [name, text] of texts(kept)) await add(name, encoded(text), 6);
    await zip.close();
    await target.sync();
    return { kept, entries };
  } catch (error) {
    throw failure ?? error;
  } finally {
    await target.close();
  }
}

/**
 * @param most no more than this, where the file may still grow
 * @param onFailure is told when the disk gives no more; what came until then stands
 */
async function* readAll(
  handle: FileHandle,
  onBytes: (bytes: number) => void,
  onFailure: () => void,
  most = Number.POSITIVE_INFINITY,
): AsyncGenerator<Uint8Array> {
  try {
    let at = 0;
    while (at < most) {
      const piece = new Uint8Array(Math.min(PIECE_BYTES, most - at));
      const bytesRead = await handle.read(piece, 0, piece.length, at).then(
        (read) => read.bytesRead,
        () => null,
      );
      if (bytesRead === null) return onFailure();
      if (bytesRead === 0) return;
      at += bytesRead;
      onBytes(bytesRead);
      yield piece.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

function* encoded(text: Iterable<string>): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  for (const piece of text) if (piece) yield encoder.encode(piece);
}

function streamOf(pieces: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
