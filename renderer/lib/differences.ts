/** A thing in words, part by part. */
export type InWords = readonly { what: string; says: string }[];

/** One part that two things say differently. */
export interface Difference {
  what: string;
  before: string;
  after: string;
}

/** @param before, after the same parts in the same order */
export function differencesOf(before: InWords, after: InWords): Difference[] {
  return before
    .map(({ what, says }, index) => ({ what, before: says, after: after[index]?.says ?? '' }))
    .filter((part) => part.before !== part.after);
}

/** A run of words that both have, or that only one of them has. */
export interface Run {
  kind: 'both' | 'before' | 'after';
  text: string;
}

const words = /\s+|[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]+/gu;

/** Beyond so many pairs of words, two texts are shown whole, one after the other. */
const mostPairs = 1_000_000;

/** Compares two texts word by word, by their longest common subsequence. */
export function compareWords(before: string, after: string): Run[] {
  const a = before.match(words) ?? [];
  const b = after.match(words) ?? [];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const middle = compareMiddle(a.slice(start, a.length - end), b.slice(start, b.length - end));
  return joined([
    ...a.slice(0, start).map((text): Run => ({ kind: 'both', text })),
    ...middle,
    ...a.slice(a.length - end).map((text): Run => ({ kind: 'both', text })),
  ]);
}

function compareMiddle(a: readonly string[], b: readonly string[]): Run[] {
  const whole: Run[] = [
    { kind: 'before', text: a.join('') },
    { kind: 'after', text: b.join('') },
  ];
  if (a.length * b.length > mostPairs) return whole;
  /** The length of what a from i and b from j have in common, row by row. */
  const common: Uint16Array[] = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  const at = (i: number, j: number) => common[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    const row = common[i];
    for (let j = b.length - 1; row && j >= 0; j -= 1) {
      row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const runs: Run[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      runs.push({ kind: 'both', text: a[i] ?? '' });
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) {
      runs.push({ kind: 'before', text: a[i] ?? '' });
      i += 1;
    } else {
      runs.push({ kind: 'after', text: b[j] ?? '' });
      j += 1;
    }
  }
  return runs;
}

function joined(runs: readonly Run[]): Run[] {
  const result: Run[] = [];
  for (const run of runs) {
    const last = result.at(-1);
    if (last?.kind === run.kind) last.text += run.text;
    else if (run.text) result.push({ ...run });
  }
  return result;
}
