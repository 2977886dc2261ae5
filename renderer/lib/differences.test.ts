import { expect, it } from 'vitest';
import { compareWords, differencesOf } from './differences.ts';

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

it('leaves out the parts that say the same', () => {
  const tags = { what: 'Tags', says: 'sql' };
  expect(differencesOf([{ what: 'Name', says: 'A' }, tags], [{ what: 'Name', says: 'B' }, tags])).toEqual([
    { what: 'Name', before: 'A', after: 'B' },
  ]);
});
