import { statfs } from 'node:fs/promises';
import { type DiskRoom, recordingFormat } from '../../shared/model/recording.ts';
import { OperationFailure } from '../operations/operation-failure.ts';

/** What the disk must have left beside an answer of full length, raw and finished: the database needs room too. */
const RESERVE_BYTES = 32 * 1024 * 1024;
const LOW_BYTES = 500_000_000;
const LOOK_EVERY_MS = 3_000;

export const NO_ROOM =
  'There is too little room on the disk to record an answer safely. Free some space, then try again.';

/** Looks now and then how much room the disk of the recordings has. Nobody ever waits for a look but who begins. */
export class DiskWatch {
  readonly #freeBytes: (folder: string) => Promise<number>;
  #room: DiskRoom = 'ample';
  #lookedAt = Number.NEGATIVE_INFINITY;

  /** @param freeBytes what an unprivileged program may still write */
  constructor(freeBytes: (folder: string) => Promise<number> = freeBytesOf) {
    this.#freeBytes = freeBytes;
  }

  /** @throws OperationFailure DISK_FULL when an answer of full length might not fit */
  async require(folder: string, answerTimeMs: number): Promise<void> {
    if ((await this.#look(folder)) < neededFor(answerTimeMs))
      throw new OperationFailure('DISK_FULL', NO_ROOM);
  }

  /** As it was at the latest look, some seconds ago at most while this is asked again and again. */
  room(folder: string): DiskRoom {
    if (performance.now() - this.#lookedAt > LOOK_EVERY_MS) {
      // A disk that cannot be asked is heard of from the writing.
      void this.#look(folder).catch(() => undefined);
    }
    return this.#room;
  }

  async #look(folder: string): Promise<number> {
    this.#lookedAt = performance.now();
    const free = await this.#freeBytes(folder);
    this.#room = free < neededFor(60 * 60_000) ? 'nearly-full' : free < LOW_BYTES ? 'low' : 'ample';
    return free;
  }
}

/** Bytes for an answer, raw and finished, and what must be left beside it. */
function neededFor(answerTimeMs: number): number {
  return 2 * (answerTimeMs / 1000) * (recordingFormat.bitsPerSecond / 8) + RESERVE_BYTES;
}

async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
