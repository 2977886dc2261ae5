import { competencyLabel } from '../../../shared/model/competencies.ts';
import type { QuestionDraft } from '../../../shared/model/library.ts';
import type { InWords } from '../../lib/differences.ts';
import { questionDifficultyWords } from '../../lib/words.ts';

/** A question in words, part by part, as the editor has them. */
export function questionInWords(question: QuestionDraft): InWords {
  const { content, difficulty, competency, tags, covers, probes, levels, practice } = question;
  return [
    { what: 'Question', says: content },
    { what: 'Difficulty', says: questionDifficultyWords[difficulty] },
    { what: 'Competency', says: competencyLabel(competency) },
    { what: 'Tags', says: tags.join(', ') },
    { what: 'A good answer covers', says: covers.join('\n') },
    { what: 'Follow-ups', says: probes.join('\n') },
    ...levels.map((says, index) => ({ what: `Level ${index + 1}`, says })),
    { what: 'Practice', says: practice ? 'Candidates may practise it' : 'Kept out of practice' },
  ];
}
