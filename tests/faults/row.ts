/** What one kind of fault has come to. */
export interface FaultRow {
  /** As it stands in the table. */
  fault: string;
  rounds: number;
  /** Of each round: what had been said, less what is on disk and decodes, in ms. */
  lostMs: number[];
  /** Answers that had been completed, or that should have been kept, and are not there or not whole. */
  answersLost: number;
  /** The most that may be lost in a round, in ms. */
  aimMs: number;
  /** Other things that should not have been. */
  wrong: string[];
  /** More to know, for the table. */
  note: string;
}

/** A row that cannot be run on this machine, and why. */
export interface SkippedRow {
  fault: string;
  skipped: string;
}

export function newRow(fault: string, aimMs: number): FaultRow {
  return { fault, aimMs, rounds: 0, lostMs: [], answersLost: 0, wrong: [], note: '' };
}

export function isGood(row: FaultRow): boolean {
  return row.rounds > 0 && row.answersLost === 0 && row.wrong.length === 0 && worst(row) <= row.aimMs;
}

export function worst({ lostMs }: FaultRow): number {
  return Math.max(0, ...lostMs);
}

/** Whole numbers that are the same for the same seed, so that a round that failed can be run again. */
export type Random = (from: number, to: number) => number;

/** Mulberry32, by Tommy Ettinger: 32 bits of state, good enough to choose moments. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return (from, to) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return from + (((mixed ^ (mixed >>> 14)) >>> 0) % (to - from + 1));
  };
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Asks until the answer is yes. @throws when that takes longer than `limitMs` */
export async function until(what: string, holds: () => Promise<boolean>, limitMs = 60_000): Promise<void> {
  const began = performance.now();
  while (!(await holds())) {
    if (performance.now() - began > limitMs) throw new Error(`Waited ${limitMs} ms in vain: ${what}`);
    await pause(50);
  }
}
