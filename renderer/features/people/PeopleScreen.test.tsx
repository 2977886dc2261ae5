import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import { beforeEach, expect, it } from 'vitest';
import type { PersonRow } from '../../../shared/contract/accounts.ts';
import type { Saving } from '../../../shared/contract/personal-data.ts';
import { formatDay } from '../../lib/formats.ts';
import { keyOf, queryClient } from '../../lib/queries.ts';
import { bridge, Refusal } from '../../testing/bridge.ts';
import { renderInApp } from '../../testing/render.tsx';
import { samplePerson, sampleStatus } from '../../testing/samples.ts';
import { PeopleScreen } from './PeopleScreen.tsx';

const me: PersonRow = {
  ...{ ...samplePerson, signIn: 'READY', invitedUntil: null },
  createdAt: '2026-03-01T10:00:00.000Z',
};
const bob: PersonRow = {
  ...{ ...me, id: '0190a3c0-0000-7000-8000-000000000002', name: 'Bob', email: 'bob@example.org' },
  role: 'INTERVIEWER',
};
const invitation = { code: '7K2M-Q9XR-41TD-H0ZE', expiresAt: '2026-03-08T10:00:00.000Z' };

beforeEach(() => {
  queryClient.clear();
  queryClient.setQueryData(keyOf('accounts.current'), samplePerson);
  bridge.answer('app.status', () => sampleStatus);
  bridge.answer('people.list', () => ({ rows: [me, bob], next: null }));
});

function open() {
  return renderInApp(
    <MemoryRouter>
      <PeopleScreen />
    </MemoryRouter>,
  );
}

async function choose(name: string, item: string): Promise<void> {
  await userEvent.click(await screen.findByRole('button', { name: `Actions for ${name}` }));
  await userEvent.click(await screen.findByRole('menuitem', { name: item }));
}

it('narrows the list by role and by who can sign in', async () => {
  open();
  await screen.findByText('Bob');
  await userEvent.selectOptions(screen.getByLabelText('Role'), 'INTERVIEWER');
  await userEvent.selectOptions(screen.getByLabelText('Signing in'), 'INVITED');
  await waitFor(() =>
    expect(bridge.inputsOf('people.list').at(-1)).toMatchObject({ role: 'INTERVIEWER', signIn: 'INVITED' }),
  );
});

it('invites somebody and shows their code', async () => {
  bridge.answer('people.invite', ({ name }) => ({ person: { ...bob, name, signIn: 'INVITED' }, invitation }));
  open();
  await userEvent.click(await screen.findByRole('button', { name: 'Invite a person' }));
  await userEvent.type(await screen.findByLabelText('Name'), 'Cleo');
  await userEvent.type(screen.getByLabelText('Email'), 'cleo@example.org{Enter}');
  await screen.findByText(invitation.code);
  expect(bridge.inputsOf('people.invite')).toMatchObject([
    { name: 'Cleo', email: 'cleo@example.org', role: 'INTERVIEWER' },
  ]);
});

it('adds somebody with a first password', async () => {
  bridge.answer('people.create', ({ name }) => ({ ...bob, name }));
  open();
  await userEvent.click(await screen.findByRole('button', { name: 'Invite a person' }));
  await userEvent.type(await screen.findByLabelText('Name'), 'Cleo');
  await userEvent.type(screen.getByLabelText('Email'), 'cleo@example.org');
  await userEvent.click(screen.getByRole('radio', { name: /^I set the first one/ }));
  await userEvent.type(screen.getByLabelText('First password'), 'a horse of her own');
  await userEvent.click(screen.getByRole('button', { name: 'Add' }));
  await screen.findByText('Cleo can sign in with the password that you tell them.');
  expect(bridge.inputsOf('people.create')).toEqual([
    { name: 'Cleo', email: 'cleo@example.org', role: 'INTERVIEWER', password: 'a horse of her own' },
  ]);
});

it('asks before it disables somebody or resets their password, and offers neither for oneself', async () => {
  bridge.answer('people.setState', () => ({ ...bob, signIn: 'DISABLED' }));
  bridge.answer('people.resetPassword', () => ({ person: bob, invitation }));
  open();
  await choose('Bob', 'Disable');
  const dialog = await screen.findByRole('dialog');
  expect(bridge.inputsOf('people.setState')).toEqual([]);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Disable' }));
  await screen.findByText('Bob cannot sign in any more.');
  expect(bridge.inputsOf('people.setState')).toEqual([{ id: bob.id, state: 'DISABLED' }]);

  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await choose('Bob', 'Reset the password');
  await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Reset' }));
  await screen.findByText(invitation.code);
  await userEvent.click(screen.getByRole('button', { name: 'Done' }));

  await userEvent.click(await screen.findByRole('button', { name: `Actions for ${me.name}` }));
  await screen.findByRole('menuitem', { name: 'Change the role' });
  expect(screen.queryByRole('menuitem', { name: 'Disable' })).toBeNull();
  expect(screen.queryByRole('menuitem', { name: 'Reset the password' })).toBeNull();
});

it('says in the dialog why a role stays as it is', async () => {
  bridge.answer('people.changeRole', () => {
    throw new Refusal({ code: 'CONFLICT', message: 'Ada is the only admin who can sign in.' });
  });
  open();
  await choose(me.name, 'Change the role');
  await userEvent.click(await screen.findByRole('radio', { name: /^Interviewer/ }));
  await screen.findByText(/nor to take this back/);
  await userEvent.click(screen.getByRole('button', { name: 'Change the role' }));
  await screen.findByText('Ada is the only admin who can sign in.');
  expect(bridge.inputsOf('people.changeRole')).toEqual([{ id: me.id, from: 'ADMIN', to: 'INTERVIEWER' }]);
});

it('shows what goes with a person, and erases them only once their name is typed', async () => {
  bridge.answer('erasure.preview', () => ({
    ...{
      name: 'Bob',
      email: bob.email,
      practices: 2,
      interviews: 1,
      recordings: 3,
      recordingsBytes: 5_000_000,
    },
    ...{ notes: 0, scorecards: 0, hindrance: null },
    backups: ['2026-03-01', '2026-03-02', '2026-02-01'].map((day, index) => ({
      ...{
        id: `${day}T10-00-00-000Z`,
        reason: index < 2 ? 'DAILY' : 'ASKED',
        madeAt: `${day}T10:00:00.000Z`,
      },
      goneBy: index < 2 ? `2026-04-0${index + 5}T10:00:00.000Z` : null,
    })),
  }));
  bridge.answer('erasure.erase', () => undefined);
  open();
  await choose('Bob', 'Erase for good');
  await screen.findByText('2 practice interviews and 1 other interview');
  await screen.findByText(/^3 backups on this machine still hold Bob/);
  await screen.findByText(
    `2 daily ones, of which the last is gone by ${formatDay('2026-04-06T10:00:00.000Z')} while Parley makes one each day`,
  );
  const asked = formatDay('2026-02-01T10:00:00.000Z');
  await screen.findByText(`1 backup made on request (${asked}): kept until you remove it`);
  const button = screen.getByRole<HTMLButtonElement>('button', { name: 'Erase for good' });
  expect(button.disabled).toBe(true);
  await userEvent.type(screen.getByLabelText('Type Bob to confirm'), 'Bob');
  await userEvent.click(button);
  await screen.findByText('Bob is erased.');
  // Where they are left is said once more, with the way there.
  const left = await screen.findByRole('dialog', { name: 'Bob is erased, and still in backups' });
  expect(within(left).getByRole('link', { name: 'Go to the backups' }).getAttribute('href')).toBe(
    '#/settings/backups',
  );
  expect(bridge.inputsOf('erasure.erase')).toEqual([{ id: bob.id, name: 'Bob' }]);
});

it('says why somebody cannot be erased', async () => {
  bridge.answer('erasure.preview', () => ({
    ...{ name: 'Bob', email: bob.email, practices: 0, interviews: 0, recordings: 0, recordingsBytes: 0 },
    ...{ notes: 0, scorecards: 0, backups: [], hindrance: 'Bob has judged interviews of others.' },
  }));
  open();
  await choose('Bob', 'Erase for good');
  await screen.findByText('Bob has judged interviews of others.');
  expect(screen.queryByRole('button', { name: 'Erase for good' })).toBeNull();
});

it('hands out what is somebody’s as one file, and says what is not whole in it', async () => {
  let saving: Saving | null = null;
  bridge.answer('personalData.saving', () => saving);
  bridge.answer('personalData.save', () => {
    saving = {
      ...{ id: bob.id, person: { id: bob.id, name: 'Bob' }, state: 'WRITING', doneBytes: 1, totalBytes: 4 },
      ...{ startedAt: '2026-03-01T10:00:00.000Z', endedAt: null, message: null, file: null },
    };
    return { begun: true };
  });
  open();
  await choose('Bob', 'Save all that is theirs');
  await screen.findByText(/give it to Bob only/);
  await userEvent.click(screen.getByRole('button', { name: 'Choose where to save it' }));
  await screen.findByText('Writing what is there of Bob…');
  expect(bridge.inputsOf('personalData.save')).toEqual([{ id: bob.id }]);
  if (!saving) throw new Error('Nothing was begun.');
  saving = {
    ...{ ...(saving as Saving), state: 'DONE', endedAt: '2026-03-01T10:01:00.000Z' },
    file: { name: 'bob.zip', sizeBytes: 5, recordings: 1, lacking: ['Question 2: missing'], download: null },
  };
  bridge.emit('personalData.changed', undefined);
  await queryClient.invalidateQueries({ queryKey: keyOf('personalData.saving') });
  await screen.findByText('bob.zip');
  await screen.findByText('1 recording is not whole');
  await screen.findByText('Question 2: missing');
  expect(screen.getByRole('button', { name: 'Open the folder' })).toBeTruthy();
});
