import { expect, it } from 'vitest';
import { compareWords } from './differences.ts';
import { filtersFromParameters, filtersToInput, filtersToParameters } from './filters.ts';

const shown = (before: string, after: string) =>
  compareWords(before, after).map(
    ({ kind, text }) => ({ both: text, before: `-${text}-`, after: `+${text}+` })[kind],
  );

it('marks the words that differ, and gives back both texts', () => {
  expect(shown('How does an index help?', 'How does an old index hurt?')).toEqual([
    ...['How does an ', '+old +', 'index ', '-help-', '+hurt+', '?'],
  ]);
  expect(shown('', 'new')).toEqual(['+new+']);
  expect(shown('same', 'same')).toEqual(['same']);
  const long = Array.from({ length: 3_000 }, (_, n) => `a${n}`).join(' ');
  const runs = compareWords(long, long.replaceAll('a', 'b'));
  expect(runs.map(({ kind }) => kind)).toEqual(['before', 'after']);
});

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
