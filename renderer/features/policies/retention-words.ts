import type { RetentionAmount, RetentionDraft, RetentionRun } from '../../../shared/contract/retention.ts';
import type { InterviewKind } from '../../../shared/model/interview.ts';
import type { RetainedStatus, RetentionWhat } from '../../../shared/model/retention.ts';
import { count, formatMoment } from '../../lib/formats.ts';
import { formatBytes } from '../../lib/sizes.ts';

export const whatWords: Record<RetentionWhat, string> = {
  RECORDINGS: 'Recordings',
  TRANSCRIPTS: 'Transcripts',
  INTERVIEWS: 'Whole interviews',
};

export const whatExplanations: Record<RetentionWhat, string> = {
  RECORDINGS: 'Scores, ratings, notes and transcripts stay.',
  TRANSCRIPTS: 'The text of answers, spoken or typed. Scores, ratings and notes stay.',
  INTERVIEWS: 'With everything in them: questions, answers, recordings, notes and scorecards.',
};

export const retainedStatusWords: Record<RetainedStatus, string> = {
  COMPLETED: 'Completed',
  ABANDONED: 'Ended early',
  PENDING: 'Never started',
};

const kindWords: Record<InterviewKind, string> = { LIVE: 'live', ONE_WAY: 'one-way', PRACTICE: 'practice' };

/** A rule in two sentences. */
export function ruleWords({ what, kinds, statuses, days, graceDays }: RetentionDraft): string {
  const which = kinds.length === 3 ? 'all' : listed(kinds.map((kind) => kindWords[kind]));
  const states = listed(statuses.map((status) => retainedStatusWords[status].toLowerCase()));
  const thing = what === 'INTERVIEWS' ? 'Whole' : `${whatWords[what]} of`;
  const grace =
    graceDays === 0
      ? 'They go at once, without being announced.'
      : `Then that is announced, and ${count(graceDays, 'day')} later they go.`;
  return `${thing} ${which} interviews (${states}), ${count(days, 'day')} after the end. ${grace}`;
}

/** `3 interviews, 5 recordings, 12 MB`. */
export function amountWords({ interviews, recordings, bytes, transcripts }: RetentionAmount): string {
  if (interviews === 0) return 'Nothing';
  const parts = [
    count(interviews, 'interview'),
    recordings > 0 && `${count(recordings, 'recording')} (${formatBytes(bytes)})`,
    transcripts > 0 && count(transcripts, 'transcript'),
  ];
  return parts.filter((part) => part !== false).join(', ');
}

export function runWords(run: RetentionRun): string {
  const { at, by, endedAt, interviews, recordings, bytes, transcripts } = run;
  const removed = [
    interviews > 0 && count(interviews, 'whole interview'),
    recordings > 0 && `${count(recordings, 'recording')} (${formatBytes(bytes)})`,
    transcripts > 0 && count(transcripts, 'transcript'),
  ].filter((part) => part !== false);
  const what = removed.length > 0 ? `removed ${listed(removed)}` : 'nothing was due';
  const who = by ? `, by ${by}` : '';
  return `Last applied ${formatMoment(at)}${who}: ${what}.${endedAt ? '' : ' It was cut off; the next time does the rest.'}`;
}

/** What is announced of an interview: `Recordings`. */
export function goingWords(what: RetentionWhat): string {
  return what === 'INTERVIEWS' ? 'This whole interview' : whatWords[what];
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
