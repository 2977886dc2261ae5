import type { Candidate } from '../../../shared/contract/candidates.ts';
import type { InputOf } from '../../../shared/contract/index.ts';
import { count, formatDuration } from '../../lib/formats.ts';

/** What is edited of a candidate. */
export type ProfileDraft = Omit<InputOf<'candidates.update'>, 'id' | 'version'>;

export function draftOf(candidate: Candidate): ProfileDraft {
  const { name, email, headline, phone, notes, tags, accommodation } = candidate;
  return { name, email, headline, phone, notes, tags, accommodation };
}

export function isSame(one: ProfileDraft, other: ProfileDraft): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** An answer as long as most kits allow, to show what a multiplier does. */
const exampleMs = 180_000;

/** An accommodation in a sentence or two, by what it does. */
export function accommodationWords({ timeMultiplier, extraTakes }: ProfileDraft['accommodation']): string {
  const sentences = [
    timeMultiplier > 1 &&
      `${formatDuration(exampleMs)} to answer become ${formatDuration(exampleMs * timeMultiplier)}; thinking time grows alike.`,
    extraTakes > 0 && `${count(extraTakes, 'more take')} for each answer.`,
  ].filter(Boolean);
  return sentences.length > 0 ? sentences.join(' ') : 'None: the times and takes of the kit apply.';
}

/** Where two profiles differ, in words. */
export function differences(
  mine: ProfileDraft,
  theirs: ProfileDraft,
): { what: string; mine: string; theirs: string }[] {
  const parts: [string, (draft: ProfileDraft) => string][] = [
    ['Name', ({ name }) => name],
    ['Email', ({ email }) => email],
    ['Headline', ({ headline }) => headline ?? ''],
    ['Phone', ({ phone }) => phone],
    ['Tags', ({ tags }) => (tags ?? []).join(', ')],
    ['Notes', ({ notes }) => notes],
    ['Accommodations', ({ accommodation }) => accommodationWords(accommodation)],
    ['Why, or what else helps', ({ accommodation }) => accommodation.note],
  ];
  return parts
    .map(([what, say]) => ({ what, mine: say(mine), theirs: say(theirs) }))
    .filter((part) => part.mine !== part.theirs);
}
