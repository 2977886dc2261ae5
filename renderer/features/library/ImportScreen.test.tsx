import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { beforeEach, expect, it } from 'vitest';
import type { ImportReport } from '../../../shared/contract/library.ts';
import { keyOf, queryClient } from '../../lib/queries.ts';
import { bridge, Refusal } from '../../testing/bridge.ts';
import { renderInApp } from '../../testing/render.tsx';
import { samplePerson } from '../../testing/samples.ts';
import { ImportScreen } from './ImportScreen.tsx';
import { LibraryScreen } from './LibraryScreen.tsx';

const routes = [
  { path: 'library', Component: LibraryScreen },
  { path: 'library/import', Component: ImportScreen },
];

const line = { id: null, reasons: [], changes: [] };
const report: ImportReport = {
  fingerprint: 'seen',
  notes: ['Columns that are not used: author.'],
  counts: { CREATE: 1, CHANGE: 1, SAME: 0, CONFLICT: 1, REFUSED: 1 },
  lines: [
    { ...line, line: 2, outcome: 'CREATE', content: 'Brand new' },
    { ...line, line: 3, outcome: 'CHANGE', content: 'Known', changes: ['levels'] },
    { ...line, line: 4, outcome: 'CONFLICT', content: 'Both', reasons: ['Version 2 since.'] },
    { ...line, line: 7, outcome: 'REFUSED', content: '', reasons: ['This line has 3 cells.'] },
  ],
};

beforeEach(() => {
  queryClient.clear();
  queryClient.setQueryData(keyOf('accounts.current'), samplePerson);
  bridge.answer('library.checkImport', () => report);
  bridge.answer('library.facets', () => ({ total: 0, archived: 0, competencies: [], tags: [] }));
  bridge.answer('library.list', () => ({ rows: [], next: null }));
});

async function choose(name = 'questions.csv') {
  renderInApp(
    <RouterProvider router={createMemoryRouter(routes, { initialEntries: ['/library/import'] })} />,
  );
  await userEvent.upload(await screen.findByLabelText('File to import'), new File(['content\nWhy?'], name));
  await screen.findByRole('radiogroup', { name: 'Which lines' });
}

it('says what a file would do, and imports only when told to', async () => {
  await choose();
  screen.getByText('Columns that are not used: author.');
  for (const label of ['All 4', 'New 1', 'Changed 1', 'Changed in both 1', 'Refused 1']) {
    screen.getByRole('radio', { name: label });
  }
  screen.getByText('2 lines left out.');
  expect(bridge.inputsOf('library.import')).toEqual([]);
  bridge.answer('library.import', () => ({ created: 1, changed: 1 }));
  await userEvent.click(screen.getByRole('button', { name: 'Make 1 question and change 1 question' }));
  await screen.findByRole('heading', { name: 'Question library' });
  const [input] = bridge.inputsOf('library.import');
  expect(input).toMatchObject({ format: 'CSV', fingerprint: 'seen', conflicts: 'KEEP' });
  expect(new TextDecoder().decode(input?.bytes)).toBe('content\nWhy?');
});

it('takes what was changed in both only by choice', async () => {
  await choose('questions.md');
  bridge.answer('library.import', () => ({ created: 1, changed: 2 }));
  await userEvent.click(screen.getByRole('switch', { name: /where both were changed/ }));
  await userEvent.click(screen.getByRole('button', { name: 'Make 1 question and change 2 questions' }));
  await waitFor(() =>
    expect(bridge.inputsOf('library.import')).toMatchObject([{ format: 'MARKDOWN', conflicts: 'TAKE' }]),
  );
});

it('offers to look again when the library has changed meanwhile', async () => {
  await choose();
  bridge.answer('library.import', () => {
    throw new Refusal({ code: 'CONFLICT', message: 'The library has changed.' });
  });
  await userEvent.click(screen.getByRole('button', { name: /Make 1 question/ }));
  await userEvent.click(await screen.findByRole('button', { name: 'Check again' }));
  await waitFor(() => expect(bridge.inputsOf('library.checkImport')).toHaveLength(2));
});

it('says why a file is none', async () => {
  bridge.answer('library.checkImport', () => {
    throw new Refusal({ code: 'INVALID_INPUT', message: 'This file is not in UTF-8.' });
  });
  renderInApp(
    <RouterProvider router={createMemoryRouter(routes, { initialEntries: ['/library/import'] })} />,
  );
  await userEvent.upload(await screen.findByLabelText('File to import'), new File(['x'], 'a.csv'));
  await screen.findByText('This file is not in UTF-8.');
});
