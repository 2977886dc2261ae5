import { expect, test } from 'vitest';
import type { Client } from '../../application.ts';
import { Visitors } from './visitors.ts';

const hour = 60 * 60 * 1000;
const client = {} as Client;

test('a token is good for one visitor', () => {
  const visitors = new Visitors(() => client);
  const token = visitors.invite();
  const cookie = visitors.admit(token);
  expect(visitors.find(cookie)?.client).toBe(client);
  expect(visitors.admit(token)).toBeUndefined();
  expect(visitors.find(token)).toBeUndefined();
});

test('a visitor who stays away for a day has gone; one who listens has not', () => {
  let now = 0;
  const visitors = new Visitors(
    () => client,
    () => now,
  );
  const away = visitors.admit(visitors.invite());
  const listening = visitors.admit(visitors.invite());
  const active = visitors.admit(visitors.invite());
  const listener = visitors.find(listening);
  if (listener) listener.listening += 1;
  now += 23 * hour;
  expect(visitors.find(active)).toBeDefined();
  now += 2 * hour;
  expect([visitors.find(away), visitors.find(listening), visitors.find(active)].map(Boolean)).toEqual([
    false,
    true,
    true,
  ]);
});
