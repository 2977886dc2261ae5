import { expect, test } from 'vitest';
import { textLimits } from '../../shared/model/limits.ts';
import { practiceTitle } from './practice.ts';

test('a title names up to four competencies, and of more the first three', () => {
  const keys = ['code-quality', 'testing', 'databases', 'system-design', 'security'];
  expect(practiceTitle('JUNIOR', keys.slice(0, 1))).toBe('Junior practice: code quality');
  expect(practiceTitle('MID', keys.slice(0, 4))).toBe(
    'Mid-level practice: code quality, testing, databases, system design',
  );
  expect(practiceTitle('SENIOR', keys)).toBe('Senior practice: code quality, testing, databases and 2 more');
});

test('a title fits into its column', () => {
  const keys = Array.from({ length: 100 }, (_, index) => `${index}`.padStart(100, 'x'));
  const title = practiceTitle('MID', keys);
  expect(title).toHaveLength(textLimits.title);
  expect(title).toMatch(/…$/);
});
