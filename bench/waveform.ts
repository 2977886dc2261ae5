import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Take } from '../main/database/entities/index.ts';
import { listen } from '../main/recordings/remux.ts';
import { recordingFormat } from '../shared/model/recording.ts';
import { chunksOf, longRecording } from '../tests/fixtures/recordings.ts';
import { beginTake } from './chunks.ts';
import { alternate, type Measurement, timed } from './measurement.ts';
import { openWorkbench } from './workbench.ts';

const minutes = 35;

/** A long take: from stop to playable and to finished, and what its player draws, against decoding it whole. */
export async function measureWaveform(): Promise<Measurement[]> {
  const bench = await openWorkbench();
  try {
    const takeId = await beginTake(bench);
    const chunks = chunksOf(await longRecording(minutes), recordingFormat.maxChunkBytes);
    for (const [sequence, bytes] of chunks.entries()) {
      await bench.call('recordings.append', { takeId, sequence, bytes });
    }
    let playableMs = 0;
    const finishedMs = await timed(async () => {
      playableMs = await timed(() => bench.call('recordings.finish', { takeId }));
      while ((await bench.dataSource.manager.findOneBy(Take, { id: takeId }))?.state !== 'FINISHED') {
        await wait(20);
      }
    });
    const recordings = join(bench.folder, 'recordings');
    const files = await readdir(recordings, { recursive: true });
    const file = files.find((name) => name.endsWith(`${takeId}.webm`));
    if (!file) throw new Error('The take has no finished file.');
    const drawn = await alternate(
      5,
      () => timed(() => bench.call('recordings.peaks', { takeId })),
      () => timed(() => listen(join(recordings, file))),
    );
    const { baselineMs } = drawn;
    const baseline = 'decoding the file whole';
    return [
      { name: `waveform of ${minutes} minutes`, ...drawn, baseline, aim: 0.1 },
      {
        name: 'the same, stop to playable',
        parleyMs: playableMs,
        baselineMs,
        baseline,
        aim: null,
        rounds: 1,
      },
      {
        name: 'the same, stop to finished',
        parleyMs: finishedMs,
        baselineMs,
        baseline,
        aim: null,
        rounds: 1,
      },
    ];
  } finally {
    await bench.close();
  }
}
