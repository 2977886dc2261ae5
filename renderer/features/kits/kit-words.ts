import { competencyLabel } from '../../../shared/model/competencies.ts';
import { practiceLimits } from '../../../shared/model/limits.ts';
import { count } from '../../lib/formats.ts';
import { questionDifficultyWords } from '../../lib/words.ts';
import type { DraftItem } from './kit-draft.ts';

/** An item in a few words, for buttons, announcements and comparisons. */
export function itemWords(item: DraftItem): string {
  if (item.type === 'QUESTION')
    return item.question?.content ?? 'A question that is not in the library any more';
  const kind = item.difficulties.map((each) => questionDifficultyWords[each].toLowerCase()).join(' or ');
  const on = item.competencies.map(competencyLabel).join(', ') || 'nothing yet';
  const questions = count(item.count, `${kind ? `${kind} ` : ''}question`);
  const tagged = item.tags?.length ? ` tagged ${item.tags.join(', ')}` : '';
  return `Draws ${questions} on ${on}${tagged}`;
}

/** A time in words: `None`, `45 seconds`, `2 minutes`, `1½ minutes`. */
export function timeWords(ms: number): string {
  if (ms === 0) return 'None';
  if (ms < 60_000) return count(ms / 1_000, 'second');
  const half = ms % 60_000 === 30_000 ? '½' : '';
  if (ms % 60_000 !== 0 && !half) {
    return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1_000)} s`;
  }
  const minutes = Math.floor(ms / 60_000);
  return `${minutes}${half} ${minutes === 1 && !half ? 'minute' : 'minutes'}`;
}

/** How long an interview is planned to take: `about 40 min`. */
export function plannedWords(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `up to ${minutes} min`;
  return rest === 0 ? `up to ${hours} h` : `up to ${hours} h ${rest} min`;
}

const seconds = (...all: number[]) => all.map((each) => each * 1_000);
export const thinkTimes = seconds(0, 15, 30, 60, 120, 300, 600);
export const answerTimes = seconds(30, 60, 90, 120, 180, 300, 420, 600, 720, 900, 1_200, 1_800, 2_700, 3_600);
export const takeCounts = Array.from({ length: practiceLimits.takesAllowed.max }, (_, index) => ({
  value: String(index + 1),
  label: index === 0 ? '1, no second try' : String(index + 1),
}));

/** Choices of times, with the one that is chosen among them whatever it is. */
export function timeChoices(times: readonly number[], chosen?: number): { value: string; label: string }[] {
  const all =
    chosen === undefined || times.includes(chosen) ? times : [...times, chosen].sort((a, b) => a - b);
  return all.map((ms) => ({ value: String(ms), label: timeWords(ms) }));
}
