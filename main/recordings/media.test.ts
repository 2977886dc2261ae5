import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../tests/fixtures/databases.ts';
import {
  longRecording,
  type Speaker,
  startRecordings,
  type TestRecordings,
} from '../../tests/fixtures/recordings.ts';
import { Interview } from '../database/entities/index.ts';

let database: TestDatabase;
let recordings: TestRecordings;
let speaker: Speaker;
let interviewId: string;
let takeId: string;
let file: Buffer;

beforeAll(async () => {
  database = await openTestDatabase('embedded');
  recordings = startRecordings(database, 'embedded');
  speaker = await recordings.speaker();
  const made = await recordings.interview(speaker, { takesAllowed: 10 });
  interviewId = made.id;
  takeId = await speaker.record(made.questions[0] ?? '');
  await speaker.value('recordings.finish', { takeId });
  await vi.waitFor(
    async () => {
      expect((await recordings.take(takeId)).state).toBe('FINISHED');
    },
    { timeout: 30_000 },
  );
  file = await recordings.file(interviewId, `${takeId}.webm`);
});
afterAll(async () => {
  await recordings?.close();
  await database?.close();
});

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

test('the whole file, with what a player and a browser need to know', async () => {
  const response = await speaker.media(takeId);
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'audio/webm',
    'content-length': String(file.length),
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
    etag: `"${(await recordings.take(takeId)).sha256}"`,
  });
  expect(await bytesOf(response)).toEqual(file);
});

test('parts of it', async () => {
  for (const [range, start, end] of [
    ['bytes=0-', 0, file.length],
    ['bytes=0-0', 0, 1],
    ['bytes=1000-1999', 1000, 2000],
    [`bytes=${file.length - 1}-`, file.length - 1, file.length],
    ['bytes=-500', file.length - 500, file.length],
    ['bytes=-9999999', 0, file.length],
    ['bytes=20000-9999999', 20_000, file.length],
  ] as const) {
    const response = await speaker.media(takeId, { range });
    expect(response.status, range).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/${file.length}`);
    expect(response.headers.get('content-length')).toBe(String(end - start));
    expect((await bytesOf(response)).equals(file.subarray(start, end)), range).toBe(true);
  }
});

test('a part that is not there', async () => {
  for (const range of [`bytes=${file.length}-`, 'bytes=9999999-', 'bytes=-0']) {
    const response = await speaker.media(takeId, { range });
    expect(response.status, range).toBe(416);
    expect(response.headers.get('content-range')).toBe(`bytes */${file.length}`);
    expect(await response.text()).toBe('');
  }
});

test('several parts, or nonsense, get the whole', async () => {
  for (const range of ['bytes=0-1,5-6', 'bytes=x', 'lines=1-2', 'bytes=5-2']) {
    const response = await speaker.media(takeId, { range });
    expect([response.status, (await bytesOf(response)).length], range).toEqual([200, file.length]);
  }
});

test('If-Range: the part if it is still this file, else the whole', async () => {
  const etag = (await speaker.media(takeId)).headers.get('etag') ?? '';
  const same = await speaker.media(takeId, { range: 'bytes=5-9', 'if-range': etag });
  expect(same.status).toBe(206);
  const other = await speaker.media(takeId, { range: 'bytes=5-9', 'if-range': '"raw-17"' });
  expect([other.status, (await bytesOf(other)).length]).toEqual([200, file.length]);
});

test('HEAD tells all of that without the bytes; anything else is refused', async () => {
  const ask = (method: string) =>
    recordings.media(
      new Request(`http://127.0.0.1:1234/media/takes/${takeId}`, { method, headers: { range: 'bytes=0-9' } }),
      speaker,
    );
  const head = await ask('HEAD');
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([206, '10', '']);
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
    const refused = await ask(method);
    expect([refused.status, refused.headers.get('allow')], method).toEqual([405, 'GET, HEAD']);
  }
});

test('only to the person it belongs to', async () => {
  const stranger = await recordings.speaker();
  expect((await stranger.media(takeId)).status).toBe(404);
  expect((await stranger.media(takeId, { range: 'bytes=5-9' })).status).toBe(404);
  expect((await recordings.media(new Request(`media://takes/${takeId}`), null)).status).toBe(401);
});

test('not while its interview is deleted', async () => {
  const { manager } = database.dataSource;
  await manager.update(Interview, { id: interviewId }, { deletedAt: new Date() });
  expect((await speaker.media(takeId)).status).toBe(404);
  await manager.update(Interview, { id: interviewId }, { deletedAt: null });
  expect((await speaker.media(takeId)).status).toBe(200);
});

test('path traversal: no address names a file', async () => {
  await writeFile(join(recordings.folder, 'secret'), 'secret');
  await writeFile(join(recordings.folder, interviewId, `${takeId}.txt`), 'secret');
  for (const address of [
    'media://takes/../secret',
    'media://takes/%2e%2e%2fsecret',
    `media://takes/${takeId}/../../secret`,
    `media://takes/${takeId}%00`,
    `media://takes/${takeId}.txt`,
    `media://takes/${takeId}/`,
    `media://takes/${interviewId}`,
    `media://takes/${interviewId}/${takeId}`,
    `media://other/${takeId}`,
    `media://user@takes/${takeId}`,
    'media://takes/',
    'media://takes',
    `http://127.0.0.1:1/takes/${takeId}`,
    `http://127.0.0.1:1/media/../media/takes/..%2f${takeId}`,
    `http://127.0.0.1:1/media/takes/${takeId}/..`,
    `file:///media/takes/${takeId}`,
    `media://takes/${'.'.repeat(36)}`,
    `media://takes/${'-'.repeat(36)}`,
    `media://takes/' OR true --`,
  ]) {
    // What a Request cannot be made of never gets here; some of these fail there.
    const request = { url: address, method: 'GET', headers: new Headers() } as Request;
    const response = await recordings.media(request, speaker);
    expect(response.status, address).toBe(404);
    expect(await response.text()).not.toContain('secret');
  }
});

test('a missing file is said to be missing', async () => {
  const lost = await recordings.speaker();
  const { questions } = await recordings.interview(lost);
  const elsewhere = startRecordings(database, 'embedded', {
    folder: join(database.paths.folder, 'elsewhere'),
  });
  const there = await elsewhere.speaker(lost);
  const id = await there.record(questions[0] ?? '');
  await there.value('recordings.finish', { takeId: id });
  await elsewhere.close();
  const response = await lost.media(id);
  expect([response.status, await response.text()]).toEqual([
    404,
    'The file of this recording is missing on this machine.',
  ]);
});

test('who has begun to listen goes on with the same bytes while the finished file takes their place', async () => {
  const listener = await recordings.speaker();
  const { id, questions } = await recordings.interview(listener);
  const recording = await longRecording(10);
  const long = await recordings.leave(questions[0] ?? '', { state: 'STOPPED', stoppedAt: new Date() });
  await mkdir(join(recordings.folder, id));
  await writeFile(join(recordings.folder, id, `${long}.webm.part`), recording);
  const raw = await listener.media(long, { range: 'bytes=0-' });
  expect(raw.headers.get('etag')).toBe(`"raw-${recording.length}"`);
  const reader = (raw.body as ReadableStream<Uint8Array>).getReader();
  const begun = await reader.read();

  await recordings.reconcile();
  expect((await recordings.take(long)).state).toBe('FINISHED');
  const finished = await recordings.file(id, `${long}.webm`);
  expect(await readdir(join(recordings.folder, id))).not.toContain(`${long}.webm.part`);

  const part = await listener.media(long, { range: 'bytes=1000000-1000999' });
  expect(part.headers.get('content-range')).toBe(`bytes 1000000-1000999/${recording.length}`);
  expect(await bytesOf(part)).toEqual(Buffer.from(recording.subarray(1_000_000, 1_001_000)));
  const rest: Uint8Array[] = [begun.value as Uint8Array];
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) rest.push(piece.value);
  expect(Buffer.concat(rest).equals(Buffer.from(recording))).toBe(true);

  const anew = await listener.media(long, { range: 'bytes=0-' });
  expect(anew.headers.get('content-range')).toBe(`bytes 0-${finished.length - 1}/${finished.length}`);
  expect((await bytesOf(anew)).equals(finished)).toBe(true);
  const sought = await listener.media(long, { range: 'bytes=1000000-1000999' });
  expect(await bytesOf(sought)).toEqual(finished.subarray(1_000_000, 1_001_000));
});

test('a listener who stops in the middle holds nothing back', async () => {
  const response = await speaker.media(takeId);
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  await reader.read();
  await reader.cancel();
  expect((await bytesOf(await speaker.media(takeId))).length).toBe(file.length);
});
