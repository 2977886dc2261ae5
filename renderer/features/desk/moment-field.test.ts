import { expect, it } from 'vitest';
import { fromField, toField } from './moment-field.ts';

it('gives back the moment that it was given, in summer and in winter', () => {
  for (const iso of ['2031-01-15T09:30:00.000Z', '2031-07-15T21:05:00.000Z']) {
    expect(fromField(toField(iso))).toBe(iso);
  }
});

it('shows local time, and nothing where there is none', () => {
  expect(toField(new Date(2031, 2, 4, 9, 5).toISOString())).toBe('2031-03-04T09:05');
  expect(toField(null)).toBe('');
  expect(fromField('')).toBeNull();
});
