import type { Candidate } from '../../../shared/contract/candidates.ts';
import type { InputOf } from '../../../shared/contract/index.ts';
import type { InWords } from '../../lib/differences.ts';
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

/** A profile in words, part by part, as the form has them. */
export function profileInWords(draft: ProfileDraft): InWords {
  const { name, email, headline, phone, tags, notes, accommodation } = draft;
  return [
    { what: 'Name', says: name },
    { what: 'Email', says: email },
    { what: 'Headline', says: headline ?? '' },
    { what: 'Phone', says: phone },
    { what: 'Tags', says: (tags ?? []).join(', ') },
    { what: 'Notes', says: notes },
    { what: 'Accommodations', says: accommodationWords(accommodation) },
    { what: 'Why, or what else helps', says: accommodation.note },
  ];
}
