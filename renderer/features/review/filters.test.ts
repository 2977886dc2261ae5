import { expect, it } from 'vitest';
import { filtersFrom, gridInput, isNarrowed } from './filters.ts';

it('asks for whole days where the person is, the last one included', () => {
  const filters = filtersFrom(new URLSearchParams('kit=k&from=2031-03-04&until=2031-03-05'));
  expect(gridInput(filters)).toMatchObject({
    kitId: 'k',
    from: new Date(2031, 2, 4).toISOString(),
    until: new Date(2031, 2, 6).toISOString(),
  });
});

it('leaves out what is no filter', () => {
  const filters = filtersFrom(new URLSearchParams('kit=&from=yesterday&until=2031-13-45&other=1'));
  expect(isNarrowed(filters)).toBe(false);
});
