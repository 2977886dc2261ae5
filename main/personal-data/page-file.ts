import type { ArchiveHead } from './data-file.ts';
import type { GivenRow, GivenRows } from './read-rows.ts';
import type { KeptRecording, KeptState } from './write-archive.ts';

// Plain HTML by template strings: no script is in it, and `escaped` is the only way for a person's words into it.

const style = `
:root { color-scheme: light dark; background: #fcfcfa; color: #1c1f1d; }
@media (prefers-color-scheme: dark) { :root { background: #151816; color: #e9ebe8; } }
a { color: inherit; }
body { font: 16px/1.55 system-ui, sans-serif; max-width: 46rem; margin: 0 auto; padding: 0 1.25rem; }
main { padding: 2.5rem 0; } h1 { line-height: 1.2; } h2 { margin-top: 2.5rem; } h3 { margin: 1.75rem 0 0.25rem; font-size: 1rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.2rem 1.25rem; }
dt, .quiet { opacity: 0.75; } dd { margin: 0; overflow-wrap: anywhere; }
audio { display: block; width: 100%; margin: 0.25rem 0 0.75rem; }
p, li { overflow-wrap: anywhere; } .words { white-space: pre-wrap; border-left: 3px solid; padding-left: 0.75rem; }
`;

/** Nothing may run or be fetched, even if something in it were not escaped; recordings lie beside the page. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; media-src 'self' file:";

/** `index.html`: everything that is in the archive for a person to read and hear, offline. */
export function* pageFile(
  head: ArchiveHead,
  rows: GivenRows,
  recordings: readonly KeptRecording[],
): Generator<string> {
  const { person, madeAt, isSelf, parley } = head;
  const of = (name: Parameters<GivenRows['get']>[0]) => rows.get(name) ?? [];
  yield `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>What Parley holds of ${escaped(person.name)}</title><style>${style}</style></head><body><main>
<h1>What Parley holds of ${escaped(person.name)}</h1>
<p>Made on ${moment(madeAt)} with Parley ${escaped(parley)}, ${isSelf ? 'by themselves' : 'by an admin'}. The same, for
programs, is in <a href="data.json">data.json</a>.</p>
<p class="quiet">Not in it, since it is about others or written by them: rubrics, and what interviewers noted and judged.${
    isSelf
      ? ''
      : ' What this person wrote about others is in the file that they get themselves, under Settings.'
  }</p>
`;
  yield* lacking(recordings);
  yield '<h2>The account</h2>\n';
  for (const user of of('users')) {
    yield facts([
      ['Name', user.name],
      ['Email', `${user.email}${user.emailVerified ? ' (verified)' : ''}`],
      ['Role', words(user.role)],
      ['State', words(user.state)],
      ['Since', moment(user.createdAt)],
    ]);
  }
  for (const profile of of('candidate_profiles')) {
    yield facts([
      ['Headline', profile.headline],
      ['Phone', profile.phone],
      ['Extra time', profile.timeMultiplier === 1 ? '' : `× ${profile.timeMultiplier}`],
      ['Extra takes', profile.extraTakes === 0 ? '' : profile.extraTakes],
      ['Accommodation', profile.accommodationNote],
    ]);
  }
  yield* interviews(rows, recordings);
  yield* list('Agreed to, or declined', of('consents'), (row) => {
    const text = row.text as { name: string; version: number; body: string } | null;
    return `${moment(row.decidedAt)}: ${words(row.decision)} “${escaped(text?.name)}”, version ${escaped(text?.version)}
      <p class="words">${escaped(text?.body)}</p>`;
  });
  yield* list(
    'On the panel of',
    of('panel_members'),
    (row) => `an interview, since ${moment(row.createdAt)}`,
  );
  yield* list(
    'Notes about others',
    of('notes'),
    (row) => `${moment(row.notedAt)}<p class="words">${escaped(row.body)}</p>`,
  );
  const ratings = grouped(of('ratings'), 'scorecardId');
  yield* list('Scorecards about others', of('scorecards'), (row) =>
    [
      `${moment(row.createdAt)}: ${words(row.state)}, ${words(row.recommendation ?? 'no recommendation')}`,
      ...[row.takeaways, row.sharedNotes, row.privateNotes].map(paragraph),
      ...(ratings.get(row.id) ?? []).map((rating) =>
        paragraph(`${rating.competency ?? 'An answer'}: ${rating.level}. ${rating.evidence}`),
      ),
    ].join('\n'),
  );
  yield* list(
    'Written for everybody',
    [...of('library_question_versions')],
    (row) => `version ${escaped(row.version)} of a library question, ${moment(row.createdAt)}`,
  );
  yield* list(
    '',
    [...of('interview_kit_versions')],
    (row) => `version ${escaped(row.version)} of an interview kit, ${moment(row.createdAt)}`,
  );
  yield* list(
    '',
    [...of('consent_texts')],
    (row) =>
      `version ${escaped(row.version)} of the consent text “${escaped(row.name)}”, ${moment(row.createdAt)}`,
  );
  yield* list(
    'Signed in at',
    of('sessions'),
    (row) => `${escaped(row.label)}, last used ${moment(row.lastUsedAt)}`,
  );
  yield* list('Saved filters', of('saved_filters'), (row) => `${escaped(row.name)} (${escaped(row.screen)})`);
  yield* list(
    'In the audit log',
    of('audit_entries'),
    (row) =>
      `${moment(row.createdAt)}: ${escaped(row.action)}, by ${row.byThemselves ? 'themselves' : 'an admin or Parley'}`,
  );
  yield '</main></body></html>\n';
}

const stateWords: Record<KeptState, string> = {
  WHOLE: '',
  UNFINISHED: 'As it came from the microphone: Parley has not finished it.',
  DAMAGED: 'Damaged: this is what could be read.',
  MISSING: 'Its file is not on the machine where this was made.',
  REMOVED: 'Discarded, and removed since.',
};

/** What is not there whole, a sentence each, for the page and for whoever made it. */
export function lackingWords(recordings: readonly KeptRecording[]): string[] {
  return recordings
    .filter(({ state }) => state === 'DAMAGED' || state === 'MISSING')
    .map(({ planned, state }) => `${planned.words}: ${lowered(stateWords[state])}`);
}

function* lacking(recordings: readonly KeptRecording[]): Generator<string> {
  const sentences = lackingWords(recordings);
  if (sentences.length === 0) return;
  yield '<h2>Recordings that are not whole</h2>\n<ul>\n';
  for (const sentence of sentences) yield `<li>${escaped(sentence)}</li>\n`;
  yield '</ul>\n';
}

function* interviews(rows: GivenRows, recordings: readonly KeptRecording[]): Generator<string> {
  const questionsOf = grouped(rows.get('questions'), 'interviewId');
  const answerOf = new Map((rows.get('answers') ?? []).map((row) => [row.questionId, row]));
  const takesOf = grouped(rows.get('takes'), 'answerId');
  const recordingOf = new Map(recordings.map((kept) => [kept.planned.takeId, kept]));
  for (const interview of rows.get('interviews') ?? []) {
    yield `<h2>${escaped(interview.title)}</h2>\n`;
    yield facts([
      ['Kind', words(interview.kind)],
      ['Status', words(interview.status)],
      ['Planned for', interview.scheduledAt && moment(interview.scheduledAt)],
      ['Due', interview.dueAt && moment(interview.dueAt)],
      ['Begun', interview.startedAt && moment(interview.startedAt)],
      ['Ended', interview.endedAt && moment(interview.endedAt)],
      ['Score', interview.score === null ? '' : `${interview.score} of 100`],
      ['Deleted', interview.deletedAt && moment(interview.deletedAt)],
    ]);
    const questions = [...(questionsOf.get(interview.id) ?? [])];
    questions.sort((one, other) => Number(one.position) - Number(other.position));
    for (const question of questions) {
      const answer = answerOf.get(question.id);
      yield `<h3>${Number(question.position) + 1}. ${escaped(question.content)}</h3>\n`;
      if (question.skippedAt) yield '<p class="quiet">Skipped.</p>\n';
      if (answer?.transcriptRemovedAt && !answer.transcript) {
        yield `<p class="quiet">The text was removed ${moment(answer.transcriptRemovedAt)}.</p>\n`;
      }
      if (answer?.transcript) yield paragraph(answer.transcript);
      for (const take of takesOf.get(answer?.id) ?? [])
        yield takePart(take, recordingOf.get(String(take.id)));
    }
  }
}

function grouped(rows: readonly GivenRow[] = [], by: string): ReadonlyMap<unknown, readonly GivenRow[]> {
  const groups = new Map<unknown, GivenRow[]>();
  for (const row of rows) {
    const group = groups.get(row[by]);
    if (group) group.push(row);
    else groups.set(row[by], [row]);
  }
  return groups;
}

function takePart(take: GivenRow, recording: KeptRecording | undefined): string {
  const state = take.removedAt
    ? `Removed ${moment(take.removedAt)}, by the rules for how long things are kept.`
    : stateWords[recording?.state ?? 'MISSING'];
  const title = [
    `Take ${take.number}, ${moment(take.startedAt)}`,
    take.chosen ? 'the chosen one' : '',
    take.discardedAt ? 'discarded' : '',
  ].filter(Boolean);
  return [
    `<p class="quiet">${title.join(', ')}. ${state}</p>\n`,
    recording?.file ? audio(recording.file.path, `Take ${take.number}`) : '',
    recording?.original ? audio(recording.original.path, `Take ${take.number}, as it was recorded`) : '',
  ].join('');
}

function audio(path: string, label: string): string {
  const address = path.split('/').map(encodeURIComponent).join('/');
  return `<audio controls preload="none" aria-label="${escaped(label)}" src="${escaped(address)}"></audio>\n`;
}

function facts(parts: readonly (readonly [name: string, value: unknown])[]): string {
  const there = parts.filter(([, value]) => value !== null && value !== undefined && value !== '');
  if (there.length === 0) return '';
  return `<dl>${there.map(([name, value]) => `<dt>${name}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>\n`;
}

function* list(title: string, rows: readonly GivenRow[], part: (row: GivenRow) => string): Generator<string> {
  if (rows.length === 0) return;
  yield `${title ? `<h2>${title}</h2>` : ''}\n<ul>\n`;
  for (const row of rows) yield `<li>${part(row)}</li>\n`;
  yield '</ul>\n';
}

function paragraph(text: unknown): string {
  return text ? `<p class="words">${escaped(text)}</p>\n` : '';
}

/** `IN_PROGRESS` is “in progress”. */
function words(value: unknown): string {
  return escaped(String(value).toLowerCase().replaceAll('_', ' '));
}

function lowered(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

const clock = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

function moment(value: unknown): string {
  return escaped(clock.format(new Date(String(value))));
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(value: unknown): string {
  return String(value ?? '').replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
}
