import { expect, it } from 'vitest';
import { filtersFromParameters, filtersToInput, filtersToParameters } from './filters.ts';

it('keeps filters in the address, and leaves out what is none', () => {
  const address = 'q=index&tag=a&tag=b&asked=not-6&difficulty=HARD&archived=yes&sort=MOST_ASKED';
  const filters = filtersFromParameters(new URLSearchParams(`${address}&x=y&competency=`));
  expect(Object.fromEntries(filtersToParameters(filters))).toEqual(
    Object.fromEntries(new URLSearchParams(address)),
  );
  expect(filtersToInput(filters)).toEqual({
    ...{ search: 'index', tags: ['a', 'b'], asked: 'NOT_LATELY', months: 6, difficulty: 'HARD' },
    ...{ archived: true, sort: 'MOST_ASKED', competency: undefined },
  });
  expect(filtersFromParameters(new URLSearchParams('asked=x&difficulty=EASIER&sort=1'))).toMatchObject({
    ...{ asked: undefined, difficulty: undefined, sort: undefined, archived: false, search: '' },
  });
});
