import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { Reader, ZipReader } from '@zip.js/zip.js';
import type { Entries } from './write-archive.ts';

/** What was written is not what can be read back. */
export class ArchiveDamagedError extends Error {
  override name = 'ArchiveDamagedError';
}

/**
 * Opens an archive again, as whoever gets it would, and compares everything in it with what had to go in.
 *
 * @throws ArchiveDamagedError; what `signal` was ended with
 */
export async function checkArchive(
  file: string,
  wanted: Entries,
  { signal, onBytes }: { signal: AbortSignal; onBytes: (bytes: number) => void },
): Promise<void> {
  const handle = await open(file, 'r');
  const zip = new ZipReader(new FileReader(handle, (await handle.stat()).size));
  try {
    let count = 0;
    for await (const entry of zip.getEntriesGenerator()) {
      const expected = wanted.get(entry.filename);
      if (!expected || entry.directory) throw damaged(entry.filename);
      const hash = createHash('sha256');
      let bytes = 0;
      const sink = new WritableStream<Uint8Array>({
        write(piece) {
          signal.throwIfAborted();
          hash.update(piece);
          bytes += piece.length;
          onBytes(piece.length);
        },
      });
      await entry.getData(sink, { checkSignature: true });
      if (bytes !== expected.bytes || hash.digest('hex') !== expected.sha256) throw damaged(entry.filename);
      count += 1;
    }
    if (count !== wanted.size) throw damaged(`${wanted.size - count} files`);
  } catch (error) {
    if (signal.aborted || error instanceof ArchiveDamagedError) throw error;
    throw new ArchiveDamagedError(`The file could not be read again (${String(error)}).`, { cause: error });
  } finally {
    await zip.close();
    await handle.close();
  }
}

function damaged(what: string): ArchiveDamagedError {
  return new ArchiveDamagedError(`${what} is not in the file as it was written.`);
}

class FileReader extends Reader<FileHandle> {
  readonly #handle: FileHandle;

  constructor(handle: FileHandle, size: number) {
    super(handle);
    this.#handle = handle;
    this.size = size;
  }

  override async readUint8Array(index: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(length);
    const { bytesRead } = await this.#handle.read(bytes, 0, length, index);
    return bytes.subarray(0, bytesRead);
  }
}
