import { expect, test } from 'vitest';
import { parseByteRange } from './byte-range.ts';

test.each([
  ['bytes=0-', { start: 0, end: 1000 }],
  ['bytes=0-0', { start: 0, end: 1 }],
  ['bytes=10-19', { start: 10, end: 20 }],
  ['bytes=999-', { start: 999, end: 1000 }],
  ['bytes=990-5000', { start: 990, end: 1000 }],
  ['bytes=-1', { start: 999, end: 1000 }],
  ['bytes=-5000', { start: 0, end: 1000 }],
  ['Bytes= 5-6 ', { start: 5, end: 7 }],
])('%s is a part of a file of 1000 bytes', (header, range) => {
  expect(parseByteRange(header, 1000)).toEqual(range);
});

test.each(['bytes=1000-', 'bytes=5000-6000', 'bytes=-0'])('%s is outside a file of 1000 bytes', (header) => {
  expect(parseByteRange(header, 1000)).toBe('unsatisfiable');
});

test.each([
  null,
  '',
  'bytes=',
  'bytes=-',
  'bytes=9-3',
  'bytes=a-b',
  'bytes=1.5-3',
  'bytes=0x1-3',
  'items=0-3',
  'bytes=0-3,10-12',
])('%s asks for the whole file', (header) => {
  expect(parseByteRange(header, 1000)).toBeNull();
});

test('no part of an empty file can be served', () => {
  expect(parseByteRange('bytes=0-', 0)).toBe('unsatisfiable');
  expect(parseByteRange('bytes=-1', 0)).toBe('unsatisfiable');
});
