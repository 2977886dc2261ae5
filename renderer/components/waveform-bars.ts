/** What a waveform is drawn from, as `recordings.peaks` gives it. */
export interface Peaks {
  durationMs: number;
  bucketMs: number;
  peaks: Uint8Array;
}

/**
 * The heights of a waveform's bars, 0…1: the loudest moment that each stands for.
 *
 * @param lengthMs what the bars stand for together; nothing is heard where the peaks end before that
 */
export function barsOf({ peaks, bucketMs }: Peaks, lengthMs: number, count: number): number[] {
  const bucketsPerBar = lengthMs / bucketMs / count;
  return Array.from({ length: count }, (_, bar) => {
    const from = Math.floor(bar * bucketsPerBar);
    const to = Math.max(from + 1, Math.ceil((bar + 1) * bucketsPerBar));
    let loudest = 0;
    for (let bucket = from; bucket < to; bucket += 1) loudest = Math.max(loudest, peaks[bucket] ?? 0);
    return loudest / 255;
  });
}
