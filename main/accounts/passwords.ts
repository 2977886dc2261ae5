import { Worker } from 'node:worker_threads';
import { passwordLimits } from '../../shared/model/limits.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import { workerEntry } from '../worker-entry.ts';
import type { BcryptTask, Compute, Outcome } from './bcrypt.ts';

export interface Passwords {
  /**
   * The bcrypt hash to keep for a new password.
   *
   * @throws OperationFailure INVALID_INPUT for a password that bcrypt would not read to its end
   */
  hash(password: string): Promise<string>;
  /**
   * Whether the password is the one behind a hash. With no hash (nobody has the address) it computes all the same and
   * answers false, so that the time tells nothing.
   */
  matches(password: string, hash: string | null): Promise<boolean>;
}

/** 2^12 rounds: about 0.26 s on the machines that we measured. */
const COST = 12;

/** A hash of nothing: 22 characters of salt and 31 of digest, all zero. What no account has is compared with it. */
const nobodysHash = (cost: number) => `$2b$${String(cost).padStart(2, '0')}$${'.'.repeat(53)}`;

/**
 * @param cost the base-2 logarithm of bcrypt's rounds; tests take fewer
 * @param compute for tests, which count
 */
export function createPasswords(cost = COST, compute: Compute = computeInThread): Passwords {
  return {
    async hash(password) {
      const readable = inFull(password);
      if (readable === null) {
        throw new OperationFailure(
          'INVALID_INPUT',
          `A password can have ${passwordLimits.maxBytes} bytes at most, and no null characters.`,
        );
      }
      return inTurn(() => compute({ kind: 'hash', password: readable, cost }));
    },
    async matches(password, hash) {
      const readable = inFull(password);
      const comparable = readable !== null && hash !== null;
      const equal = await inTurn(() =>
        compute({
          kind: 'compare',
          password: readable ?? '',
          hash: comparable ? hash : nobodysHash(cost),
        }),
      );
      return comparable && equal;
    },
  };
}

/**
 * The password as it is hashed, or null where bcrypt would read only a part of it: it ignores what is beyond 72 bytes,
 * and repeats what is shorter with a null byte between, so that `a` and `a\0a` are the same to it.
 *
 * The same letters can be typed as different code points, by system and keyboard: NFC makes them one (RFC 8265, 4.2).
 */
function inFull(password: string): string | null {
  const normal = password.normalize('NFC');
  if (normal.includes('\0') || Buffer.byteLength(normal) > passwordLimits.maxBytes) return null;
  return normal;
}

let last: Promise<unknown> = Promise.resolve();

/** One computation at a time: a rush of sign-ins leaves the other processors to the app. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = last.then(work);
  last = turn.catch(() => undefined);
  return turn;
}

/**
 * In a thread of its own: bcryptjs is asynchronous in slices of 100 ms, each of which stops everything else that main
 * does. Starting the thread takes a fraction of the computation.
 */
export function computeInThread<T extends BcryptTask>(task: T): Promise<Outcome<T>> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerEntry('bcrypt'), { workerData: task });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the bcrypt worker ended without an answer (${code})`)));
  });
}
