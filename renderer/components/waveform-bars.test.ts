import { expect, it } from 'vitest';
import { barsOf } from './waveform-bars.ts';

const peaks = { durationMs: 200, bucketMs: 50, peaks: Uint8Array.of(51, 255, 0, 102) };

it('shows the loudest of what a bar stands for', () => {
  expect(barsOf(peaks, 200, 4)).toEqual([0.2, 1, 0, 0.4]);
  expect(barsOf(peaks, 200, 2)).toEqual([1, 0.4]);
  expect(barsOf(peaks, 200, 1)).toEqual([1]);
});

it('repeats a moment over several bars where there is room', () => {
  expect(barsOf(peaks, 200, 8)).toEqual([0.2, 0.2, 1, 1, 0, 0, 0.4, 0.4]);
});

it('leaves what comes after the peaks silent', () => {
  expect(barsOf(peaks, 400, 4)).toEqual([1, 0.4, 0, 0]);
});
