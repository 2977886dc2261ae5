import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { beforeEach, expect, it } from 'vitest';
import { keyOf, queryClient } from '../../lib/queries.ts';
import { useDrafts } from '../../stores/drafts.ts';
import { bridge, Refusal } from '../../testing/bridge.ts';
import { renderInApp } from '../../testing/render.tsx';
import { sampleLibraryQuestion, samplePerson } from '../../testing/samples.ts';
import { EditQuestionScreen, NewQuestionScreen, QuestionScreen } from './QuestionScreen.tsx';

const routes = [
  { path: 'library/new', Component: NewQuestionScreen },
  { path: 'library/:questionId', Component: QuestionScreen },
  { path: 'library/:questionId/edit', Component: EditQuestionScreen },
];

const question = sampleLibraryQuestion();
const theirs = sampleLibraryQuestion({
  ...{ content: 'How does an index hurt?', version: 2 },
  changedBy: { id: samplePerson.id.replace(/1$/, '2'), name: 'Grace Hopper' },
});

beforeEach(() => {
  queryClient.clear();
  useDrafts.setState({}, true);
  queryClient.setQueryData(keyOf('accounts.current'), samplePerson);
  bridge.answer('library.get', () => question);
  bridge.answer('library.facets', () => ({
    ...{ total: 1, archived: 0, tags: [{ value: 'sql', count: 1 }] },
    competencies: [{ value: 'databases', label: 'Data and databases', count: 1 }],
  }));
  bridge.answer('library.list', () => ({ rows: [], next: null }));
});

async function open(path: string) {
  const view = renderInApp(
    <RouterProvider router={createMemoryRouter(routes, { initialEntries: [path] })} />,
  );
  await screen.findByRole('heading', { level: 1 });
  return view;
}
const box = (name: string) => screen.findByRole<HTMLTextAreaElement>('textbox', { name });
const type = (element: Element, value: string) => fireEvent.change(element, { target: { value } });

it('keeps what was typed when one goes elsewhere, and saves it over the version it was begun from', async () => {
  const view = await open(`/library/${question.id}/edit`);
  type(await box('Question'), 'Mine');
  type(await box('Level 3: Solid'), 'Better');
  view.unmount();
  queryClient.clear();
  queryClient.setQueryData(keyOf('accounts.current'), samplePerson);
  await open(`/library/${question.id}`);
  await userEvent.click(await screen.findByRole('link', { name: 'Go on editing' }));
  expect((await box('Question')).value).toBe('Mine');
  bridge.answer('library.update', () => ({ ...question, content: 'Mine', version: 2 }));
  await userEvent.click(screen.getByRole('button', { name: 'Save as a new version' }));
  await waitFor(() => expect(useDrafts.getState()).toEqual({}));
  expect(bridge.inputsOf('library.update')).toMatchObject([
    {
      ...{ id: question.id, baseVersion: 1 },
      draft: { content: 'Mine', levels: ['Nothing', 'Little', 'Better', 'Strong', 'Outstanding'] },
    },
  ]);
});

it('shows what somebody else has saved meanwhile, and lets one choose', async () => {
  bridge.answer('library.update', ({ baseVersion }) => {
    if (baseVersion === 2) return { ...question, content: 'How does an index work?', version: 3 };
    throw new Refusal({ code: 'CONFLICT', message: 'Changed meanwhile.', details: { current: theirs } });
  });
  await open(`/library/${question.id}/edit`);
  type(await box('Question'), 'How does an index work?');
  await userEvent.click(screen.getByRole('button', { name: 'Save as a new version' }));
  const dialog = await screen.findByRole('dialog', { name: /Grace Hopper has saved version 2/ });
  // Word by word: only what differs is marked.
  expect(dialog.querySelector('del')?.textContent).toBe('hurt');
  expect(dialog.querySelector('ins')?.textContent).toBe('work');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Go on editing mine' }));
  expect((await box('Question')).value).toBe('How does an index work?');
  await userEvent.click(screen.getByRole('button', { name: 'Save as a new version' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Save mine as version 3' }));
  await waitFor(() =>
    expect(bridge.inputsOf('library.update').map(({ baseVersion }) => baseVersion)).toEqual([1, 1, 2]),
  );
  await waitFor(() => expect(useDrafts.getState()).toEqual({}));
});

it('takes theirs, and forgets the draft', async () => {
  bridge.answer('library.update', () => {
    throw new Refusal({ code: 'CONFLICT', message: 'Changed meanwhile.', details: { current: theirs } });
  });
  await open(`/library/${question.id}/edit`);
  type(await box('Question'), 'Mine');
  await userEvent.click(screen.getByRole('button', { name: 'Save as a new version' }));
  bridge.answer('library.get', () => theirs);
  await userEvent.click(await screen.findByRole('button', { name: 'Take theirs' }));
  await waitFor(async () => expect((await box('Question')).value).toBe('How does an index hurt?'));
  expect(useDrafts.getState()).toEqual({});
});

it('edits lists by keyboard, and splits what is pasted', async () => {
  await open(`/library/${question.id}/edit`);
  await userEvent.click(await box('Point 1'));
  await userEvent.keyboard('{End}{Enter}');
  await userEvent.keyboard('Second');
  fireEvent.paste(await box('Point 2'), {
    clipboardData: { getData: () => '- one\n- two\r\n3. three' },
  });
  await waitFor(async () => expect((await box('Point 4')).value).toBe('three'));
  expect((await box('Point 2')).value).toBe('Secondone');
  fireEvent.keyDown(await box('Point 4'), { key: 'ArrowUp', altKey: true });
  await waitFor(async () => expect((await box('Point 3')).value).toBe('three'));
});

it('shows what main refuses beside the field', async () => {
  bridge.answer('library.create', () => {
    throw new Refusal({
      ...{ code: 'INVALID_INPUT', message: 'Please check.' },
      details: { fields: { content: 'Please write the question.' } },
    });
  });
  await open('/library/new');
  type(await box('Level 1: Missing or wrong'), 'Nothing');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByText('Please write the question.');
  expect((await box('Level 1: Missing or wrong')).value).toBe('Nothing');
});
