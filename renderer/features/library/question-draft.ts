import type { LibraryQuestion } from '../../../shared/contract/library.ts';
import { changedFields, type QuestionDraft, tidyDraft } from '../../../shared/model/library.ts';
import { type DraftHandle, useDraft } from '../../stores/drafts.ts';
import { usePerson } from '../accounts/signed-in.ts';

export const emptyQuestion: QuestionDraft = {
  ...{ content: '', difficulty: 'MEDIUM', competency: '', tags: [], covers: [], probes: [] },
  levels: ['', '', '', '', ''],
  practice: false,
};

/** The draft of a question by its id; of a new one where there is none. */
export function useQuestionDraft(question: LibraryQuestion | null): DraftHandle<QuestionDraft> {
  const { id } = usePerson();
  return useDraft(
    `${id} question ${question?.id ?? 'new'}`,
    question
      ? { value: tidyDraft(question), version: question.version }
      : { value: emptyQuestion, version: 0 },
    // As they are typed: an entry that is still empty is there to be written.
    (a, b) => changedFields(a, b).length === 0,
  );
}
