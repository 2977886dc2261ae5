import { describe, expect, it } from 'vitest';
import { count, formatDuration, formatMoment } from './formats.ts';

describe('durations', () => {
  it.each([
    [0, '0:00'],
    [499, '0:00'],
    [65_000, '1:05'],
    [3_599_600, '1:00:00'],
    [3_725_000, '1:02:05'],
  ])('%i ms is %s', (ms, words) => {
    expect(formatDuration(ms)).toBe(words);
  });
});

describe('moments', () => {
  const now = new Date(2026, 2, 10, 9, 0);

  it('are as short as they can be and still be clear', () => {
    expect(formatMoment(new Date(2026, 2, 10, 0, 5).toISOString(), now)).toMatch(/^Today, /);
    expect(formatMoment(new Date(2026, 2, 9, 23, 55).toISOString(), now)).toMatch(/^Yesterday, /);
    expect(formatMoment(new Date(2026, 2, 3).toISOString(), now)).not.toMatch(/2026/);
    expect(formatMoment(new Date(2025, 2, 10).toISOString(), now)).toMatch(/2025/);
  });
});

it('counts in words', () => {
  expect(count(1, 'person', 'people')).toBe('1 person');
  expect(count(0, 'question')).toBe('0 questions');
});
