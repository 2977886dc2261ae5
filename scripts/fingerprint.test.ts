import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fingerprint } from './fingerprint.mjs';

describe('what is stale', () => {
  let root: string;
  const write = (path: string, text: string) => writeFileSync(join(root, path), text);
  const now = () => fingerprint(root, ['main', 'package.json']);

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'parley-build-'));
    mkdirSync(join(root, 'main', 'below'), { recursive: true });
    write('package.json', '{}');
    write('main/index.ts', 'a');
    write('main/below/other.ts', 'b');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  test.each<[string, () => void]>([
    ['a changed file', () => write('main/below/other.ts', 'c')],
    ['a new file', () => write('main/new.ts', '')],
    ['a removed file', () => rmSync(join(root, 'main/index.ts'))],
    [
      'a file renamed',
      () => {
        rmSync(join(root, 'main/index.ts'));
        write('main/index2.ts', 'a');
      },
    ],
    [
      'text moved from one file to another',
      () => {
        write('main/index.ts', '');
        write('main/below/other.ts', 'ba');
      },
    ],
    ['a single file', () => write('package.json', '{ }')],
    ['a single file that goes', () => rmSync(join(root, 'package.json'))],
  ])('is told by %s', (_, change) => {
    const before = now();
    change();
    expect(now()).not.toBe(before);
  });

  test('is not told by times, nor by tests', () => {
    const before = now();
    utimesSync(join(root, 'main/index.ts'), new Date(0), new Date(0));
    write('main/index.test.ts', 'test');
    expect(now()).toBe(before);
  });
});
