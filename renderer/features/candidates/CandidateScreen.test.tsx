import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter, Route, Routes } from 'react-router';
import { beforeEach, expect, it } from 'vitest';
import type { Candidate } from '../../../shared/contract/candidates.ts';
import { keyOf, queryClient } from '../../lib/queries.ts';
import { useDrafts } from '../../stores/drafts.ts';
import { bridge, Refusal } from '../../testing/bridge.ts';
import { renderInApp } from '../../testing/render.tsx';
import { samplePerson } from '../../testing/samples.ts';
import { CandidateScreen } from './CandidateScreen.tsx';

const id = '0190a3c0-0000-7000-8000-000000000050';
const cleo: Candidate = {
  ...{ id, name: 'Cleo Marchetti', email: 'cleo@example.org', headline: 'Engineer', phone: '', notes: '' },
  ...{ tags: ['rust'], signIn: 'NONE', archivedAt: null, lastInterview: null, invitedUntil: null },
  ...{ accommodation: { timeMultiplier: 1, extraTakes: 0, note: '' }, identityEditable: true, version: 3 },
  createdAt: '2026-03-01T10:00:00.000Z',
};

beforeEach(() => {
  queryClient.clear();
  useDrafts.setState({}, true);
  queryClient.setQueryData(keyOf('accounts.current'), { ...samplePerson, role: 'INTERVIEWER' });
  bridge.answer('candidates.get', () => cleo);
  bridge.answer('candidates.tags', () => [{ tag: 'rust', count: 1 }]);
  bridge.answer('candidates.interviews', () => ({ rows: [], next: null }));
});

function open() {
  return renderInApp(
    <MemoryRouter initialEntries={[`/candidates/${id}`]}>
      <Routes>
        <Route path="/" element={null} />
        <Route path="/candidates/:candidateId" element={<CandidateScreen />} />
      </Routes>
    </MemoryRouter>,
  );
}

const save = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Save' });

it('says in plain words what an accommodation does, and saves it over the version that was seen', async () => {
  bridge.answer('candidates.update', ({ version, ...changes }) => ({
    ...cleo,
    ...changes,
    tags: [],
    version: 4,
  }));
  open();
  await screen.findByText('None: the times and takes of the kit apply.');
  expect(save().disabled).toBe(true);
  const time = screen.getByLabelText('Extra time');
  await userEvent.clear(time);
  await userEvent.type(time, '50');
  await userEvent.type(screen.getByLabelText('Extra takes'), '{End}{Backspace}2');
  await screen.findByText(/3:00 to answer become 4:30.* 2 more takes for each answer\./);
  await userEvent.click(save());
  await screen.findByText('Everything is saved.');
  expect(bridge.inputsOf('candidates.update')).toEqual([
    expect.objectContaining({
      id,
      version: 3,
      accommodation: { timeMultiplier: 1.5, extraTakes: 2, note: '' },
    }),
  ]);
});

it('keeps what was typed when the screen is left, and asks before it is discarded', async () => {
  const { unmount } = open();
  await userEvent.type(await screen.findByLabelText('Notes'), 'Keen');
  unmount();
  open();
  expect((await screen.findByLabelText<HTMLTextAreaElement>('Notes')).value).toBe('Keen');
  await userEvent.click(screen.getByRole('button', { name: 'Discard' }));
  const dialog = await screen.findByRole('dialog');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Discard' }));
  await waitFor(() => expect(screen.getByLabelText<HTMLTextAreaElement>('Notes').value).toBe(''));
});

it('lets one choose when somebody else has changed the profile, and overwrites nothing unseen', async () => {
  const theirs = { ...cleo, notes: 'Theirs', version: 4 };
  bridge.answer('candidates.update', ({ version, notes }) => {
    if (version === 4) return { ...theirs, notes, version: 5 };
    const message = 'Somebody else has changed this profile meanwhile.';
    throw new Refusal({ code: 'CONFLICT', message, details: { current: theirs } });
  });
  open();
  await userEvent.type(await screen.findByLabelText('Notes'), 'Mine');
  await userEvent.click(save());
  const row = await screen.findByRole('row', { name: 'Notes Theirs Mine' });
  expect(row).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Save mine over it' }));
  await screen.findByText('Everything is saved.');
  expect(bridge.inputsOf('candidates.update').map(({ version, notes }) => [version, notes])).toEqual([
    [3, 'Mine'],
    [4, 'Mine'],
  ]);
});

it('shows a one-time code once, and says how it is used', async () => {
  bridge.answer('candidates.invite', () => ({
    ...{ code: '7K2M-Q9XR-41TD-H0ZE', expiresAt: '2026-03-08T10:00:00.000Z' },
  }));
  open();
  await userEvent.click(await screen.findByRole('button', { name: 'Give a one-time code' }));
  const dialog = await screen.findByRole('dialog');
  await within(dialog).findByText('7K2M-Q9XR-41TD-H0ZE');
  expect(dialog.textContent).toContain('I have a code');
  expect(dialog.textContent).toContain('cleo@example.org');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Done' }));
  await waitFor(() => expect(screen.queryByText('7K2M-Q9XR-41TD-H0ZE')).toBeNull());
});

it('leaves name and address to a candidate who signs in, and offers no code', async () => {
  bridge.answer('candidates.get', () => ({ ...cleo, signIn: 'READY', identityEditable: false }));
  open();
  const name = await screen.findByLabelText<HTMLInputElement>('Name');
  expect(name.readOnly).toBe(true);
  expect(screen.queryByRole('button', { name: /code/ })).toBeNull();
});

it('is no place for a candidate', () => {
  queryClient.setQueryData(keyOf('accounts.current'), { ...samplePerson, role: 'CANDIDATE' });
  open();
  expect(screen.queryByText('Cleo Marchetti')).toBeNull();
});
