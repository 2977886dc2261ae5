import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import { beforeEach, expect, it } from 'vitest';
import type { DeskInterview } from '../../../shared/contract/desk.ts';
import type { Note } from '../../../shared/contract/notes.ts';
import { keyOf, queryClient } from '../../lib/queries.ts';
import { useDrafts } from '../../stores/drafts.ts';
import { useNoteDrafts } from '../../stores/note-drafts.ts';
import { bridge, Refusal } from '../../testing/bridge.ts';
import { renderInApp } from '../../testing/render.tsx';
import { samplePerson } from '../../testing/samples.ts';
import { Notes } from './Notes.tsx';

const interview = { id: 'interview', currentQuestionId: null, questions: [] } as unknown as DeskInterview;
const note: Note = {
  id: 'note',
  author: { id: samplePerson.id, name: samplePerson.name },
  mine: true,
  questionId: null,
  takeId: null,
  atMs: null,
  body: 'Knows indexes.',
  notedAt: '2026-03-01T10:00:00.000Z',
  updatedAt: '2026-03-01T10:00:00.000Z',
};

beforeEach(() => {
  queryClient.clear();
  queryClient.setQueryData(keyOf('accounts.current'), samplePerson);
  useDrafts.setState({}, true);
  useNoteDrafts.setState({}, true);
  bridge.answer('notes.list', () => [note]);
});

const open = () =>
  renderInApp(
    <MemoryRouter>
      <Notes interview={interview} />
    </MemoryRouter>,
  );

it('keeps a note with Enter, and has the field free at once', async () => {
  bridge.answer('notes.add', () => undefined);
  open();
  await userEvent.type(
    screen.getByLabelText('A note'),
    'Asks first.{Shift>}{Enter}{/Shift}Then codes.{Enter}',
  );
  expect(bridge.inputsOf('notes.add')).toMatchObject([{ body: 'Asks first.\nThen codes.' }]);
  expect((screen.getByLabelText('A note') as HTMLTextAreaElement).value).toBe('');
});

it('shows a note that main does not have, until it has', async () => {
  bridge.answer('notes.add', () => {
    throw new Refusal({ code: 'DATABASE_UNAVAILABLE', message: 'The database does not answer.' });
  });
  open();
  await userEvent.type(screen.getByLabelText('A note'), 'Asks first.{Enter}');
  await screen.findByText('Not kept yet');
  bridge.answer('notes.add', () => undefined);
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(screen.queryByText('Not kept yet')).toBeNull());
});

it('tells of what another window wrote, and lets the person choose', async () => {
  const theirs = { body: 'Knows joins.', updatedAt: '2026-03-01T10:05:00.000Z' };
  bridge.answer('notes.change', ({ seen }) => {
    if (seen === theirs.updatedAt) return;
    throw new Refusal({ code: 'CONFLICT', message: 'This note was changed.', details: theirs });
  });
  const { unmount } = open();
  await userEvent.click(await screen.findByRole('button', { name: 'Change the note' }));
  await userEvent.type(screen.getByLabelText('The note'), ' Well.');
  // Leaving the screen loses nothing of it.
  unmount();
  open();
  expect((await screen.findByLabelText<HTMLTextAreaElement>('The note')).value).toBe('Knows indexes. Well.');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByText(/Knows joins\./);
  await userEvent.click(screen.getByRole('button', { name: 'Save mine' }));
  await waitFor(() => expect(screen.queryByLabelText('The note')).toBeNull());
  expect(bridge.inputsOf('notes.change').at(-1)).toEqual({
    ...{ id: 'note', seen: theirs.updatedAt, body: 'Knows indexes. Well.' },
  });
});
