import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readArchive } from '../../tests/fixtures/archives.ts';
import { ArchiveDamagedError, checkArchive } from './check-archive.ts';
import { asFileName, FileNames } from './names.ts';
import type { PlannedRecording } from './plan-recordings.ts';
import { writeArchive } from './write-archive.ts';

describe('names in an archive', () => {
  test.each([
    ['../../etc/passwd', 'etc passwd'],
    ['C:\\Windows\\NUL', 'C Windows NUL'],
    ['  ends in dots and spaces . . ', 'ends in dots and spaces'],
    ['\u202Egpj.exe\u0000\u001F', 'gpj.exe'],
    ['e\u0301', 'é'],
    ['…?', '…'],
    ['...', 'untitled'],
    ['', 'untitled'],
  ])('%j is %j', (words, name) => {
    expect(asFileName(words)).toBe(name);
  });

  test('are short enough for every system, and cut between characters', () => {
    expect(asFileName('a'.repeat(500))).toBe('a'.repeat(60));
    expect(asFileName('漢'.repeat(500))).toBe('漢'.repeat(50));
    expect(asFileName('👩'.repeat(500))).toBe('👩'.repeat(37));
  });

  test('are there once, whatever their capitals', () => {
    const names = new FileNames();
    const taken = ['Why', 'why', 'WHY'].map((name) => names.take('recordings', name, '.webm'));
    expect(taken).toEqual(['recordings/Why.webm', 'recordings/why (2).webm', 'recordings/WHY (3).webm']);
  });
});

describe('an archive', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-archive-'));
    file = join(folder, 'a.zip');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const noSignal = new AbortController().signal;
  function recording(number: number, bytes: number): PlannedRecording {
    const content = Buffer.alloc(bytes, number);
    mkdirSync(join(folder, 'recordings/interview'), { recursive: true });
    writeFileSync(join(folder, 'recordings/interview', `take${number}.webm`), content);
    return {
      ...{ takeId: `take${number}`, interviewId: 'interview', state: 'FINISHED', isDiscarded: false },
      ...{ sha256: createHash('sha256').update(content).digest('hex'), words: `take ${number}` },
      ...{ path: `recordings/${number}.webm`, damagedPath: `recordings/${number} damaged.webm` },
    };
  }
  const write = (
    planned: PlannedRecording[],
    more: { signal?: AbortSignal; onBytes?: (b: number) => void } = {},
  ) =>
    writeArchive(file, planned, {
      ...{ folder: () => join(folder, 'recordings'), signal: noSignal, onBytes: () => undefined },
      texts: () => [
        ['data.json', ['{', '}']],
        ['index.html', ['<p>']],
      ],
      ...more,
    });
  const check = (entries: Awaited<ReturnType<typeof write>>['entries'], signal = noSignal) =>
    checkArchive(file, entries, { signal, onBytes: () => undefined });

  test('is written piece by piece, and is found as it was written', async () => {
    let bytes = 0;
    const { entries, kept } = await write([recording(1, 3_000_000), recording(2, 0), recording(3, 7)], {
      onBytes: (more) => {
        bytes += more;
      },
    });
    expect(kept.map(({ state }) => state)).toEqual(['WHOLE', 'WHOLE', 'WHOLE']);
    expect(bytes).toBe(3_000_007);
    await check(entries);
    expect((await (await readArchive(file)).bytesOf('recordings/1.webm')).length).toBe(3_000_000);
    // For whoever may read this machine's files it is nobody else's.
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test.each([
    ['a byte of a recording is another', 'flip'],
    ['its end is missing', 'cut'],
  ])('is refused when %s', async (_, damage) => {
    const { entries } = await write([recording(1, 100_000)]);
    const bytes = readFileSync(file);
    if (damage === 'flip') bytes[50_000] = 99;
    writeFileSync(file, damage === 'cut' ? bytes.subarray(0, 100_050) : bytes);
    await expect(check(entries)).rejects.toBeInstanceOf(ArchiveDamagedError);
  });

  test('is refused when something else is in it, or less', async () => {
    const { entries } = await write([recording(1, 10), recording(2, 10)]);
    const less = new Map([...entries].slice(1));
    await expect(check(less)).rejects.toBeInstanceOf(ArchiveDamagedError);
    const more = new Map([...entries, ['recordings/3.webm', { bytes: 1, sha256: '' }] as const]);
    await expect(check(more)).rejects.toBeInstanceOf(ArchiveDamagedError);
  });

  test('ends in the midst of a recording when it is stopped', async () => {
    const abort = new AbortController();
    let seen = 0;
    const onBytes = (bytes: number) => {
      seen += bytes;
      if (seen > 1_000_000) abort.abort();
    };
    const planned = [recording(1, 5_000_000), recording(2, 5_000_000)];
    await expect(write(planned, { signal: abort.signal, onBytes })).rejects.toThrow(/abort/i);
    expect(seen).toBeLessThan(3_000_000);
    // Nothing is held open: on Windows the folder could not go.
    expect(readdirSync(folder).sort()).toEqual(['a.zip', 'recordings']);
  });

  test('does not write over a file', async () => {
    writeFileSync(file, 'mine');
    await expect(write([])).rejects.toMatchObject({ code: 'EEXIST' });
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });
});
