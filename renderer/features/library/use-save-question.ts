import { useHotkeys } from '@mantine/hooks';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { LibraryQuestion } from '../../../shared/contract/library.ts';
import { type QuestionDraft, tidyDraft } from '../../../shared/model/library.ts';
import type { CallError } from '../../lib/client.ts';
import { done } from '../../lib/done.ts';
import { useAct } from '../../lib/queries.ts';
import type { DraftHandle } from '../../stores/drafts.ts';
import { libraryChanges, noteQuestion } from './library-acts.tsx';

/**
 * Saves a question's draft as its next version. Where somebody else has saved one meanwhile, that is in `conflict` until
 * the person has chosen which to keep.
 */
export function useSaveQuestion(
  question: LibraryQuestion | null,
  draft: DraftHandle<QuestionDraft>,
): {
  save: () => void;
  pending: boolean;
  failure: CallError | null;
  /** What is wrong with each field, by name; of a list, with its place: `covers.2`. */
  fields: Record<string, string>;
  conflict: LibraryQuestion | null;
  compareWith: (theirs: LibraryQuestion) => void;
  keepMine: () => void;
  takeTheirs: () => void;
  closeConflict: () => void;
} {
  const navigate = useNavigate();
  const [conflict, setConflict] = useState<LibraryQuestion | null>(null);
  const sent = useRef<QuestionDraft>(null);
  const onSuccess = (saved: LibraryQuestion) => {
    noteQuestion(saved);
    setConflict(null);
    draft.settle(sent.current ?? draft.value, saved.version);
    done(question ? `Saved as version ${saved.version}.` : 'The question is in the library.');
    void navigate(`/library/${saved.id}`, { replace: true });
  };
  const create = useAct('library.create', { changes: libraryChanges, showsFailure: true, onSuccess });
  const update = useAct('library.update', {
    ...{ changes: libraryChanges, showsFailure: true, onSuccess },
    onError({ code, details }) {
      const current = details.current as LibraryQuestion | undefined;
      if (code === 'CONFLICT' && current) setConflict(current);
    },
  });
  const act = question ? update : create;
  const saveOver = (baseVersion: number) => {
    if (act.isPending) return;
    sent.current = draft.value;
    const content = tidyDraft(draft.value);
    if (question) update.mutate({ id: question.id, baseVersion, draft: content });
    else create.mutate(content);
  };
  const save = () => saveOver(draft.base);
  useHotkeys([['mod+S', save]], []);
  const fields = Object.entries(act.error?.fields ?? {}).map(([name, message]) => [
    name.replace(/^draft\./, ''),
    message,
  ]);
  return {
    save,
    pending: act.isPending,
    // A conflict has its dialog.
    failure: conflict ? null : act.error,
    fields: Object.fromEntries(fields),
    conflict,
    compareWith: setConflict,
    keepMine: () => conflict && saveOver(conflict.version),
    takeTheirs() {
      if (conflict) noteQuestion(conflict);
      setConflict(null);
      update.reset();
      draft.discard();
    },
    closeConflict() {
      setConflict(null);
      update.reset();
    },
  };
}
