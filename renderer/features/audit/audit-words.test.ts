import { expect, it } from 'vitest';
import { changedParts, wordsOfAction } from './audit-words.ts';

it('says what was done in words, also of acts that it does not know', () => {
  expect(wordsOfAction('people.changeRole')).toBe('changed the role of');
  expect(wordsOfAction('database.backUpNow')).toBe('database: back up now');
});

it('shows what changed, and nothing that did not', () => {
  expect(changedParts({ role: 'CANDIDATE', kept: 1 }, { role: 'ADMIN', kept: 1 })).toEqual([
    { name: 'role', from: 'Candidate', to: 'Admin' },
  ]);
  expect(changedParts(null, { allowed: false })).toEqual([{ name: 'allowed', from: '', to: 'no' }]);
  expect(changedParts('a', 'b')).toEqual([{ name: 'value', from: 'a', to: 'b' }]);
});
