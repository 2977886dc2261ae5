import { Alert, Button, Group, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import classes from './SaveBar.module.css';

/** Stays at the foot of an editor: whether there is something to save, and what hindered it. */
export function SaveBar({
  isDraft,
  isNew,
  blocked = false,
  pending,
  failure,
  onDiscard,
}: {
  isDraft: boolean;
  isNew: boolean;
  /** Nothing can be saved now; the screen says why. */
  blocked?: boolean;
  pending: boolean;
  failure: Error | null;
  onDiscard: () => void;
}) {
  const askToDiscard = () =>
    modals.openConfirmModal({
      title: 'Discard what you changed?',
      children: (
        <Text size="sm">
          {isNew
            ? 'What you have written here is gone then.'
            : 'The version that was saved last is shown again.'}
        </Text>
      ),
      labels: { confirm: 'Discard', cancel: 'Go on editing' },
      confirmProps: { color: 'red' },
      onConfirm: onDiscard,
    });
  return (
    <div className={classes.bar}>
      {failure && (
        <Alert color="red" role="alert" mb="sm" py="xs">
          {failure.message}
        </Alert>
      )}
      <Group justify="space-between" gap="sm">
        <Text size="sm" c="dimmed" role="status">
          {isDraft
            ? 'Not saved yet. Your draft is kept on this machine.'
            : isNew
              ? ''
              : 'Everything is saved.'}
        </Text>
        <Group gap="sm">
          {isDraft && (
            <Button variant="default" onClick={askToDiscard} disabled={pending}>
              Discard
            </Button>
          )}
          <Button
            type="submit"
            loading={pending}
            disabled={!isDraft || blocked}
            aria-keyshortcuts="Control+S Meta+S"
          >
            {isNew ? 'Save' : 'Save as a new version'}
          </Button>
        </Group>
      </Group>
    </div>
  );
}
