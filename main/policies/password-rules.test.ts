import { expect, test } from 'vitest';
import { usualPasswordRules } from '../../shared/model/policies.ts';
import { whyNot } from './password-rules.ts';

const ada = { name: 'Ada Lovelace-King', email: 'ada.countess@example.com' };
const judge = (password: string, rules = {}) => whyNot({ ...usualPasswordRules, ...rules }, password, ada);

test.each([
  ['ninechars', 'At least 10 characters.'],
  ['I am LOVELACE!', 'Your name'],
  ['the king of it all', 'Your name'],
  ['no countess here', 'Your address'],
  ['ADA.COUNTESS@example.com 1', 'Your address'],
  ['Password123', 'most used'],
  ['correct horse battery staple', 'most used'],
  ['aaaaaaaaaaaa', 'most used'],
  ['abcabcabcabc', 'most used'],
  ['0987654321', 'most used'],
  ['qwertyuiop', 'most used'],
])('%s is refused, and it is said why', (password, why) => {
  expect(judge(password)).toContain(why);
});

test.each([
  'correct horse battery',
  // Shorter parts of a name are in many a word; what an address ends with is nobody's own.
  'adagio in g minor',
  'an example of .com',
  'aaaaaaaaaab1c2d3',
])('%s may be used', (password) => {
  expect(judge(password)).toBeNull();
});

test('what a rule is off for may be used, and a longer one can be asked for', () => {
  expect(judge('I am LOVELACE!', { refuseOwn: false })).toBeNull();
  expect(judge('Password123', { refuseCommon: false })).toBeNull();
  expect(judge('correct horse', { minCharacters: 14 })).toBe('At least 14 characters.');
  expect(judge('correct horses', { minCharacters: 14 })).toBeNull();
});
