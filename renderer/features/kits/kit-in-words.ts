import { competencyLabel } from '../../../shared/model/competencies.ts';
import type { InWords } from '../../lib/differences.ts';
import { difficultyWords } from '../../lib/words.ts';
import type { KitDraft } from './kit-draft.ts';
import { itemWords, timeWords } from './kit-words.ts';

/** A kit in words, part by part, as the editor has them. */
export function kitInWords({ name, definition }: KitDraft): InWords {
  const { difficulty, items, competencies, consentName, blind, takesAllowed } = definition;
  return [
    { what: 'Name', says: name },
    { what: 'Level', says: difficultyWords[difficulty] },
    { what: 'Questions', says: items.map((item, index) => `${index + 1}. ${withTimes(item)}`).join('\n') },
    { what: 'Time to think', says: timeWords(definition.thinkTimeMs) },
    { what: 'Time to answer', says: timeWords(definition.answerTimeMs) },
    { what: 'Takes for each answer', says: String(takesAllowed) },
    {
      what: 'What is judged',
      says: competencies.map(({ key, weight }) => `${competencyLabel(key)}, weight ${weight}`).join('\n'),
    },
    {
      what: 'Levels',
      says: competencies
        .map(({ key, levels }) =>
          [competencyLabel(key), ...levels.map((words, index) => `${index + 1}: ${words}`)].join('\n'),
        )
        .join('\n\n'),
    },
    { what: 'For the interviewer', says: definition.instructions },
    { what: 'Welcome', says: definition.welcome },
    { what: 'Consent text', says: consentName ?? 'None: nothing is recorded' },
    { what: 'Blind', says: blind ? 'Yes' : 'No' },
  ];
}

function withTimes(item: KitDraft['definition']['items'][number]): string {
  const times = [
    item.thinkTimeMs !== undefined && `to think: ${timeWords(item.thinkTimeMs).toLowerCase()}`,
    item.answerTimeMs !== undefined && `to answer: ${timeWords(item.answerTimeMs).toLowerCase()}`,
  ].filter(Boolean);
  const asked = item.type === 'DRAW' && item.neverAsked ? ', never asked before' : '';
  return `${itemWords(item)}${asked}${times.length > 0 ? ` (${times.join(', ')})` : ''}`;
}
