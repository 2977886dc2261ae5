import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DataPaths, dataPaths } from '../config/data-paths.ts';
import { expectedScreen } from './expected-screen.ts';

let paths: DataPaths;
beforeEach(() => {
  paths = dataPaths({ PARLEY_DATA_DIR: mkdtempSync(join(tmpdir(), 'parley-expected-')) });
});
afterEach(() => rmSync(paths.folder, { recursive: true }));

const embedded = { kind: 'embedded', place: 'here' } as const;

it('expects the first person where there is no database yet', () => {
  expect(expectedScreen(paths, embedded)).toBe('FIRST_PERSON');
});

it('expects somebody to sign in where there is one', () => {
  mkdirSync(paths.database);
  expect(expectedScreen(paths, embedded)).toBe('SIGN_IN');
});

it('expects nothing where somebody may be signed in still, or the people are on a server', () => {
  expect(expectedScreen(paths, { kind: 'server', place: 'ada@example.org:5432/parley' })).toBeNull();
  mkdirSync(paths.database);
  writeFileSync(paths.rememberedSession, 'token');
  expect(expectedScreen(paths, embedded)).toBeNull();
});
