import { IconBook2, IconListDetails, IconMicrophone, IconUser, IconUsers } from '@tabler/icons-react';
import type { Found } from '../../../shared/contract/find.ts';
import { competencyLabel } from '../../../shared/model/competencies.ts';
import { formatMoment } from '../../lib/formats.ts';
import { kindWords, questionDifficultyWords, statusWords } from '../../lib/words.ts';
import type { PaletteEntry } from './palette-actions.tsx';

/** What main has found, as lines of the palette. */
export function foundEntries(
  { people, interviews, questions, kits }: Found,
  go: (to: string) => void,
): PaletteEntry[] {
  return [
    ...people.map(({ id, name, email }) => ({
      ...{ id: `person-${id}`, group: 'Candidates', label: name, detail: email, icon: IconUser },
      run: () => go(`/candidates/${id}`),
    })),
    ...interviews.map((interview) => {
      const { id, title, kind, status, candidateName, at } = interview;
      return {
        ...{ id: `interview-${id}`, group: 'Interviews' },
        label: candidateName ? `${candidateName} · ${title}` : title,
        detail: `${kindWords[kind]} · ${statusWords[status]} · ${formatMoment(at)}`,
        icon: candidateName ? IconUsers : IconMicrophone,
        run: () => go(interviewPath(interview)),
      };
    }),
    ...kits.map(({ id, name }) => ({
      ...{ id: `kit-${id}`, group: 'Kits', label: name, icon: IconListDetails },
      run: () => go(`/kits/${id}`),
    })),
    ...questions.map(({ id, content, competency, difficulty }) => ({
      ...{ id: `question-${id}`, group: 'Questions', label: content, icon: IconBook2 },
      detail: `${competencyLabel(competency)} · ${questionDifficultyWords[difficulty]}`,
      run: () => go(`/library/${id}`),
    })),
  ];
}

/** Where an interview is shown: one's own practice, one that one has been asked to, or one of one's panels. */
function interviewPath({ id, kind, candidateName }: Found['interviews'][number]): string {
  if (candidateName !== null) return `/desk/${id}`;
  return kind === 'PRACTICE' ? `/interviews/${id}` : `/assigned/${id}`;
}
