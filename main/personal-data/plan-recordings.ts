import type { TakeState } from '../../shared/model/recording.ts';
import { asFileName, dayOf, FileNames } from './names.ts';
import type { GivenRow, GivenRows } from './read-rows.ts';

/** A recording that belongs into an archive. */
export interface PlannedRecording {
  readonly takeId: string;
  readonly interviewId: string;
  readonly state: TakeState;
  /** Of the finished file, by its row. */
  readonly sha256: string | null;
  /** Discarded by the person: its files go after a while, and are not missed then. */
  readonly isDiscarded: boolean;
  /** Its name in the archive. */
  readonly path: string;
  /** Where the bytes that could not all be read have been put aside, their name in the archive. */
  readonly damagedPath: string;
  /** For a person, such as “Practice” of 2026-03-01, question 2, take 1. */
  readonly words: string;
}

/** Names the recordings of a person by interview, question and take, in that order. */
export function planRecordings(rows: GivenRows): PlannedRecording[] {
  const interviews = byId(rows.get('interviews'));
  const questions = byId(rows.get('questions'));
  const answers = byId(rows.get('answers'));
  const names = new FileNames();
  const folders = new Map<string, string>();

  function folderOf(interview: GivenRow): string {
    const id = String(interview.id);
    const known = folders.get(id);
    if (known) return known;
    const folder = names.take(
      'recordings',
      `${dayOfInterview(interview)} ${asFileName(String(interview.title))}`,
      '',
    );
    folders.set(id, folder);
    return folder;
  }

  return [...(rows.get('takes') ?? [])].flatMap((take) => {
    const question = questions.get(String(answers.get(String(take.answerId))?.questionId));
    const interview = question && interviews.get(String(question.interviewId));
    // It went by a retention rule: the row says when.
    if (!interview || take.removedAt !== null) return [];
    const number = Number(question.position) + 1;
    const folder = folderOf(interview);
    const name = `${number} ${asFileName(String(question.content))} – take ${take.number}`;
    return [
      {
        ...{ takeId: String(take.id), interviewId: String(interview.id), state: take.state as TakeState },
        sha256: take.sha256 === null ? null : String(take.sha256),
        isDiscarded: take.discardedAt !== null,
        path: names.take(folder, name, '.webm'),
        damagedPath: names.take(folder, `${name}, as it was recorded (damaged)`, '.webm'),
        words: `“${interview.title}” of ${dayOfInterview(interview)}, question ${number}, take ${take.number}`,
      },
    ];
  });
}

function dayOfInterview({ startedAt, createdAt }: GivenRow): string {
  return dayOf(new Date(String(startedAt ?? createdAt)));
}

function byId(rows: readonly GivenRow[] = []): ReadonlyMap<string, GivenRow> {
  return new Map(rows.map((row) => [String(row.id), row]));
}
