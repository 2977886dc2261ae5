import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DiskRoom } from '../../../shared/model/recording.ts';
import { type Microphone, MicrophoneError } from './microphone.ts';
import { Recorder } from './recorder.ts';
import { isCapturing, mayGo, recorderPhases } from './recorder-state.ts';
import type { Refusal, TakeKeeper } from './running-take.ts';

/** A microphone under the test's control. */
class FakeMicrophone implements Microphone {
  readonly deviceId: string;
  readonly label = 'Fake';
  readonly stream = {} as MediaStream;
  open = true;
  muted = false;
  readonly #level = new Set<(dbfs: number, peakDbfs: number) => void>();
  readonly #lost = new Set<() => void>();
  readonly #muted = new Set<(muted: boolean) => void>();
  readonly #replaced = new Set<() => void>();

  constructor(deviceId: string) {
    this.deviceId = deviceId;
  }

  onLevel(listener: (dbfs: number, peakDbfs: number) => void) {
    this.#level.add(listener);
    return () => this.#level.delete(listener);
  }
  onLost(listener: () => void) {
    this.#lost.add(listener);
    return () => this.#lost.delete(listener);
  }
  onMuted(listener: (muted: boolean) => void) {
    this.#muted.add(listener);
    return () => this.#muted.delete(listener);
  }
  onReplaced(listener: () => void) {
    this.#replaced.add(listener);
    return () => this.#replaced.delete(listener);
  }
  close() {
    this.open = false;
  }

  hear(dbfs: number, peakDbfs = dbfs) {
    for (const listener of this.#level) listener(dbfs, peakDbfs);
  }
  unplug() {
    for (const listener of this.#lost) listener();
  }
  replace() {
    for (const listener of this.#replaced) listener();
  }
  mute(muted: boolean) {
    this.muted = muted;
    for (const listener of this.#muted) listener(muted);
  }
}

/** Behaves as Chromium's: a chunk each time slice, the last one and `stop` only after `stop()`. */
class FakeEncoder {
  state: RecordingState = 'inactive';
  ondataavailable: ((event: { data: Blob }) => void) | null = null;
  onstop: (() => void) | null = null;
  onerror: (() => void) | null = null;
  stalled = false;
  #made = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  start(sliceMs: number) {
    this.state = 'recording';
    this.#timer = setInterval(() => {
      if (this.state === 'recording' && !this.stalled) this.requestData();
    }, sliceMs);
  }
  requestData() {
    this.#made += 1;
    this.ondataavailable?.({ data: new Blob([`${this.#made} `]) });
  }
  pause() {
    this.state = 'paused';
  }
  resume() {
    this.state = 'recording';
  }
  stop() {
    this.state = 'inactive';
    clearInterval(this.#timer);
    queueMicrotask(() => {
      this.ondataavailable?.({ data: new Blob(['last']) });
      this.onstop?.();
    });
  }
}

class Refused extends Error {
  readonly refusal: Refusal;
  constructor(kind: Refusal['kind'], takeEnded = false) {
    super(`refused: ${kind}`);
    this.refusal = { kind, takeEnded };
  }
}

/** The recorder with a fake microphone and encoder, and a main that keeps what it is given. */
function studio() {
  const microphones: FakeMicrophone[] = [];
  const encoders: FakeEncoder[] = [];
  const log: string[] = [];
  const takes = new Map<string, string[]>();
  const disk: { room: DiskRoom } = { room: 'ample' };
  const refusals: { begin?: Error; append?: Error; finish?: Error; open?: Error } = {};
  const keeper: TakeKeeper = {
    async begin(questionId) {
      if (refusals.begin) throw refusals.begin;
      const takeId = `${questionId}-${takes.size + 1}`;
      takes.set(takeId, []);
      log.push(`begin ${takeId}`);
      return { takeId };
    },
    async append(takeId, sequence, bytes) {
      if (refusals.append) throw refusals.append;
      const take = takes.get(takeId) ?? [];
      take[sequence] = new TextDecoder().decode(bytes);
      return { safeSequence: take.length, disk: disk.room };
    },
    async finish(takeId) {
      if (refusals.finish) throw refusals.finish;
      log.push(`finish ${takeId}: ${takes.get(takeId)?.join('')}`);
      return { takeId, durationMs: 1, audioUrl: `media://takes/${takeId}` };
    },
    judge: (error) => (error instanceof Refused ? error.refusal : { kind: 'passing', takeEnded: false }),
  };
  const recorder = new Recorder({
    async openMicrophone(deviceId) {
      if (refusals.open) throw refusals.open;
      const microphone = new FakeMicrophone(deviceId ?? 'usual');
      microphones.push(microphone);
      return microphone;
    },
    encode() {
      const encoder = new FakeEncoder();
      encoders.push(encoder);
      return encoder as unknown as MediaRecorder;
    },
    keeper,
  });
  const last = <T>(list: T[]) => {
    const item = list.at(-1);
    if (!item) throw new Error('There is none yet.');
    return item;
  };
  return {
    recorder,
    log,
    disk,
    refusals,
    takes,
    microphone: () => last(microphones),
    encoder: () => last(encoders),
    allMicrophones: microphones,
  };
}

const assignment = { questionId: 'q', thinkTimeMs: 30_000, answerTimeMs: 60_000 };
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

async function recording(answerTimeMs = 60_000) {
  const set = studio();
  await set.recorder.think({ ...assignment, answerTimeMs }, null);
  set.recorder.record();
  return set;
}

describe('the recorder', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('checks a microphone, thinks, records, finishes and has saved every chunk in order', async () => {
    const { recorder, log, microphone } = studio();
    await recorder.check('desk');
    expect(recorder.state.phase).toBe('checking');
    expect(recorder.state.microphone?.deviceId).toBe('desk');
    await recorder.think(assignment, 'desk');
    expect(recorder.state.phase).toBe('thinking');
    recorder.record();
    expect(recorder.state.phase).toBe('recording');
    await pass(1000);
    const stopped = recorder.stop();
    expect(recorder.state.phase).toBe('finishing');
    await stopped;
    expect(recorder.state).toMatchObject({ phase: 'saved', elapsedMs: 1000, safeMs: 1000, problem: null });
    expect(recorder.state.saved?.takeId).toBe('q-1');
    expect(log).toEqual(['begin q-1', 'finish q-1: 1 2 3 4 last']);
    expect(microphone().open).toBe(false);
  });

  it('starts by itself when the think time is over', async () => {
    const { recorder } = studio();
    await recorder.think(assignment, null);
    await pass(29_000);
    expect(recorder.state.phase).toBe('thinking');
    expect(recorder.state.thinkLeftMs).toBeLessThan(1_300);
    await pass(1_500);
    expect(recorder.state.phase).toBe('recording');
  });

  it('remembers that it was told to start while the microphone was still opening', async () => {
    const { recorder } = studio();
    void recorder.think(assignment, null);
    recorder.record();
    expect(recorder.state.phase).toBe('thinking');
    await pass(500);
    expect(recorder.state.phase).toBe('recording');
  });

  it('stops at the limit, and keeps the answer', async () => {
    const { recorder, log } = await recording(2_000);
    await pass(3_000);
    expect(recorder.state).toMatchObject({ phase: 'saved', stoppedAtLimit: true });
    expect(log.at(-1)).toMatch(/^finish q-1: .*last$/);
  });

  it('holds the limit by the chunks alone, where the timers of the page do not run', async () => {
    const { recorder, encoder } = await recording(2_000);
    vi.setSystemTime(Date.now() + 2_100);
    const now = performance.now();
    vi.spyOn(performance, 'now').mockReturnValue(now + 2_100);
    encoder().requestData();
    vi.mocked(performance.now).mockRestore();
    expect(recorder.state.phase).toBe('finishing');
  });

  it('does not count a pause, nor the time the machine slept', async () => {
    const { recorder, microphone } = await recording(10_000);
    await pass(1_000);
    recorder.pause();
    expect(recorder.state.phase).toBe('paused');
    await pass(60_000);
    recorder.resume();
    await pass(1_000);
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 3_600_000);
    microphone().hear(-30);
    vi.mocked(performance.now).mockRestore();
    expect(recorder.state.phase).toBe('recording');
    expect(recorder.state.elapsedMs).toBeLessThanOrEqual(2_000 + 5_000);
  });

  it('sends what was said before a pause when the pause begins', async () => {
    const { recorder, takes } = await recording();
    await pass(100);
    recorder.pause();
    await pass(0);
    expect(takes.get('q-1')).toEqual(['1 ']);
    expect(recorder.state.safeMs).toBe(100);
  });

  it('keeps what was said when the microphone is lost, says so, and stores it when told to stop', async () => {
    const { recorder, log, takes, microphone } = await recording();
    await pass(1_000);
    microphone().unplug();
    await pass(0);
    expect(recorder.state).toMatchObject({
      ...{ phase: 'paused', problem: { code: 'device-lost' }, microphone: null, elapsedMs: 1_000 },
    });
    expect(takes.get('q-1')?.join('')).toBe('1 2 3 4 last');
    expect(microphone().open).toBe(false);
    await recorder.stop();
    expect(recorder.state).toMatchObject({ phase: 'saved', problem: null });
    expect(log.at(-1)).toBe('finish q-1: 1 2 3 4 last');
  });

  it('goes on in the same answer with another microphone, as often as one is lost', async () => {
    const { recorder, log, encoder, microphone } = await recording();
    await pass(500);
    microphone().unplug();
    await pass(30_000);
    await recorder.continueWith('other');
    expect(recorder.state).toMatchObject({
      ...{ phase: 'recording', problem: null, microphone: { deviceId: 'other' }, elapsedMs: 500 },
    });
    await pass(500);
    // Nobody asked it to stop: what it captured from is gone.
    encoder().stop();
    await pass(0);
    expect(recorder.state).toMatchObject({ phase: 'paused', elapsedMs: 1_000 });
    await recorder.continueWith(null);
    await pass(250);
    await recorder.stop();
    expect(recorder.state).toMatchObject({ phase: 'saved', elapsedMs: 1_250 });
    expect(log).toEqual(['begin q-1', 'finish q-1: 1 2 last1 2 last1 last']);
  });

  it('says why no microphone opens, waits on, and closes one that opens too late', async () => {
    const { recorder, refusals, allMicrophones, microphone } = await recording();
    await pass(500);
    recorder.pause();
    microphone().unplug();
    recorder.resume();
    expect(recorder.state.phase).toBe('paused');
    refusals.open = new MicrophoneError('no-microphone');
    await recorder.continueWith(null);
    expect(recorder.state).toMatchObject({ phase: 'paused', problem: { code: 'no-microphone' } });
    refusals.open = undefined;
    const opening = recorder.continueWith(null);
    await recorder.stop();
    await opening;
    expect(recorder.state.phase).toBe('saved');
    expect(allMicrophones.every(({ open }) => !open)).toBe(true);
  });

  it.each(['checking', 'thinking'] as const)(
    'is interrupted when the microphone goes while %s',
    async (phase) => {
      const { recorder, microphone } = studio();
      if (phase === 'checking') await recorder.check(null);
      else await recorder.think(assignment, null);
      microphone().unplug();
      expect(recorder.state).toMatchObject({
        phase: 'interrupted',
        problem: { code: 'device-lost' },
        saved: null,
      });
    },
  );

  it('says why a microphone cannot be opened, and can be tried again', async () => {
    const { recorder, refusals } = studio();
    refusals.open = new MicrophoneError('permission-denied');
    await recorder.check(null);
    expect(recorder.state).toMatchObject({ phase: 'interrupted', problem: { code: 'permission-denied' } });
    refusals.open = undefined;
    await recorder.check(null);
    expect(recorder.state).toMatchObject({ phase: 'checking', problem: null });
  });

  it('closes the microphone it had when another is chosen', async () => {
    const { recorder, allMicrophones } = studio();
    await recorder.check('one');
    await recorder.check('two');
    expect(allMicrophones.map(({ deviceId, open }) => [deviceId, open])).toEqual([
      ['one', false],
      ['two', true],
    ]);
  });

  it('warns when no chunk comes for 3 s, and takes it back when one does', async () => {
    const { recorder, encoder, microphone } = await recording();
    encoder().stalled = true;
    for (let i = 0; i < 40; i += 1) {
      await pass(100);
      microphone().hear(-30);
    }
    expect(recorder.state.warnings).toEqual(['no-chunks']);
    encoder().stalled = false;
    await pass(300);
    expect(recorder.state.warnings).toEqual([]);
  });

  it('warns when nothing is heard for 3 s, and when the microphone is muted', async () => {
    const { recorder, microphone } = await recording();
    microphone().hear(-30);
    await pass(2_000);
    microphone().hear(-90);
    expect(recorder.state.warnings).toEqual([]);
    await pass(1_500);
    expect(recorder.state.warnings).toEqual(['silent']);
    microphone().mute(true);
    expect(recorder.state.warnings).toEqual(['muted', 'silent']);
    microphone().mute(false);
    microphone().hear(-40);
    expect(recorder.state.warnings).toEqual([]);
  });

  it('says that a microphone is muted from the start, also when the recording begins', async () => {
    const { recorder, microphone } = studio();
    await recorder.check(null);
    microphone().mute(true);
    await recorder.think(assignment, null);
    expect(recorder.state.warnings).toEqual(['muted']);
    recorder.record();
    expect(recorder.state).toMatchObject({ phase: 'recording', warnings: ['muted'] });
    microphone().mute(false);
    expect(recorder.state.warnings).toEqual([]);
  });

  it('warns when peaks are cut off again and again, not of a single knock, and takes it back', async () => {
    const { recorder, microphone } = await recording();
    const hear = async (windows: number, peakDbfs: number) => {
      for (let i = 0; i < windows; i += 1) {
        microphone().hear(-12, peakDbfs);
        await pass(50);
      }
    };
    await hear(2, 0);
    await hear(30, -6);
    await hear(1, 0);
    expect(recorder.state.warnings).toEqual([]);
    await hear(2, -0.05);
    expect(recorder.state.warnings).toEqual(['clipping']);
    await hear(40, -6);
    expect(recorder.state.warnings).toEqual(['clipping']);
    await hear(30, -6);
    expect(recorder.state.warnings).toEqual([]);
  });

  it('warns while the disk has little room, more urgently when less than an hour fits', async () => {
    const { recorder, disk } = await recording();
    disk.room = 'low';
    await pass(300);
    expect(recorder.state.warnings).toEqual(['disk-low']);
    disk.room = 'nearly-full';
    await pass(300);
    expect(recorder.state).toMatchObject({ phase: 'recording', warnings: ['disk-nearly-full'] });
    disk.room = 'ample';
    await pass(300);
    expect(recorder.state.warnings).toEqual([]);
  });

  it('hands over what was said when the computer goes to sleep, and says so when it slept', async () => {
    const { recorder, takes } = await recording();
    await pass(100);
    recorder.notePower('suspend');
    await pass(0);
    expect(takes.get('q-1')).toEqual(['1 ']);
    vi.setSystemTime(Date.now() + 60_000);
    recorder.notePower('resume');
    expect(recorder.state).toMatchObject({ phase: 'recording', warnings: ['slept'] });
  });

  it('sees by its clocks that the computer slept, and takes no stalled page for sleep', async () => {
    const { recorder, encoder } = await recording();
    await pass(1_000);
    encoder().stalled = true;
    await pass(4_000);
    encoder().stalled = false;
    await pass(300);
    expect(recorder.state.warnings).toEqual([]);
    vi.setSystemTime(Date.now() + 60_000);
    await pass(300);
    expect(recorder.state).toMatchObject({ phase: 'recording', warnings: ['slept'] });
  });

  it('says for a while that it went on behind a locked screen', async () => {
    const { recorder } = await recording();
    recorder.notePower('lock');
    await pass(5_000);
    expect(recorder.state).toMatchObject({ phase: 'recording', warnings: [] });
    recorder.notePower('unlock');
    expect(recorder.state.warnings).toEqual(['went-on-locked']);
    await pass(16_000);
    expect(recorder.state.warnings).toEqual([]);
  });

  it('goes on with its microphone, and says so, when the system turns to another', async () => {
    const { recorder, microphone } = await recording();
    microphone().replace();
    expect(recorder.state).toMatchObject({ phase: 'recording', warnings: ['replaced'] });
  });

  it('goes on recording while main does not answer, warns, and loses nothing', async () => {
    const { recorder, refusals, log } = await recording();
    refusals.append = new Error('unreachable');
    await pass(1_000);
    expect(recorder.state).toMatchObject({ phase: 'recording', warnings: ['saving-slowly'], safeMs: 0 });
    refusals.append = undefined;
    await pass(10_000);
    expect(recorder.state.warnings).not.toContain('saving-slowly');
    expect(recorder.state.safeMs).toBeGreaterThan(10_500);
    await recorder.stop();
    expect(log.at(-1)).toBe(`finish q-1: ${Array.from({ length: 44 }, (_, i) => `${i + 1} `).join('')}last`);
  });

  it('stops when the disk is full, holds what could not be stored, and stores it when there is room', async () => {
    const { recorder, refusals, log } = await recording();
    await pass(500);
    refusals.append = new Refused('disk-full');
    await pass(500);
    expect(recorder.state).toMatchObject({
      phase: 'interrupted',
      problem: { code: 'disk-full', message: 'refused: disk-full' },
      unsaved: true,
    });
    expect(await recorder.copy()?.text()).toBe('1 2 3 last');
    refusals.append = undefined;
    await recorder.retrySaving();
    expect(recorder.state).toMatchObject({ phase: 'saved', unsaved: false });
    expect(log.at(-1)).toBe('finish q-1: 1 2 3 last');
  });

  it('stores the whole answer anew where main has closed the take', async () => {
    const { recorder, refusals, log } = await recording();
    await pass(500);
    refusals.append = new Refused('disk-full', true);
    await pass(500);
    refusals.append = undefined;
    await recorder.retrySaving();
    expect(recorder.state).toMatchObject({ phase: 'saved', saved: { takeId: 'q-2' } });
    expect(log).toEqual(['begin q-1', 'begin q-2', 'finish q-2: 1 2 3 last']);
  });

  it('has nothing to keep of a take in which nothing was recorded', async () => {
    const { recorder, refusals } = await recording();
    refusals.finish = new Refused('empty', true);
    await recorder.stop();
    expect(recorder.state).toMatchObject({
      phase: 'interrupted',
      problem: { code: 'nothing-recorded' },
      unsaved: false,
    });
  });

  it('says when main refuses the take for good', async () => {
    const set = studio();
    set.refusals.begin = new Refused('final');
    await set.recorder.think(assignment, null);
    set.recorder.record();
    await pass(500);
    expect(set.recorder.state).toMatchObject({
      phase: 'interrupted',
      problem: { code: 'not-saved' },
      unsaved: true,
    });
  });

  it('cannot be released, checked or sent to another question while it records', async () => {
    const { recorder, microphone } = await recording();
    recorder.release();
    await recorder.check('other');
    await recorder.think({ ...assignment, questionId: 'other' }, null);
    expect(recorder.state).toMatchObject({ phase: 'recording', questionId: 'q' });
    expect(microphone().open).toBe(true);
  });

  it('closes a microphone that opens after it was released', async () => {
    const { recorder, allMicrophones } = studio();
    const opening = recorder.check(null);
    recorder.release();
    await opening;
    expect(recorder.state.phase).toBe('idle');
    expect(allMicrophones.map(({ open }) => open)).toEqual([false]);
  });

  it('can be interrupted from every phase, and never goes from capturing to anything that forgets', () => {
    for (const phase of recorderPhases) {
      expect(mayGo(phase, 'interrupted')).toBe(true);
      if (isCapturing(phase)) {
        for (const forgetful of ['idle', 'checking', 'thinking'] as const) {
          expect(mayGo(phase, forgetful)).toBe(false);
        }
      }
    }
  });

  describe('handing over to the next answer', () => {
    const next = { questionId: 'next', answerTimeMs: 60_000 };

    it('begins the next before the one before stops, on one microphone, and main hears of them in turn', async () => {
      const { recorder, log, encoder, allMicrophones } = await recording();
      await pass(1000);
      const before = encoder();
      expect(recorder.handOver(next)).toBe(true);
      expect(encoder()).not.toBe(before);
      // What the new one has not begun to hear, the old one still does.
      expect([before.state, encoder().state]).toEqual(['recording', 'recording']);
      expect(recorder.state).toMatchObject({
        phase: 'recording',
        questionId: 'next',
        elapsedMs: 0,
        safeMs: 0,
      });
      await pass(500);
      expect(before.state).toBe('inactive');
      await recorder.stop();
      expect(recorder.state).toMatchObject({ phase: 'saved', leftBehind: 0 });
      expect(log).toEqual([
        ...['begin q-1', 'finish q-1: 1 2 3 4 5 last'],
        ...['begin next-2', 'finish next-2: 1 2 last'],
      ]);
      expect(allMicrophones).toHaveLength(1);
    });

    it('holds the chunks of the next back until main has the one before, however often it is done', async () => {
      const { recorder, log, refusals } = await recording();
      await pass(500);
      refusals.finish = new Error('busy');
      recorder.handOver(next);
      await pass(100);
      recorder.handOver({ ...next, questionId: 'third' });
      await pass(250);
      expect(log).toEqual(['begin q-1']);
      delete refusals.finish;
      await pass(10_000);
      const stopped = recorder.stop();
      await pass(10_000);
      await stopped;
      expect(log.map((line) => line.split(':')[0])).toEqual([
        ...['begin q-1', 'finish q-1', 'begin next-2', 'finish next-2', 'begin third-3', 'finish third-3'],
      ]);
      expect(recorder.state.leftBehind).toBe(0);
    });

    it('goes on where main refuses the one before, says so, and stores it when asked again', async () => {
      const { recorder, log, refusals } = await recording();
      await pass(500);
      refusals.finish = new Refused('final');
      recorder.handOver(next);
      await pass(300);
      expect(recorder.state).toMatchObject({ phase: 'recording', questionId: 'next', leftBehind: 1 });
      expect(await recorder.copiesLeftBehind()[0]?.text()).toBe('1 2 3 last');
      delete refusals.finish;
      await recorder.retryLeftBehind();
      expect(recorder.state.leftBehind).toBe(0);
      expect(log).toContain('finish q-1: 1 2 3 last');
      await recorder.stop();
      expect(recorder.state.phase).toBe('saved');
    });

    it('still tells of a microphone that is lost afterwards, and keeps both answers', async () => {
      const { recorder, log, microphone } = await recording();
      await pass(500);
      recorder.handOver(next);
      await pass(500);
      microphone().unplug();
      await pass(10);
      expect(recorder.state).toMatchObject({ phase: 'paused', problem: { code: 'device-lost' } });
      await recorder.stop();
      expect(log).toContain('finish q-1: 1 2 3 last');
      expect(log).toContain('finish next-2: 1 2 last');
    });

    it('is refused while nothing is recorded', async () => {
      const { recorder } = studio();
      expect(recorder.handOver(next)).toBe(false);
      await recorder.think(assignment, null);
      expect(recorder.handOver(next)).toBe(false);
      recorder.record();
      recorder.pause();
      expect(recorder.handOver(next)).toBe(false);
    });
  });
});
