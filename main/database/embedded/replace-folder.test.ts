import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { finishReplacing, replaceFolder } from './replace-folder.ts';

let root: string;
let folder: string;
const holds = (name: string) => readFileSync(join(root, name, 'PG_VERSION'), 'utf8');
const make = (name: string) => {
  mkdirSync(join(root, name));
  writeFileSync(join(root, name, 'PG_VERSION'), name);
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'parley-test-'));
  folder = join(root, 'database');
  make('database');
  make('made');
});
afterEach(() => rmSync(root, { recursive: true }));

test('the new one takes the place of the old, which is kept, and back again', async () => {
  await replaceFolder(folder, 'made', 'kept');
  expect([holds('database'), holds('kept')]).toEqual(['made', 'database']);
  await replaceFolder(folder, 'kept', 'made');
  expect([holds('database'), holds('made')]).toEqual(['database', 'made']);
  expect(readdirSync(root).sort()).toEqual(['database', 'made']);
});

test('where there was none, the new one is put there', async () => {
  rmSync(folder, { recursive: true });
  await replaceFolder(folder, 'made', 'kept');
  expect(readdirSync(root)).toEqual(['database']);
});

// As a kill leaves them: before the first rename, between the two, and after both.
test.each([
  ['before', () => undefined],
  ['between', () => renameSync(folder, join(root, 'kept'))],
  [
    'after',
    () => {
      renameSync(folder, join(root, 'kept'));
      renameSync(join(root, 'made'), folder);
    },
  ],
])('one that was cut off %s its renames is finished, and no database is missing', (_, cut) => {
  writeFileSync(`${folder}.replacing.json`, JSON.stringify({ made: 'made', kept: 'kept' }));
  cut();
  finishReplacing(folder);
  expect([holds('database'), holds('kept')]).toEqual(['made', 'database']);
  expect(existsSync(`${folder}.replacing.json`)).toBe(false);
  finishReplacing(folder);
  expect(holds('database')).toBe('made');
});
