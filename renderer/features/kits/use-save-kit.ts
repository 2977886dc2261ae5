import { useHotkeys } from '@mantine/hooks';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Kit } from '../../../shared/contract/kits.ts';
import type { CallError } from '../../lib/client.ts';
import { done } from '../../lib/done.ts';
import { keyOf, queryClient, useAct } from '../../lib/queries.ts';
import type { DraftHandle } from '../../stores/drafts.ts';
import { kitChanges } from './kit-acts.tsx';
import { contentOf, type KitDraft } from './kit-draft.ts';

/**
 * Saves a kit's draft as its next version. Where somebody else has saved one meanwhile, that is in `conflict` until the
 * person has chosen which to keep.
 */
export function useSaveKit(
  kit: Kit | null,
  draft: DraftHandle<KitDraft>,
): {
  save: () => void;
  pending: boolean;
  failure: CallError | null;
  fields: Record<string, string>;
  conflict: Kit | null;
  compareWith: (theirs: Kit) => void;
  keepMine: () => void;
  takeTheirs: () => void;
  closeConflict: () => void;
} {
  const navigate = useNavigate();
  const [conflict, setConflict] = useState<Kit | null>(null);
  const sent = useRef<KitDraft>(null);
  const onSuccess = (saved: Kit) => {
    queryClient.setQueryData(keyOf('kits.get', { id: saved.id }), saved);
    setConflict(null);
    draft.settle(sent.current ?? draft.value, saved.version);
    done(`Saved as version ${saved.version}.`);
    if (!kit) void navigate(`/kits/${saved.id}`, { replace: true });
  };
  const create = useAct('kits.create', { changes: kitChanges, showsFailure: true, onSuccess });
  const update = useAct('kits.update', {
    ...{ changes: kitChanges, showsFailure: true, onSuccess },
    onError({ code, details }) {
      const current = details.current as Kit | undefined;
      if (code === 'CONFLICT' && current && !current.archivedAt) setConflict(current);
    },
  });
  const act = kit ? update : create;
  const saveOver = (version: number) => {
    if (act.isPending) return;
    sent.current = draft.value;
    const content = contentOf(draft.value);
    if (kit) update.mutate({ id: kit.id, version, ...content });
    else create.mutate(content);
  };
  const save = () => saveOver(draft.base);
  useHotkeys([['mod+S', save]], []);
  return {
    save,
    pending: act.isPending,
    // A conflict has its dialog.
    failure: conflict ? null : act.error,
    fields: act.error?.fields ?? {},
    conflict,
    compareWith: setConflict,
    keepMine: () => conflict && saveOver(conflict.version),
    takeTheirs() {
      if (conflict) queryClient.setQueryData(keyOf('kits.get', { id: conflict.id }), conflict);
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
