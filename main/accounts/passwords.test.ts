import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { BcryptTask } from './bcrypt.ts';
import { computeInThread, createPasswords } from './passwords.ts';

const passwords = createPasswords(4);

/** Passwords, and what was computed for them. */
function recorded(cost: number) {
  const tasks: BcryptTask[] = [];
  const compute = <T extends BcryptTask>(task: T) => {
    tasks.push(task);
    return computeInThread(task);
  };
  return { tasks, passwords: createPasswords(cost, compute) };
}

test('a password matches its own hash and no other does', async () => {
  const hash = await passwords.hash('correct horse battery');
  await expect(passwords.matches('correct horse battery', hash)).resolves.toBe(true);
  await expect(passwords.matches('correct horse batterY', hash)).resolves.toBe(false);
});

test('the same password has another hash each time', async () => {
  expect(await passwords.hash('correct horse battery')).not.toBe(
    await passwords.hash('correct horse battery'),
  );
});

test('a new hash has 2^12 rounds', async () => {
  await expect(createPasswords().hash('correct horse battery')).resolves.toMatch(/^\$2b\$12\$/);
});

test('the rest of main goes on while a hash is computed', async () => {
  let ended = false;
  const hashing = createPasswords()
    .hash('correct horse battery')
    .finally(() => {
      ended = true;
    });
  let turns = 0;
  while (!ended) {
    await setImmediate();
    turns += 1;
  }
  await hashing;
  // On this thread bcryptjs would leave a handful of turns.
  expect(turns).toBeGreaterThan(200);
});

test('attack: telling from the work done whether an account exists', async () => {
  const { tasks, passwords } = recorded(5);
  const hash = await passwords.hash('correct horse battery');
  tasks.length = 0;
  await expect(passwords.matches('wrong horse battery', hash)).resolves.toBe(false);
  await expect(passwords.matches('wrong horse battery', null)).resolves.toBe(false);
  await expect(passwords.matches('x'.repeat(73), null)).resolves.toBe(false);
  await expect(passwords.matches('x'.repeat(73), hash)).resolves.toBe(false);
  expect(tasks.map((task) => (task.kind === 'compare' ? task.hash.slice(0, 7) : task.kind))).toEqual(
    Array(4).fill('$2b$05$'),
  );
});

test('attack: a 73-byte password, of which bcrypt would ignore the end', async () => {
  const kept = 'é'.repeat(36);
  const hash = await passwords.hash(kept);
  await expect(passwords.matches(kept, hash)).resolves.toBe(true);
  await expect(passwords.matches(`${kept}x`, hash)).resolves.toBe(false);
  await expect(passwords.hash(`${kept}x`)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});

test('attack: a null byte, by which bcrypt would take a repeated password for the short one', async () => {
  const hash = await passwords.hash('horse-battery');
  await expect(passwords.matches('horse-battery\0horse-battery', hash)).resolves.toBe(false);
  await expect(passwords.hash('horse\0battery')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});

test('a password is the same however its letters are composed', async () => {
  const hash = await passwords.hash('z\u{fc}rich see 1848');
  await expect(passwords.matches('zu\u{308}rich see 1848', hash)).resolves.toBe(true);
});

test('a failed computation is told, and does not hold up the next', async () => {
  let calls = 0;
  const failing = createPasswords(4, (task) => {
    calls += 1;
    return calls === 1 ? Promise.reject(new Error('no thread')) : computeInThread(task);
  });
  await expect(failing.hash('correct horse battery')).rejects.toThrow('no thread');
  await expect(failing.hash('correct horse battery')).resolves.toMatch(/^\$2b\$04\$/);
});
