import { expect, test } from 'vitest';
import { isNewEnough } from './node-version.mjs';

test.each([
  ['20.19.0', true],
  ['20.20.1', true],
  ['22.0.0', true],
  ['24.21.0', true],
  ['20.18.9', false],
  ['19.99.0', false],
  ['8.17.0', false],
])('Node %s is new enough: %s', (version, expected) => {
  expect(isNewEnough(version)).toBe(expected);
});
