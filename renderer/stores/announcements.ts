import { create } from 'zustand';
import { timeWarningsMs } from '../../shared/model/limits.ts';
import type { RecorderProblem, RecorderState } from '../lib/recorder/recorder-state.ts';
import { problemWords, warningWords } from '../lib/recorder/words.ts';
import { recorder } from './recorder.ts';

/** What a screen reader is told of the recording, one sentence at a time. */
export const useAnnouncements = create<{ text: string }>()(() => ({ text: '' }));

export function announce(text: string): void {
  useAnnouncements.setState({ text });
}

/** A duration in words, such as `2 minutes 30 seconds`. */
export function spokenDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const parts = [
    { number: Math.floor(seconds / 60), unit: 'minute' },
    { number: seconds % 60, unit: 'second' },
  ];
  const said = parts
    .filter(({ number }) => number > 0)
    .map(({ number, unit }) => `${number} ${unit}${number === 1 ? '' : 's'}`);
  return said.join(' ') || '0 seconds';
}

/** The warning whose time has just come, if any. A limit no longer than the warning needs none. */
function timeWarning(before: RecorderState, after: RecorderState): number | undefined {
  return timeWarningsMs.findLast(
    (ms) =>
      after.limitMs > ms && before.limitMs - before.elapsedMs > ms && after.limitMs - after.elapsedMs <= ms,
  );
}

/** What has changed from one state to the next that is worth saying. */
export function whatToSay(before: RecorderState, after: RecorderState): string | null {
  if (before.phase !== after.phase) return phaseInWords(before, after);
  if (after.phase === 'paused' && after.problem && before.problem !== after.problem)
    return waitingInWords(after.problem);
  if (after.phase === 'recording') {
    const warning = timeWarning(before, after);
    if (warning) return `${spokenDuration(warning)} left.`;
  }
  const news = after.warnings.find((warning) => !before.warnings.includes(warning));
  return news ? `${warningWords[news].title}. ${warningWords[news].advice}` : null;
}

/** The answer has lost its microphone, and goes on with another. */
function waitingInWords(problem: RecorderProblem): string {
  const { title, advice } = problemWords(problem);
  return `${title}. What you said is kept. ${advice} Then go on in the same answer, or stop.`;
}

function phaseInWords(before: RecorderState, after: RecorderState): string | null {
  switch (after.phase) {
    case 'thinking':
      return after.thinkLeftMs > 0 ? `Time to think: ${spokenDuration(after.thinkLeftMs)}.` : null;
    case 'recording':
      return before.phase === 'paused'
        ? 'Recording again.'
        : `Recording started. You have ${spokenDuration(after.limitMs)}.`;
    case 'paused':
      return after.problem ? waitingInWords(after.problem) : 'Paused.';
    case 'saved':
      return `${after.stoppedAtLimit ? 'Time is up. ' : ''}Your answer is saved: ${spokenDuration(after.elapsedMs)}.`;
    case 'interrupted': {
      if (!after.problem) return null;
      const { title, advice } = problemWords(after.problem);
      return `${title}. ${advice}${after.saved ? ' What you said until then is saved.' : ''}`;
    }
    default:
      return null;
  }
}

let before = recorder.state;
recorder.subscribe(() => {
  const text = whatToSay(before, recorder.state);
  before = recorder.state;
  if (text) announce(text);
});
