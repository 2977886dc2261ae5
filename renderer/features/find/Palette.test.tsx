import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter, useLocation } from 'react-router';
import { beforeEach, expect, it } from 'vitest';
import type { Found } from '../../../shared/contract/find.ts';
import type { Role } from '../../../shared/model/roles.ts';
import { appShortcuts } from '../../app/shell/app-shortcuts.ts';
import { queryClient } from '../../lib/queries.ts';
import { bridge, Refusal } from '../../testing/bridge.ts';
import { renderInApp } from '../../testing/render.tsx';
import { samplePerson } from '../../testing/samples.ts';
import { Palette } from './Palette.tsx';

const id = '0190a3c0-0000-7000-8000-000000000009';
const nothing: Found = { people: [], interviews: [], questions: [], kits: [] };

beforeEach(() => {
  queryClient.clear();
  bridge.answer('find.search', () => nothing);
});

function Where() {
  return <output aria-label="address">{useLocation().pathname}</output>;
}

async function open(role: Role = 'INTERVIEWER') {
  const person = { ...samplePerson, role };
  renderInApp(
    <MemoryRouter>
      <input aria-label="something else" />
      <Palette person={person} shortcuts={appShortcuts({ person, go: () => {}, showList: () => {} })} />
      <Where />
    </MemoryRouter>,
  );
  // Also while typing.
  await userEvent.click(screen.getByLabelText('something else'));
  await userEvent.keyboard('{Control>}k{/Control}');
  return screen.findByRole('combobox');
}

const options = () => screen.queryAllByRole('option').map(({ textContent }) => textContent);
const address = () => screen.getByLabelText('address').textContent;

it('opens by Ctrl+K while one is typing, and goes where the chosen line leads', async () => {
  const field = await open();
  await userEvent.type(field, 'new kit');
  expect(options()[0]).toBe('New kit');
  await userEvent.keyboard('{Enter}');
  await waitFor(() => expect(address()).toBe('/kits/new'));
});

it('offers each role what it may do', async () => {
  await open('CANDIDATE');
  const offered = options().join();
  expect(offered).toContain('New practice interview');
  expect(offered).toContain('Appearance: dark');
  for (const refused of [
    'New kit',
    'New question',
    'Go to interview kits',
    'Go to people',
    'New interview',
  ]) {
    expect(offered).not.toContain(refused);
  }
});

it('shows what main finds, by kind, and the arrow keys choose', async () => {
  bridge.answer('find.search', () => ({
    people: [{ id, name: 'Grace Hopper', email: 'grace@example.org' }],
    interviews: [
      {
        ...{ id, kind: 'LIVE', title: 'Compilers', status: 'PENDING', candidateName: 'Candidate 0009' },
        at: '2026-03-01T10:00:00.000Z',
      },
    ],
    questions: [{ id, content: 'Why?', competency: 'testing', difficulty: 'EASY' }],
    kits: [{ id, name: 'Compilers' }],
  }));
  const field = await open();
  await userEvent.type(field, 'compilers grace');
  await screen.findByRole('option', { name: /Grace Hopper/ });
  expect(bridge.inputsOf('find.search').at(-1)).toEqual({ text: 'compilers grace' });
  expect(screen.getAllByRole('group').map((group) => group.getAttribute('aria-label'))).toEqual([
    ...['Candidates', 'Interviews', 'Kits', 'Questions'],
  ]);
  await userEvent.keyboard('{ArrowDown}');
  const chosen = screen.getByRole('option', { selected: true });
  expect(chosen.textContent).toContain('Candidate 0009 · Compilers');
  expect(field.getAttribute('aria-activedescendant')).toBe(chosen.id);
  await userEvent.keyboard('{ArrowDown}{Enter}');
  await waitFor(() => expect(address()).toBe(`/kits/${id}`));
});

it('asks main one thing at a time, and then for the newest words', async () => {
  let answer = () => {};
  bridge.answer('find.search', () => new Promise<Found>((resolve) => (answer = () => resolve(nothing))));
  const field = await open();
  await userEvent.type(field, 'deadlock');
  expect(bridge.inputsOf('find.search')).toEqual([{ text: 'd' }]);
  answer();
  await waitFor(() => expect(bridge.inputsOf('find.search')).toEqual([{ text: 'd' }, { text: 'deadlock' }]));
  answer();
  await screen.findByText('Nothing has “deadlock” in it.');
});

it('says when nothing is found, and when the search fails', async () => {
  const field = await open();
  await userEvent.type(field, 'zzz');
  await screen.findByText('Nothing has “zzz” in it.');
  bridge.answer('find.search', () => {
    throw new Refusal({ code: 'DATABASE_UNAVAILABLE', message: 'The database does not answer.' });
  });
  await userEvent.type(field, 'y');
  await screen.findByText('The database does not answer.');
});
