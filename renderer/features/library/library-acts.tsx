import { useNavigate } from 'react-router';
import type { OperationName } from '../../../shared/contract/index.ts';
import type { LibraryQuestion } from '../../../shared/contract/library.ts';
import { done } from '../../lib/done.ts';
import { offerUndo } from '../../lib/offer-undo.tsx';
import { keyOf, queryClient, useAct } from '../../lib/queries.ts';

/** What is out of date once a question has changed. */
export const libraryChanges: readonly OperationName[] = [
  'library.list',
  'library.facets',
  'library.get',
  'library.competencies',
  'practice.competencies',
];

/** Shows a question as main has just told it. */
export function noteQuestion(question: LibraryQuestion): void {
  queryClient.setQueryData(keyOf('library.get', { id: question.id }), question);
}

/** Archives at once, and offers to undo it: nothing is lost by it. */
export function useArchiveQuestion(): (id: string) => void {
  const archive = useAct('library.archive', { changes: libraryChanges, onSuccess: noteQuestion });
  const restore = useRestoreQuestion();
  return (id) =>
    archive.mutate({ id }, { onSuccess: () => offerUndo('The question is archived', () => restore(id)) });
}

export function useRestoreQuestion(): (id: string) => void {
  const restore = useAct('library.restore', { changes: libraryChanges, onSuccess: noteQuestion });
  return (id) =>
    void restore.mutateAsync({ id }).then(
      () => done('The question is in use again.'),
      // Told already, as every failed act is.
      () => undefined,
    );
}

/** Makes a copy, and opens it to be edited. */
export function useDuplicateQuestion(): (id: string) => void {
  const navigate = useNavigate();
  const duplicate = useAct('library.duplicate', {
    changes: libraryChanges,
    onSuccess: (copy) => {
      noteQuestion(copy);
      done('This is the copy.');
      void navigate(`/library/${copy.id}/edit`);
    },
  });
  return (id) => duplicate.mutate({ id });
}
