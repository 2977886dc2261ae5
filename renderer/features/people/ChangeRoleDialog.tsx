import { Alert, Button, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { PersonRow } from '../../../shared/contract/accounts.ts';
import { type Role, roles } from '../../../shared/model/roles.ts';
import { done } from '../../lib/done.ts';
import { useAct } from '../../lib/queries.ts';
import { roleWords } from '../../lib/words.ts';
import { FormFailure } from '../accounts/FormFailure.tsx';
import { peopleChanges } from './people-changes.ts';

export const roleExplanations: Record<Role, string> = {
  CANDIDATE: 'Practises, and answers one-way interviews that were assigned to them.',
  INTERVIEWER: 'Also holds and reviews interviews, and looks after candidates, questions and kits.',
  ADMIN: 'Also looks after people, the database, backups and policies.',
};

/** Asks for another role, and says what somebody loses by it. */
export function ChangeRoleDialog({
  person,
  isMe,
  onClose,
}: {
  person: PersonRow;
  isMe: boolean;
  onClose: () => void;
}) {
  const { id, name, role } = person;
  const [chosen, setChosen] = useState<Role>(role);
  const act = useAct('people.changeRole', {
    ...{ changes: [...peopleChanges, 'accounts.current'], showsFailure: true },
    onSuccess(changed) {
      done(`${changed.name} is ${roleWords[changed.role].toLowerCase()} now.`);
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={`The role of ${name}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          act.mutate({ id, from: role, to: chosen });
        }}
      >
        <Stack gap="md">
          <FormFailure failure={act.error} />
          <Radio.Group
            aria-label="Role"
            value={chosen}
            onChange={(value) => setChosen(roles.find((each) => each === value) ?? role)}
          >
            <Stack gap="sm">
              {roles.map((each) => (
                <Radio
                  key={each}
                  value={each}
                  label={roleWords[each]}
                  description={roleExplanations[each]}
                  data-autofocus={each === role || undefined}
                />
              ))}
            </Stack>
          </Radio.Group>
          {chosen === 'CANDIDATE' && role !== 'CANDIDATE' && (
            <Text size="sm">
              They leave the panels that they are on, and see nothing of those interviews any more.
            </Text>
          )}
          {isMe && role === 'ADMIN' && chosen !== 'ADMIN' && (
            <Alert color="amber" py="xs">
              You will not be able to look after people any more, nor to take this back.
            </Alert>
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={chosen === role} loading={act.isPending}>
              Change the role
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
