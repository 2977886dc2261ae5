import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, whyNoTmpfs } from '../durability/mounts.ts';
import { chunksOf, longRecording, packetsOf, type Speaker } from '../fixtures/recordings.ts';
import { type Machine, openMachine, rowFolder } from './machine.ts';
import { hear } from './on-disk.ts';
import { type FaultRow, newRow, type Random, type SkippedRow, until } from './row.ts';

const NAME = 'Full disk while recording';
const DISK_MB = 256;
const PACKET_MS = 60;
const CHUNK_BYTES = 1024;

/**
 * Database and recordings on one small disk, which fills up under a take. What was taken before must be kept, the
 * person be told, and, once there is room, database and recording work again without a restart.
 */
export async function fillDisk(rounds: number, random: Random): Promise<FaultRow | SkippedRow> {
  const { folder: parent, remove } = rowFolder();
  const disk = join(parent, 'disk');
  mkdirSync(disk);
  const reason = whyNoTmpfs();
  if (reason) {
    remove();
    return { fault: NAME, skipped: reason };
  }
  // The packet at whose middle the disk was full.
  const row = newRow(NAME, PACKET_MS);
  const bytes = await longRecording(3);
  for (let round = 0; round < rounds; round += 1) {
    run('mount', '-t', 'tmpfs', '-o', `size=${DISK_MB}m`, 'tmpfs', disk);
    try {
      const machine = await openMachine(disk);
      const speaker = await machine.recordings.speaker();
      await fillUnderATake({ machine, speaker, disk, chunks: chunksOf(bytes, CHUNK_BYTES) }, row, random);
      await machine.close();
    } finally {
      run('umount', '-l', disk);
    }
    row.rounds += 1;
  }
  remove();
  row.note = `a tmpfs of ${DISK_MB} MB with database and recordings on it`;
  return row;
}

async function fillUnderATake(
  {
    machine,
    speaker,
    disk,
    chunks,
  }: { machine: Machine; speaker: Speaker; disk: string; chunks: Uint8Array<ArrayBuffer>[] },
  row: FaultRow,
  random: Random,
): Promise<void> {
  const { recordings } = machine;
  const { id: interviewId, questions } = await recordings.interview(speaker);
  const takeId = await speaker.record(questions[0] ?? '', []);
  const filler = join(disk, 'filler');
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(filler, Buffer.alloc(bavail * bsize - random(40, 400) * 1024));
  let accepted = 0;
  for (const [sequence, chunk] of chunks.entries()) {
    const refusal = await speaker
      .value('recordings.append', { takeId, sequence, bytes: chunk })
      .then(() => null)
      .catch((error: Error) => error.message);
    if (refusal !== null) {
      if (!refusal.includes('DISK_FULL')) row.wrong.push(`the person is told: ${refusal}`);
      break;
    }
    accepted += chunk.byteLength;
  }
  if (accepted === CHUNK_BYTES * chunks.length) row.wrong.push('the disk did not fill up');
  const taken = Buffer.concat(chunks).subarray(0, accepted);
  rmSync(filler);
  await until('the take is finished once there is room', async () => {
    const { state } = await recordings.take(takeId).catch(() => ({ state: null }));
    if (state === 'FINISHED') return true;
    // What could not be noted on a full disk is noted when it is asked again, or at the next start.
    await speaker.value('recordings.finish', { takeId }).catch(() => undefined);
    await recordings.reconcile().catch(() => undefined);
    return false;
  });
  const { packets } = await packetsOf(taken);
  const kept = await hear(await recordings.file(interviewId, `${takeId}.webm`));
  row.lostMs.push(Math.max(0, packets.length * PACKET_MS - kept.ms));
  const again = await speaker.record(questions[1] ?? '').catch((error: Error) => {
    row.wrong.push(`recording again: ${error.message}`);
    return null;
  });
  if (!again) return;
  await speaker.value('recordings.finish', { takeId: again });
  await until('the next take is finished', async () => (await recordings.take(again)).state === 'FINISHED');
  if ((await speaker.media(takeId)).status !== 200) row.answersLost += 1;
}
