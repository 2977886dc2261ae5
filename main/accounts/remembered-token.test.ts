import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RememberedToken, type Seal } from './remembered-token.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-remembered-'));
  path = join(folder, 'session');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Not a cipher: it shows which way a text went. */
const seal: Seal = {
  encrypt: (text) => Buffer.from([...Buffer.from(text)].map((byte) => byte ^ 0x55)),
  decrypt: (sealed) => Buffer.from([...sealed].map((byte) => byte ^ 0x55)).toString(),
};

test('keeps one token, the last', async () => {
  const kept = new RememberedToken(path);
  await expect(kept.read()).resolves.toBeNull();
  await kept.write('first');
  await kept.write('second');
  await expect(new RememberedToken(path).read()).resolves.toBe('second');
  await kept.forget();
  await kept.forget();
  await expect(kept.read()).resolves.toBeNull();
});

test('looks on disk once, and knows what it wrote since', async () => {
  await new RememberedToken(path).write('first');
  const kept = new RememberedToken(path);
  await expect(kept.read()).resolves.toBe('first');
  await kept.write('second');
  await expect(kept.read()).resolves.toBe('second');
  rmSync(path);
  await expect(kept.read()).resolves.toBe('second');
  await kept.forget();
  await expect(kept.read()).resolves.toBeNull();
});

test.skipIf(process.platform === 'win32')('attack: another user of the machine reads the file', async () => {
  writeFileSync(path, 'left open', { mode: 0o644 });
  await new RememberedToken(path).write('token');
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('two writes at once leave one whole token and no draft', async () => {
  const kept = new RememberedToken(path);
  await Promise.all(Array.from({ length: 10 }, (_, index) => kept.write(`token ${index}`)));
  await expect(kept.read()).resolves.toMatch(/^token \d$/);
  expect(readdirSync(folder)).toEqual(['session']);
});

test('a write that fails is told and leaves no draft', async () => {
  const kept = new RememberedToken(join(folder, 'missing', 'session'));
  await expect(kept.write('token')).rejects.toThrow('ENOENT');
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  ['nothing', ''],
  ['no JSON', '{"sealed": fal'],
  ['another shape', '{"token": 7}'],
  ['bytes', '\u0000\u0001\ufffd'],
])('a file with %s in it counts as none', async (_, content) => {
  writeFileSync(path, content);
  await expect(new RememberedToken(path, seal).read()).resolves.toBeNull();
});

test('a sealed token is not in the file as it is', async () => {
  const kept = new RememberedToken(path, seal);
  await kept.write('a token of some length');
  expect(readFileSync(path, 'utf8')).not.toContain('a token of some length');
  await expect(kept.read()).resolves.toBe('a token of some length');
});

test('a host without the seal cannot read a sealed token, and leaves it', async () => {
  await new RememberedToken(path, seal).write('token');
  await expect(new RememberedToken(path).read()).resolves.toBeNull();
  await expect(new RememberedToken(path, seal).read()).resolves.toBe('token');
});

test('a keychain that has lost its key makes it none', async () => {
  await new RememberedToken(path, seal).write('token');
  const lost: Seal = {
    ...seal,
    decrypt: () => {
      throw new Error('no key');
    },
  };
  await expect(new RememberedToken(path, lost).read()).resolves.toBeNull();
});
