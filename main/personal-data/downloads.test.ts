import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SignedInPerson } from '../operations/handlers.ts';
import { Downloads } from './downloads.ts';

const ada: SignedInPerson = { id: 'ada', role: 'ADMIN', sessionId: '1' };
const bob: SignedInPerson = { id: 'bob', role: 'ADMIN', sessionId: '2' };

let folder: string;
let downloads: Downloads;
let file: string;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  folder = mkdtempSync(join(tmpdir(), 'parley-downloads-'));
  downloads = new Downloads(join(folder, 'downloads'));
  file = await downloads.place('Parley, Zoë 2026-03-01.zip');
  writeFileSync(file, 'the archive');
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});
const get = (path: string, person: SignedInPerson | null, method = 'GET') =>
  downloads.respond(new Request(`http://127.0.0.1:7275${path}`, { method }), person);

test('a file is for whoever had it made, as a download of its name', async () => {
  const path = downloads.offer(file, ada, 'ada');
  const answer = await get(path, ada);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-disposition')).toBe(
    "attachment; filename*=UTF-8''Parley%2C%20Zo%C3%AB%202026-03-01.zip",
  );
  expect(await answer.text()).toBe('the archive');
});

test('attack: nobody else gets it, signed in or not, nor by another path, nor once they are no admin', async () => {
  const path = downloads.offer(file, ada, 'cleo');
  expect((await get(path, bob)).status).toBe(404);
  expect((await get(path, null)).status).toBe(404);
  expect((await get(path, { ...ada, role: 'CANDIDATE' })).status).toBe(404);
  for (const wrong of ['/downloads/', `${path}/..`, '/downloads/../settings.json', `${path}?x`]) {
    expect((await get(wrong, ada)).status).toBe(404);
  }
  expect((await get(path, ada, 'POST')).status).toBe(405);
  expect((await get(path, ada)).status).toBe(200);
});

test('an hour later it is gone', async () => {
  const path = downloads.offer(file, ada, 'ada');
  await vi.advanceTimersByTimeAsync(60 * 60_000);
  expect((await get(path, ada)).status).toBe(404);
  vi.useRealTimers();
  await expect.poll(() => existsSync(file)).toBe(false);
});

test('it goes with whom it is about, and no other', async () => {
  const path = downloads.offer(file, ada, 'cleo');
  await downloads.forget('bob');
  expect(existsSync(file)).toBe(true);
  await downloads.forget('cleo');
  expect(existsSync(file)).toBe(false);
  expect((await get(path, ada)).status).toBe(404);
});
