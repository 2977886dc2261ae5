import { useNavigate } from 'react-router';
import type { OperationName } from '../../../shared/contract/index.ts';
import { done } from '../../lib/done.ts';
import { offerUndo } from '../../lib/offer-undo.tsx';
import { useAct } from '../../lib/queries.ts';

/** What is out of date once a kit has changed. */
export const kitChanges: readonly OperationName[] = [
  ...(['kits.list', 'kits.get', 'kits.versions', 'consentTexts.list'] as const),
];

interface NamedKit {
  id: string;
  name: string;
}

/** Makes a copy, and opens it. */
export function useDuplicateKit(): (id: string) => void {
  const navigate = useNavigate();
  const duplicate = useAct('kits.duplicate', {
    changes: kitChanges,
    onSuccess: ({ id, name }) => {
      done(`This is the copy: “${name}”.`);
      void navigate(`/kits/${id}`);
    },
  });
  return (id) => duplicate.mutate({ id });
}

/** Archives at once, and offers to undo it: nothing is lost by it. */
export function useArchiveKit(): (kit: NamedKit) => void {
  const archive = useAct('kits.archive', { changes: kitChanges });
  const restore = useRestoreKit();
  return (kit) =>
    archive.mutate(
      { id: kit.id },
      {
        onSuccess: () => offerUndo(`“${kit.name}” is archived`, () => restore(kit)),
      },
    );
}

export function useRestoreKit(): (kit: NamedKit) => void {
  const restore = useAct('kits.restore', { changes: kitChanges });
  return ({ id, name }) =>
    void restore.mutateAsync({ id }).then(
      () => done(`“${name}” is in use again.`),
      // Told already, as every failed act is.
      () => undefined,
    );
}
