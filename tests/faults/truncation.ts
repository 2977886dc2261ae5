import { mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { measure, remux } from '../../main/recordings/remux.ts';
import { takeFiles } from '../../main/recordings/take-files.ts';
import { packetsOf, soundOf, speech, speechChunks } from '../fixtures/recordings.ts';
import { openMachine, rowFolder } from './machine.ts';
import { hear } from './on-disk.ts';
import { type FaultRow, newRow, type Random, until } from './row.ts';

const PACKET_MS = 60;

/**
 * A file that ends at every of its bytes, as a power cut may leave it: what recovery makes of it must be each packet
 * whose last byte is there. Some of the cuts go through a whole start of the recordings, with its rows.
 */
export async function truncateEverywhere(rounds: number, random: Random): Promise<FaultRow> {
  // At most the packet that was cut in two.
  const row = newRow('File cut off at every byte', PACKET_MS);
  const { folder, remove } = rowFolder();
  const small = new Uint8Array(Buffer.concat(speechChunks.slice(0, 5)));
  const packets = packetEnds(small, (await packetsOf(speech)).packets);
  const raw = join(folder, 'take.webm.part');
  const draft = join(folder, 'take.webm.tmp');
  await writeFile(raw, small);
  const heard = new Set<number>();
  for (let length = small.length; length >= 0; length -= 1) {
    await truncate(raw, length);
    const whole = packets.filter(({ end }) => end <= length).length;
    const begun = packets.filter(({ start }) => start < length).length;
    const measured = await measure(raw);
    row.rounds += 1;
    row.lostMs.push((begun - measured.packets) * PACKET_MS);
    if (measured.packets !== whole)
      row.wrong.push(`${length} bytes: ${measured.packets} packets, not ${whole}`);
    // The bytes after the last whole packet change nothing of what is made, so each count is made and heard once.
    if (whole === 0 || heard.has(whole)) continue;
    heard.add(whole);
    await rm(draft, { force: true });
    await remux(raw, draft, measured);
    const { ms } = await hear(await readFile(draft));
    if (ms !== whole * PACKET_MS) row.answersLost += 1;
  }
  const starts = await throughAStart(small, rounds, row, random);
  remove();
  row.note = `every length of ${small.length} bytes; ${starts} of them through a whole start`;
  return row;
}

/** Leaves takes that were cut off at random, and starts. @returns how many */
async function throughAStart(
  bytes: Uint8Array,
  count: number,
  row: FaultRow,
  random: Random,
): Promise<number> {
  const { folder, remove } = rowFolder();
  const machine = await openMachine(folder);
  const { recordings } = machine;
  const left: { takeId: string; interviewId: string; bytes: Uint8Array }[] = [];
  const packets = packetEnds(bytes, (await packetsOf(speech)).packets);
  for (let each = 0; each < count; each += 1) {
    const { id: interviewId, questions } = await recordings.interview(await recordings.speaker());
    const takeId = await recordings.leave(questions[0] ?? '');
    const files = takeFiles(recordings.folder, interviewId, takeId);
    await mkdir(files.folder, { recursive: true });
    const cut = bytes.subarray(0, random(packets[0]?.end ?? 0, bytes.length));
    await writeFile(files.raw, cut);
    left.push({ takeId, interviewId, bytes: cut });
  }
  await recordings.reconcile();
  for (const { takeId, interviewId, bytes: cut } of left) {
    await until('recovered', async () => (await recordings.take(takeId)).state === 'FINISHED');
    const file = await recordings.file(interviewId, `${takeId}.webm`);
    const whole = packets.filter(({ end }) => end <= cut.length);
    const lastEnd = whole.at(-1)?.end ?? 0;
    const { recovered, chosen } = await recordings.take(takeId);
    if (!recovered || !chosen) row.wrong.push('a recovered take is not marked or not chosen');
    if ((await soundOf(file)) !== (await soundOf(bytes.subarray(0, lastEnd)))) row.answersLost += 1;
  }
  await machine.close();
  remove();
  return count;
}

/** Where each packet begins and ends in a file: its bytes stand there as they are. */
function packetEnds(
  bytes: Uint8Array,
  packets: readonly { data: Uint8Array }[],
): { start: number; end: number }[] {
  const file = Buffer.from(bytes);
  const places: { start: number; end: number }[] = [];
  let from = 0;
  for (const { data } of packets) {
    const start = file.indexOf(data, from);
    if (start < 0) break;
    from = start + data.length;
    places.push({ start, end: from });
  }
  return places;
}
