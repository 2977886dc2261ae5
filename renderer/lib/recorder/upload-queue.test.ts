import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { recordingFormat } from '../../../shared/model/recording.ts';
import { UploadQueue } from './upload-queue.ts';

/** Takes chunks as main does: in order, a repeated one harmless; flushed when the test says so. */
class Receiver {
  readonly received: Uint8Array[] = [];
  readonly calls: number[] = [];
  safe = 0;
  /** What the next calls throw, before or after they have taken the chunk. */
  readonly failures: { error: Error; afterTaking: boolean }[] = [];
  flushAtOnce = true;

  async append(sequence: number, bytes: Uint8Array) {
    this.calls.push(sequence);
    const failure = this.failures.shift();
    if (failure && !failure.afterTaking) throw failure.error;
    if (sequence > this.received.length) throw new Error(`gap before ${sequence}`);
    if (sequence === this.received.length) this.received.push(bytes);
    if (this.flushAtOnce) this.safe = this.received.length;
    if (failure) throw failure.error;
    return { safeSequence: this.safe };
  }

  get text(): string {
    return this.received.map((bytes) => new TextDecoder().decode(bytes)).join('');
  }
}

const passing = new Error('passing');
const final = new Error('final');

function queueInto(receiver: Receiver) {
  const safe: number[] = [];
  const trouble: unknown[] = [];
  const failures: unknown[] = [];
  const queue = new UploadQueue({
    append: (sequence, bytes) => receiver.append(sequence, bytes),
    isPassing: (error) => error !== final,
    onSafe: (ms) => safe.push(ms),
    onTrouble: (error) => trouble.push(error),
    onFailure: (error) => failures.push(error),
  });
  return { queue, safe, trouble, failures };
}

const chunk = (text: string) => new Blob([text]);

describe('the upload queue', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('sends chunks in order, one call at a time', async () => {
    const receiver = new Receiver();
    let running = 0;
    let most = 0;
    const append = receiver.append.bind(receiver);
    receiver.append = async (sequence, bytes) => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      const answer = await append(sequence, bytes);
      running -= 1;
      return answer;
    };
    const { queue } = queueInto(receiver);
    for (const letter of 'abcdefgh') queue.add(chunk(letter), 0);
    await queue.drained();
    expect(receiver.text).toBe('abcdefgh');
    expect(most).toBe(1);
    expect(receiver.calls).toEqual(receiver.calls.toSorted((a, b) => a - b));
  });

  it('leaves empty chunks out', async () => {
    const receiver = new Receiver();
    const { queue } = queueInto(receiver);
    queue.add(chunk(''), 10);
    queue.add(chunk('a'), 20);
    await queue.drained();
    expect(receiver.received).toHaveLength(1);
  });

  it('tries again, longer and longer apart, until main takes the chunk', async () => {
    const receiver = new Receiver();
    for (let i = 0; i < 7; i += 1) receiver.failures.push({ error: passing, afterTaking: false });
    const { queue, trouble } = queueInto(receiver);
    queue.add(chunk('a'), 250);
    queue.add(chunk('b'), 500);
    const drained = queue.drained();
    await vi.advanceTimersByTimeAsync(60_000);
    await drained;
    expect(receiver.text).toBe('ab');
    expect(trouble).toEqual([passing, null]);
  });

  it('is not fooled by a lost acknowledgement: the chunk is there once', async () => {
    const receiver = new Receiver();
    receiver.failures.push({ error: passing, afterTaking: true }, { error: passing, afterTaking: true });
    const { queue } = queueInto(receiver);
    queue.add(chunk('first '), 250);
    await vi.advanceTimersByTimeAsync(0);
    // Arrives between the tries: it must not slip into the batch that main may have already.
    queue.add(chunk('second'), 500);
    const drained = queue.drained();
    await vi.advanceTimersByTimeAsync(5_000);
    await drained;
    expect(receiver.text).toBe('first second');
  });

  it('sends together what has gathered while main was slow, within what main accepts', async () => {
    const receiver = new Receiver();
    receiver.failures.push({ error: passing, afterTaking: false });
    const { queue } = queueInto(receiver);
    queue.add(chunk('-'), 0);
    await vi.advanceTimersByTimeAsync(0);
    const large = 'x'.repeat(recordingFormat.maxChunkBytes * 2 + 17);
    for (let i = 0; i < 1000; i += 1) queue.add(chunk(`${i},`), i);
    queue.add(chunk(large), 1000);
    const drained = queue.drained();
    await vi.advanceTimersByTimeAsync(5_000);
    await drained;
    expect(receiver.text).toBe(`-${Array.from({ length: 1000 }, (_, i) => `${i},`).join('')}${large}`);
    expect(receiver.received.length).toBeLessThan(20);
    for (const bytes of receiver.received) {
      expect(bytes.byteLength).toBeLessThanOrEqual(recordingFormat.maxChunkBytes);
    }
  });

  it('says what is safe by what main has flushed, not by what it has taken', async () => {
    const receiver = new Receiver();
    receiver.flushAtOnce = false;
    const { queue, safe } = queueInto(receiver);
    queue.add(chunk('a'), 250);
    await queue.drained();
    expect(safe).toEqual([]);
    receiver.safe = 1;
    queue.add(chunk('b'), 500);
    await queue.drained();
    expect(safe).toEqual([250]);
  });

  it('asks again when nothing new arrives, so that a pause ends up safe too', async () => {
    const receiver = new Receiver();
    receiver.flushAtOnce = false;
    const { queue, safe } = queueInto(receiver);
    queue.add(chunk('a'), 250);
    await queue.drained();
    receiver.safe = 1;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(safe).toEqual([250]);
    expect(receiver.text).toBe('a');
  });

  it('stops at a failure that will not pass, keeps everything, and takes it up when asked', async () => {
    const receiver = new Receiver();
    receiver.failures.push({ error: final, afterTaking: false });
    const { queue, failures } = queueInto(receiver);
    queue.add(chunk('a'), 250);
    queue.add(chunk('b'), 500);
    await expect(queue.drained()).rejects.toBe(final);
    expect(failures).toEqual([final]);
    queue.add(chunk('c'), 750);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(receiver.calls).toHaveLength(1);
    queue.retry();
    await queue.drained();
    expect(receiver.text).toBe('abc');
  });

  it('goes on when a chunk arrives after the wait is over, though the timer is late', async () => {
    const receiver = new Receiver();
    receiver.failures.push({ error: passing, afterTaking: false });
    const queue = new UploadQueue({
      append: (sequence, bytes) => receiver.append(sequence, bytes),
      isPassing: () => true,
      onSafe: () => {},
      onTrouble: () => {},
      onFailure: () => {},
      wait: () => new Promise(() => {}),
    });
    queue.add(chunk('a'), 250);
    await vi.advanceTimersByTimeAsync(100);
    queue.add(chunk('b'), 350);
    await vi.advanceTimersByTimeAsync(0);
    expect(receiver.calls).toEqual([0]);
    await vi.advanceTimersByTimeAsync(200);
    queue.add(chunk('c'), 550);
    await queue.drained();
    expect(receiver.text).toBe('abc');
  });

  it('says when it holds as much as it may', async () => {
    const receiver = new Receiver();
    receiver.append = () => new Promise(() => {});
    const { queue } = queueInto(receiver);
    const megabyte = new Blob([new Uint8Array(1024 * 1024)]);
    for (let i = 0; i < 64; i += 1) queue.add(megabyte, i);
    expect(queue.isFull).toBe(false);
    queue.add(megabyte, 64);
    queue.add(megabyte, 65);
    expect(queue.isFull).toBe(true);
  });
});
