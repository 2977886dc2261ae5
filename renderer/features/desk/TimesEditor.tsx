import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import type { DeskInterview } from '../../../shared/contract/desk.ts';
import { FailureNote } from '../../components/FailureNote.tsx';
import { formatMoment } from '../../lib/formats.ts';
import { useAct } from '../../lib/queries.ts';
import { fromField, toField } from './moment-field.ts';

/** When an interview is to take place or to be submitted, and the way to change that before it has begun. */
export function TimesEditor({ interview }: { interview: DeskInterview }) {
  const [opened, dialog] = useDisclosure(false);
  const at = momentOf(interview);
  return (
    <Group gap="xs">
      <span>{at ? formatMoment(at) : interview.kind === 'LIVE' ? 'No time yet' : 'No limit'}</span>
      {interview.status === 'PENDING' && !interview.deletedAt && (
        <Button size="compact-xs" variant="default" onClick={dialog.open}>
          {at ? 'Move' : 'Set'}
        </Button>
      )}
      <Modal
        opened={opened}
        onClose={dialog.close}
        title={interview.kind === 'LIVE' ? 'When it takes place' : 'When it is due'}
      >
        <TimesForm interview={interview} onClose={dialog.close} />
      </Modal>
    </Group>
  );
}

function TimesForm({ interview, onClose }: { interview: DeskInterview; onClose: () => void }) {
  const { id, kind, scheduledAt, dueAt } = interview;
  // What was there when the change was thought of, whatever is read meanwhile.
  const [seen, setSeen] = useState({ scheduledAt, dueAt });
  const [when, setWhen] = useState(() => toField(momentOf(interview)));
  const move = useAct('desk.reschedule', {
    changes: ['desk.interview', 'desk.list'],
    showsFailure: true,
    onSuccess: onClose,
    // They are told what there is now; saving again is their choice.
    onError: ({ code, details }) => {
      if (code === 'CONFLICT' && 'scheduledAt' in details) setSeen(details as typeof seen);
    },
  });
  const submit = () => {
    const at = fromField(when);
    const times = kind === 'LIVE' ? { scheduledAt: at, dueAt: seen.dueAt } : { ...seen, dueAt: at };
    move.mutate({ id, seen, ...times });
  };
  const now = kind === 'LIVE' ? seen.scheduledAt : seen.dueAt;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="md">
        {move.error && <FailureNote error={move.error} onRetry={submit} />}
        <TextInput
          type="datetime-local"
          label={kind === 'LIVE' ? 'When' : 'To be submitted by'}
          description={now ? `Now: ${formatMoment(now)}` : 'There is no time now.'}
          data-autofocus
          value={when}
          onChange={(event) => setWhen(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={move.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function momentOf({ kind, scheduledAt, dueAt }: DeskInterview): string | null {
  return kind === 'LIVE' ? scheduledAt : dueAt;
}
