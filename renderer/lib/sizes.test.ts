import { expect, it } from 'vitest';
import { formatBytes } from './sizes.ts';

it.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1_000, '1.0 KB'],
  [9_200_000, '9.2 MB'],
  [120_000_000_000, '120 GB'],
  [4_000_000_000_000_000, '4000 TB'],
])('%d bytes are told as %s', (bytes, words) => {
  expect(formatBytes(bytes)).toBe(words);
});
