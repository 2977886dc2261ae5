import { expect, it } from 'vitest';
import { deskInput } from './filters.ts';

const filters = { show: 'all', search: ' ', mine: false, oldest: false } as const;
const now = new Date(2031, 2, 4, 15, 30);

it('asks for whole days where the person is', () => {
  expect(deskInput({ ...filters, when: 'today' }, now)).toMatchObject({
    from: new Date(2031, 2, 4).toISOString(),
    until: new Date(2031, 2, 5).toISOString(),
  });
  expect(deskInput({ ...filters, when: 'ahead' }, now).from).toBe(now.toISOString());
  expect(deskInput({ ...filters, when: 'lately' }, now).from).toBe(new Date(2031, 1, 2).toISOString());
});

it('asks for no time and no words where none are given', () => {
  const input = deskInput(filters, now);
  expect([input.from, input.until, input.search]).toEqual([undefined, undefined, undefined]);
});
