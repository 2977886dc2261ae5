import type { OperationError } from '../../shared/contract/errors.ts';
import { recordingFormat } from '../../shared/model/recording.ts';
import { type Chunk, type Speaker, soundOf, speech, speechChunks } from '../fixtures/recordings.ts';
import { openMachine, rowFolder } from './machine.ts';
import { hear } from './on-disk.ts';
import { type FaultRow, newRow, type Random, until } from './row.ts';

/**
 * A take whose chunks come as they should, among others that are ahead of their turn, come twice, carry other bytes
 * under a known number, are empty or too large, or come from somebody else. None of them may change the recording.
 */
export async function hostileChunks(rounds: number, random: Random): Promise<FaultRow> {
  const row = newRow('Chunks out of order, twice, too large, of somebody else', 0);
  const { folder, remove } = rowFolder();
  const machine = await openMachine(folder);
  const { recordings } = machine;
  const eve = await recordings.speaker();
  const expected = { sound: await soundOf(speech), ms: (await hear(speech)).ms };
  let hostile = 0;
  for (let round = 0; round < rounds; round += 1) {
    const ada = await recordings.speaker();
    const { id: interviewId, questions } = await recordings.interview(ada);
    const takeId = await ada.record(questions[0] ?? '', []);
    for (const [sequence, bytes] of speechChunks.entries()) {
      hostile += await disturb({ ada, eve, takeId, sequence, bytes }, row, random);
      await ada.value('recordings.append', { takeId, sequence, bytes });
    }
    expect(
      row,
      await refused(eve, 'recordings.finish', { takeId }),
      'NOT_FOUND',
      'finished by somebody else',
    );
    await ada.value('recordings.finish', { takeId });
    await until('finished', async () => (await recordings.take(takeId)).state === 'FINISHED');
    const file = await recordings.file(interviewId, `${takeId}.webm`);
    row.lostMs.push(expected.ms - (await hear(file)).ms);
    if ((await soundOf(file)) !== expected.sound) row.answersLost += 1;
    row.rounds += 1;
  }
  await machine.close();
  remove();
  row.note = `${hostile} hostile chunks refused or ignored`;
  return row;
}

interface Moment {
  ada: Speaker;
  eve: Speaker;
  takeId: string;
  sequence: number;
  bytes: Chunk;
}

/** @returns how many hostile chunks were sent */
async function disturb(moment: Moment, row: FaultRow, random: Random): Promise<number> {
  const { ada, eve, takeId, sequence, bytes } = moment;
  switch (random(0, 6)) {
    case 0: {
      const ahead = sequence + random(1, 5);
      const error = await refused(ada, 'recordings.append', { takeId, sequence: ahead, bytes });
      expect(row, error, 'CONFLICT', 'out of order');
      if (error?.details?.expectedSequence !== sequence)
        row.wrong.push('out of order: the wrong number expected');
      return 1;
    }
    case 1: {
      const huge = new Uint8Array(recordingFormat.maxChunkBytes + 1);
      expect(
        row,
        await refused(ada, 'recordings.append', { takeId, sequence, bytes: huge }),
        'INVALID_INPUT',
        'huge',
      );
      return 1;
    }
    case 2: {
      const error = await refused(eve, 'recordings.append', { takeId, sequence, bytes });
      expect(row, error, 'NOT_FOUND', 'of somebody else');
      return 1;
    }
    case 3: {
      const none = new Uint8Array();
      expect(
        row,
        await refused(ada, 'recordings.append', { takeId, sequence, bytes: none }),
        'INVALID_INPUT',
        'empty',
      );
      return 1;
    }
    case 4: {
      if (sequence === 0) return 0;
      const again = speechChunks[sequence - 1] as Chunk;
      await ada.value('recordings.append', { takeId, sequence: sequence - 1, bytes: again });
      return 1;
    }
    case 5: {
      if (sequence === 0) return 0;
      const other = Uint8Array.from(speechChunks[sequence - 1] as Chunk, (byte) => byte ^ 1);
      const error = await refused(ada, 'recordings.append', { takeId, sequence: sequence - 1, bytes: other });
      expect(row, error, 'CONFLICT', 'other bytes under a known number');
      return 1;
    }
    default:
      return 0;
  }
}

async function refused<N extends 'recordings.append' | 'recordings.finish'>(
  speaker: Speaker,
  name: N,
  input: Parameters<Speaker['error']>[1],
): Promise<OperationError | null> {
  return await (speaker.error as (name: string, input: unknown) => Promise<OperationError>)(
    name,
    input,
  ).catch(() => null);
}

function expect(row: FaultRow, error: OperationError | null, code: string, what: string): void {
  if (error?.code !== code) row.wrong.push(`${what}: ${error?.code ?? 'was taken'}, not ${code}`);
}
