/** A figure of Parley beside a baseline that was measured in the same run, alternating with it. */
export interface Measurement {
  name: string;
  /** Medians, in ms. */
  parleyMs: number;
  baselineMs: number;
  /** What the baseline is. */
  baseline: string;
  /** The largest ratio we aim for; null where there is no aim, only a figure to watch. */
  aim: number | null;
  rounds: number;
}

export function ratio({ parleyMs, baselineMs }: Measurement): number {
  return parleyMs / baselineMs;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 ? high : ((sorted[middle - 1] ?? Number.NaN) + high) / 2;
}

/** How long something takes, in ms. */
export async function timed(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return performance.now() - began;
}

/** Times two things in turn, so that a machine that slows down slows both. The first rounds warm up and do not count. */
export async function alternate(
  rounds: number,
  parley: () => Promise<number>,
  baseline: () => Promise<number>,
  warmUp = Math.ceil(rounds / 10),
): Promise<{ parleyMs: number; baselineMs: number; rounds: number }> {
  const times: { parley: number[]; baseline: number[] } = { parley: [], baseline: [] };
  for (let round = -warmUp; round < rounds; round += 1) {
    const one = await parley();
    const other = await baseline();
    if (round < 0) continue;
    times.parley.push(one);
    times.baseline.push(other);
  }
  return { parleyMs: median(times.parley), baselineMs: median(times.baseline), rounds };
}
