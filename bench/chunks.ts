import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { recordingFormat } from '../shared/model/recording.ts';
import { speechChunks } from '../tests/fixtures/recordings.ts';
import { alternate, type Measurement, median, timed } from './measurement.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

/** A chunk's way to the disk: until it is written, and until it is acknowledged as flushed. */
export async function measureChunks(): Promise<Measurement[]> {
  const bench = await openWorkbench();
  const bare = await open(join(bench.folder, 'bare'), 'w');
  try {
    const header = speechChunks[0];
    const chunk = speechChunks[1];
    if (!header || !chunk) throw new Error('The fixture has no chunks.');

    const takeId = await beginTake(bench);
    let sequence = 0;
    await bench.call('recordings.append', { takeId, sequence, bytes: header });
    const written = await alternate(
      400,
      () => {
        sequence += 1;
        return timed(() => bench.call('recordings.append', { takeId, sequence, bytes: chunk }));
      },
      () => timed(() => bare.write(chunk)),
    );
    await bench.call('recordings.finish', { takeId });

    const flushedMs = await untilAcknowledged(bench);
    const bareFlush: number[] = [];
    for (let round = 0; round < 24; round += 1) {
      bareFlush.push(
        await timed(async () => {
          await bare.write(chunk);
          await bare.datasync();
        }),
      );
    }
    return [
      { name: 'chunk append, written', ...written, baseline: 'bare write', aim: null },
      {
        name: 'chunk append, acknowledged as flushed',
        parleyMs: median(flushedMs),
        baselineMs: median(bareFlush),
        baseline: 'bare write and fdatasync',
        aim: null,
        rounds: flushedMs.length,
      },
    ];
  } finally {
    await bare.close();
    await bench.close();
  }
}

/** Opens a take of the person's first question. @returns its id */
export async function beginTake(bench: Workbench): Promise<string> {
  const unfinished = await bench.call('interviews.unfinished', undefined);
  const interview = unfinished
    ? await bench.call('interviews.get', { id: unfinished.id })
    : await bench.call('practice.create', {
        difficulty: 'MID',
        questionCount: 2,
        competencies: ['databases', 'testing'],
        thinkTimeMs: 0,
        answerTimeMs: 180_000,
        takesAllowed: 3,
      });
  if (!unfinished) await bench.call('interviews.begin', { id: interview.id });
  const question = interview.questions[0];
  if (!question) throw new Error('The interview has no question.');
  await bench.call('questions.ask', { questionId: question.id });
  const { mimeType } = recordingFormat;
  const { takeId } = await bench.call('recordings.begin', { questionId: question.id, mimeType });
  return takeId;
}

/** Chunks at a recorder's pace, and for each how long until an answer of main said that it is on disk for good, in ms. */
async function untilAcknowledged(bench: Workbench): Promise<number[]> {
  const takeId = await beginTake(bench);
  const sentAt: number[] = [];
  const latencies: number[] = [];
  for (const [sequence, bytes] of speechChunks.entries()) {
    sentAt.push(performance.now());
    const { safeSequence } = await bench.call('recordings.append', { takeId, sequence, bytes });
    for (let safe = latencies.length; safe < safeSequence; safe += 1) {
      latencies.push(performance.now() - (sentAt[safe] ?? 0));
    }
    await wait(recordingFormat.chunkMs);
  }
  await bench.call('recordings.finish', { takeId });
  return latencies;
}
