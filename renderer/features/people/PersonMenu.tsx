import { ActionIcon, Menu } from '@mantine/core';
import { modals } from '@mantine/modals';
import {
  IconDots,
  IconFileZip,
  IconKey,
  IconRosetteDiscountCheck,
  IconTrash,
  IconUser,
  IconUserCheck,
  IconUserOff,
  IconUserShield,
} from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { PersonRow } from '../../../shared/contract/accounts.ts';
import { done } from '../../lib/done.ts';
import { useAct } from '../../lib/queries.ts';
import { InvitationDialog } from '../accounts/InvitationDialog.tsx';
import { usePerson } from '../accounts/signed-in.ts';
import { SavePersonDialog } from '../personal-data/SavePersonDialog.tsx';
import { ChangeRoleDialog } from './ChangeRoleDialog.tsx';
import { EraseDialog } from './EraseDialog.tsx';
import { peopleChanges } from './people-changes.ts';

/** What an admin can do about one person. What ends somebody's access is asked about first. */
export function PersonMenu({ person }: { person: PersonRow }) {
  const { id, name, role, signIn, emailVerified } = person;
  const me = usePerson();
  const isMe = me.id === id;
  const [changingRole, setChangingRole] = useState(false);
  const [erasing, setErasing] = useState(false);
  const [saving, setSaving] = useState(false);
  const reset = useAct('people.resetPassword', { changes: peopleChanges });
  const setState = useAct('people.setState', { changes: peopleChanges });
  const verify = useAct('people.setEmailVerified', { changes: [...peopleChanges, 'accounts.current'] });

  const giveCode = () => reset.mutate({ id });
  const askToReset = () =>
    modals.openConfirmModal({
      title: signIn === 'READY' ? `Reset the password of ${name}?` : `Give ${name} a new code?`,
      children:
        signIn === 'READY'
          ? 'Their password stops working and they are signed out everywhere. You get a one-time code for them to set a new one.'
          : 'A code that they were given before stops working.',
      labels: { confirm: signIn === 'READY' ? 'Reset' : 'Give a new code', cancel: 'Cancel' },
      confirmProps: { color: signIn === 'READY' ? 'red' : undefined },
      onConfirm: giveCode,
    });
  const askToDisable = () =>
    modals.openConfirmModal({
      title: `Disable ${name}?`,
      children:
        'They are signed out everywhere and cannot sign in until you enable them again. Nothing of theirs is deleted.',
      labels: { confirm: 'Disable', cancel: 'Cancel' },
      confirmProps: { color: 'red' },
      onConfirm: () =>
        setState.mutate(
          { id, state: 'DISABLED' },
          { onSuccess: () => done(`${name} cannot sign in any more.`) },
        ),
    });
  const enable = () =>
    setState.mutate({ id, state: 'ACTIVE' }, { onSuccess: () => done(`${name} is enabled again.`) });

  return (
    <>
      <Menu position="bottom-end" shadow="md" width={240}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${name}`}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {role === 'CANDIDATE' && (
            <Menu.Item component={Link} to={`/candidates/${id}`} leftSection={<IconUser size={16} />}>
              Open the candidate
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconUserShield size={16} />} onClick={() => setChangingRole(true)}>
            Change the role
          </Menu.Item>
          <Menu.Item
            leftSection={<IconRosetteDiscountCheck size={16} />}
            onClick={() => verify.mutate({ id, verified: !emailVerified })}
          >
            {emailVerified ? 'Mark the email as not verified' : 'Mark the email as verified'}
          </Menu.Item>
          {!isMe && signIn !== 'DISABLED' && (
            <Menu.Item
              leftSection={<IconKey size={16} />}
              onClick={signIn === 'NONE' ? giveCode : askToReset}
            >
              {signIn === 'READY' ? 'Reset the password' : 'Give a one-time code'}
            </Menu.Item>
          )}
          {!isMe && (
            <Menu.Item leftSection={<IconFileZip size={16} />} onClick={() => setSaving(true)}>
              Save all that is theirs
            </Menu.Item>
          )}
          {!isMe &&
            (signIn === 'DISABLED' ? (
              <Menu.Item leftSection={<IconUserCheck size={16} />} onClick={enable}>
                Enable
              </Menu.Item>
            ) : (
              <Menu.Item leftSection={<IconUserOff size={16} />} color="red" onClick={askToDisable}>
                Disable
              </Menu.Item>
            ))}
          {!isMe && (
            <Menu.Item leftSection={<IconTrash size={16} />} color="red" onClick={() => setErasing(true)}>
              Erase for good
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <InvitationDialog person={person} invitation={reset.data?.invitation ?? null} onClose={reset.reset} />
      {changingRole && (
        <ChangeRoleDialog person={person} isMe={isMe} onClose={() => setChangingRole(false)} />
      )}
      {saving && <SavePersonDialog person={person} onClose={() => setSaving(false)} />}
      {erasing && <EraseDialog person={person} onClose={() => setErasing(false)} />}
    </>
  );
}
