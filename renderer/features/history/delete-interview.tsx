import { Button, Group, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { notifications } from '@mantine/notifications';
import type { OperationName } from '../../../shared/contract/index.ts';
import type { InterviewRow } from '../../../shared/contract/interviews.ts';
import { restorableDays } from '../../../shared/model/limits.ts';
import { useAct } from '../../lib/queries.ts';

const changes: readonly OperationName[] = ['interviews.list', 'interviews.unfinished', 'interviews.get'];

/** How long Undo is offered, ms. The deleted ones can be found again for days after that. */
const undoMs = 12_000;

/** Asks, deletes, and offers to undo it. */
export function useDeleteInterview(): (interview: InterviewRow, onDeleted?: () => void) => void {
  const remove = useAct('interviews.delete', { changes });
  const restore = useRestoreInterview();
  return (interview, onDeleted) =>
    modals.openConfirmModal({
      title: 'Delete this interview?',
      children: (
        <Text size="sm">
          “{interview.title}” goes with its recordings
          {interview.status === 'IN_PROGRESS' && ', and ends here'}. You can restore it for {restorableDays}{' '}
          days; after that it is gone for good.
        </Text>
      ),
      labels: { confirm: 'Delete', cancel: 'Keep' },
      confirmProps: { color: 'red' },
      onConfirm: () =>
        remove.mutate(
          { id: interview.id },
          {
            onSuccess: () => {
              onDeleted?.();
              offerUndo(interview, () => restore(interview));
            },
          },
        ),
    });
}

/** Puts a deleted interview back, and says so, also when the screen that offered it has been left meanwhile. */
export function useRestoreInterview(): (interview: InterviewRow) => void {
  const restore = useAct('interviews.restore', { changes });
  return (interview) =>
    void restore.mutateAsync({ id: interview.id }).then(
      () =>
        notifications.show({
          message: `“${interview.title}” is back.`,
          autoClose: 4_000,
          withCloseButton: false,
        }),
      // Told already, as every failed act is.
      () => undefined,
    );
}

function offerUndo(interview: InterviewRow, undo: () => void): void {
  const id = `deleted-${interview.id}`;
  const undoOnce = () => {
    notifications.hide(id);
    undo();
  };
  const listen = (event: KeyboardEvent) => {
    const typing = event.target instanceof Element && event.target.closest('input, textarea');
    if (typing || event.key !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
    event.preventDefault();
    undoOnce();
  };
  notifications.show({
    id,
    autoClose: undoMs,
    onOpen: () => window.addEventListener('keydown', listen),
    onClose: () => window.removeEventListener('keydown', listen),
    message: (
      <Group justify="space-between" wrap="nowrap">
        <span>Interview deleted</span>
        <Button size="compact-sm" variant="default" onClick={undoOnce} aria-keyshortcuts="Control+Z Meta+Z">
          Undo
        </Button>
      </Group>
    ),
  });
}
