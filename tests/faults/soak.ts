import 'reflect-metadata';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { EncodedPacketSink, FilePathSource, Input, WEBM } from 'mediabunny';
import { opusPacketSeconds } from '../../main/recordings/opus-packet.ts';
import { electronPath } from '../e2e/launch.ts';
import { feed } from './feed.ts';
import { measureLongTake } from './long-take.ts';
import { openMachine, rowFolder } from './machine.ts';
import { recordInRealTime } from './real-time.ts';
import { seededRandom, until } from './row.ts';

/** The longest gap that a recording may have beyond those of what it was fed, in ms. */
const GAP_MS = 250;
const GROWTH_MB = 50;

/**
 * `npm run test:soak`: one very long take, faster than real time, through the same operations as in the app; and with
 * `-- --real-minutes N` one in the app itself. Says how long the gaps are and how much memory was taken.
 */
export async function main(args: string[]): Promise<boolean> {
  const { values } = parseArgs({
    args,
    options: {
      minutes: { type: 'string', default: '240' },
      'long-minutes': { type: 'string', default: '35' },
      'real-minutes': { type: 'string', default: '0' },
    },
  });
  const minutes = Number(values.minutes);
  const longMinutes = Number(values['long-minutes']);
  const realMinutes = Number(values['real-minutes']);
  if (![minutes, longMinutes, realMinutes].every((value) => value >= 0)) {
    console.log('Usage: npm run test:soak -- [--minutes N] [--long-minutes N] [--real-minutes N]');
    return false;
  }
  const results = [
    minutes === 0 || (await recordFast(minutes)),
    longMinutes === 0 || !electronPath || (await waitAfter(longMinutes)),
    realMinutes === 0 || (await soakInRealTime(realMinutes)),
  ];
  return !results.includes(false);
}

async function recordFast(minutes: number): Promise<boolean> {
  const { folder, remove } = rowFolder();
  const machine = await openMachine(folder);
  const { recordings } = machine;
  const speaker = await recordings.speaker();
  const { id: interviewId, questions } = await recordings.interview(speaker);
  const state = async (id: string) => (await recordings.take(id)).state;
  // What is loaded on demand has been loaded then.
  const short = await speaker.record(questions[1] ?? '');
  await speaker.value('recordings.finish', { takeId: short });
  await until('a short one is finished', async () => (await state(short)) === 'FINISHED');
  const takeId = await speaker.record(questions[0] ?? '', []);
  const began = performance.now();
  const memory = new MemoryWatch();
  let sequence = 0;
  for await (const bytes of feed(minutes)) {
    await speaker.value('recordings.append', { takeId, sequence, bytes });
    sequence += 1;
    if (sequence % 2_000 === 0) memory.sample();
  }
  const stopped = performance.now();
  await speaker.value('recordings.finish', { takeId });
  const playable = performance.now();
  const recording = memory.growthMb;
  await until(
    'finished',
    async () => {
      memory.sample();
      return (await state(takeId)) === 'FINISHED';
    },
    300_000,
  );
  const finished = performance.now();
  const { durationMs, sizeBytes } = await recordings.take(takeId);
  const heard = await gapsOf(join(recordings.folder, interviewId, `${takeId}.webm`));
  await machine.close();
  remove();
  const good =
    heard.longestGapMs <= GAP_MS && memory.growthMb <= GROWTH_MB && durationMs === minutes * 60_000;
  console.log(
    [
      `${good ? 'ok  ' : 'FAIL'} ${minutes} minutes fed in ${seconds(stopped - began)} s: ${sequence} chunks`,
      `${((sizeBytes ?? 0) / 1e6).toFixed(1)} MB, ${heard.packets} packets, ${heard.ms / 1000} s`,
      `longest gap ${heard.longestGapMs} ms (aim ${GAP_MS})`,
      `playable after ${seconds(playable - stopped)} s, finished after ${seconds(finished - stopped)} s`,
      `memory ${memory} (aim ${GROWTH_MB}), ${recording.toFixed(0)} MB of it while recording`,
    ].join('; '),
  );
  return good;
}

/** What a person waits for after a long answer, in the app. */
async function waitAfter(minutes: number): Promise<boolean> {
  const { playableMs, finishedMs, seeksMs, drawnMs } = await measureLongTake(minutes, seededRandom(minutes));
  const slowest = Math.max(...seeksMs);
  const good = playableMs <= 1_000 && finishedMs <= 5_000 && slowest <= 300 && drawnMs <= 500;
  console.log(
    [
      `${good ? 'ok  ' : 'slow'} ${minutes} minutes in the app: playable ${seconds(playableMs)} s after the stop (aim 1)`,
      `finished ${seconds(finishedMs)} s after it (aim 5)`,
      `a jump takes ${seeksMs.toSorted((a, b) => a - b)[seeksMs.length >> 1]?.toFixed(0)} ms, at most ${slowest.toFixed(0)} ms (aim 300)`,
      `opened in the history, it is drawn and ready in ${drawnMs.toFixed(0)} ms (aim 500)`,
    ].join('; '),
  );
  return good;
}

async function soakInRealTime(minutes: number): Promise<boolean> {
  const { file, remove, lostMs, growthMb, note } = await recordInRealTime(minutes);
  const heard = await gapsOf(file);
  remove();
  const grown = Math.max(growthMb.main, growthMb.renderer);
  const good = heard.longestGapMs <= GAP_MS && grown <= GROWTH_MB && lostMs <= 500;
  console.log(
    [
      `${good ? 'ok  ' : 'FAIL'} ${minutes} minutes in real time: ${heard.packets} packets, ${lostMs} ms less than was spoken`,
      `longest gap ${heard.longestGapMs} ms (aim ${GAP_MS})`,
      `growth of main ${growthMb.main} MB, of the page ${growthMb.renderer} MB (aim ${GROWTH_MB}); ${note}`,
    ].join('; '),
  );
  return good;
}

/** Reads a finished file packet by packet: four hours are not held in memory. */
async function gapsOf(file: string): Promise<{ packets: number; ms: number; longestGapMs: number }> {
  const input = new Input({ source: new FilePathSource(file), formats: [WEBM] });
  const track = await input.getPrimaryAudioTrack();
  if (!track) throw new Error('The recording has no audio track.');
  let [packets, end, longest, sum] = [0, 0, 0, 0];
  for await (const { timestamp, data } of new EncodedPacketSink(track).packets()) {
    longest = Math.max(longest, timestamp - end);
    end = timestamp + opusPacketSeconds(data);
    sum += opusPacketSeconds(data);
    packets += 1;
  }
  input.dispose();
  return { packets, ms: Math.round(sum * 1000), longestGapMs: Math.round(longest * 1000) };
}

/** Memory of this process, garbage taken out, since the first sample. */
class MemoryWatch {
  readonly #collect: () => void;
  readonly #mb: number[] = [];

  constructor() {
    setFlagsFromString('--expose-gc');
    this.#collect = runInNewContext('gc') as () => void;
  }

  sample(): void {
    this.#collect();
    this.#mb.push(process.memoryUsage().rss / 2 ** 20);
  }

  get growthMb(): number {
    return Math.max(...this.#mb) - (this.#mb[0] ?? 0);
  }

  toString(): string {
    return `${(this.#mb[0] ?? 0).toFixed(0)} MB at first, ${this.growthMb.toFixed(0)} MB more at most`;
  }
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}
