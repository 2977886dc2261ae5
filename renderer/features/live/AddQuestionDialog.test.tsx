import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import type { LibraryRow } from '../../../shared/contract/library.ts';
import { queryClient } from '../../lib/queries.ts';
import { bridge, Refusal } from '../../testing/bridge.ts';
import { renderInApp } from '../../testing/render.tsx';
import { sampleDeskInterview, sampleLibraryQuestion } from '../../testing/samples.ts';
import { AddQuestionDialog } from './AddQuestionDialog.tsx';

const interview = sampleDeskInterview();
const row = (number: number, content: string): LibraryRow => ({
  ...sampleLibraryQuestion({ id: `0190a3c0-0000-7000-8000-0000000000b${number}`, content }),
});
const rows = [row(1, 'How does an index help?'), row(2, 'When does an index hurt?')];
const onClose = vi.fn();

beforeEach(() => {
  queryClient.clear();
  onClose.mockReset();
  bridge.answer('library.list', ({ search }) => ({
    rows: rows.filter(({ content }) => content.includes(search ?? '')),
    next: null,
  }));
  bridge.answer('live.addQuestion', () => ({ questionId: interview.id }));
});

const open = () => renderInApp(<AddQuestionDialog interview={interview} opened onClose={onClose} />);

it('finds a question as one types and adds it by keys alone', async () => {
  open();
  const search = await screen.findByRole('combobox');
  await userEvent.type(search, 'hurt');
  await waitFor(() => expect(bridge.inputsOf('library.list').at(-1)).toMatchObject({ search: 'hurt' }));
  await screen.findByText('1 question');
  await userEvent.type(search, '{Enter}');
  await screen.findByText(/Enter adds it/);
  expect(bridge.inputsOf('live.addQuestion')).toEqual([]);
  await userEvent.type(search, '{Enter}');
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(bridge.inputsOf('live.addQuestion')).toEqual([
    { id: interview.id, afterId: null, question: { type: 'LIBRARY', libraryQuestionId: rows[1]?.id } },
  ]);
});

it('keeps a question written on the spot when main does not take it', async () => {
  bridge.answer('live.addQuestion', () => {
    throw new Refusal({ code: 'DATABASE_UNAVAILABLE', message: 'The database does not answer.' });
  });
  open();
  await userEvent.click(await screen.findByText('On the spot'));
  await userEvent.type(screen.getByLabelText('Question'), 'And why not?');
  await userEvent.type(screen.getAllByLabelText('Competency')[0] as HTMLElement, 'databases');
  await userEvent.click(screen.getByRole('button', { name: 'Add it next' }));
  expect((await screen.findByRole('alert')).textContent).toMatch(/does not answer/);
  expect(screen.getByLabelText<HTMLTextAreaElement>('Question').value).toBe('And why not?');
  expect(onClose).not.toHaveBeenCalled();
});
