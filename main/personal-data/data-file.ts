import type { GivenRows } from './read-rows.ts';
import type { KeptRecording } from './write-archive.ts';

/** What an archive says of itself. */
export interface ArchiveHead {
  readonly person: { readonly id: string; readonly name: string; readonly email: string };
  readonly madeAt: string;
  /** Whether they asked for it themselves. */
  readonly isSelf: boolean;
  /** The version of Parley. */
  readonly parley: string;
}

/**
 * `data.json`: docs/guide/your-data.md says what is in it. Whoever changes the format counts its version up. A row a line,
 * so that it is written piece by piece and can be read by a person.
 */
export function* dataFile(
  { person, madeAt, isSelf, parley }: ArchiveHead,
  rows: GivenRows,
  recordings: readonly KeptRecording[],
): Generator<string> {
  const head = {
    ...{ format: 'parley-personal-data', version: 1, parley, madeAt, person },
    madeBy: isSelf ? 'THE_PERSON' : 'AN_ADMIN',
  };
  yield `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "tables": {`;
  let separator = '';
  for (const [name, list] of rows) {
    yield `${separator}\n    ${JSON.stringify(name)}: `;
    yield* lines(list, '    ');
    separator = ',';
  }
  yield '\n  },\n  "recordings": ';
  yield* lines(
    recordings.map(({ planned: { takeId, interviewId }, state, file, original }) => ({
      ...{ takeId, interviewId, state, file, damagedOriginal: original },
    })),
    '  ',
  );
  yield '\n}\n';
}

function* lines(list: readonly unknown[], indent: string): Generator<string> {
  if (list.length === 0) return yield '[]';
  yield '[';
  for (const [index, row] of list.entries()) {
    yield `${index === 0 ? '' : ','}\n${indent}  ${JSON.stringify(row)}`;
  }
  yield `\n${indent}]`;
}
