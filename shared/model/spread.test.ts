import { expect, test } from 'vitest';
import { spreadOf } from './spread.ts';

test('the spread of levels is their mean, their ends and their standard deviation', () => {
  expect(spreadOf([])).toBeNull();
  expect(spreadOf([4])).toEqual({ mean: 4, lowest: 4, highest: 4, deviation: 0 });
  expect(spreadOf([2, 4])).toEqual({ mean: 3, lowest: 2, highest: 4, deviation: 1 });
  // By the definition: mean 3, squares 4 + 4 + 0 + 0 over 4.
  expect(spreadOf([1, 5, 3, 3])?.deviation).toBeCloseTo(Math.SQRT2);
});
