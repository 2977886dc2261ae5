import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import { beforeEach, expect, it } from 'vitest';
import type { Kit, KitDefinition } from '../../../shared/contract/kits.ts';
import { keyOf, queryClient } from '../../lib/queries.ts';
import { useDrafts } from '../../stores/drafts.ts';
import { bridge, Refusal } from '../../testing/bridge.ts';
import { renderInApp } from '../../testing/render.tsx';
import { samplePerson } from '../../testing/samples.ts';
import { KitEditor } from './KitEditor.tsx';

const questionId = (number: number) => `0190a3c0-0000-7000-8000-00000000000${number}`;
const anchors = ['1', '2', '3', '4', '5'];

const definition: KitDefinition = {
  ...{ welcome: '', instructions: 'Be kind.', difficulty: 'MID' },
  items: [
    { type: 'QUESTION', libraryQuestionId: questionId(1) },
    { type: 'QUESTION', libraryQuestionId: questionId(2) },
    { type: 'DRAW', count: 2, competencies: ['testing'], difficulties: [], neverAsked: false },
  ],
  ...{ thinkTimeMs: 0, answerTimeMs: 300_000, takesAllowed: 1 },
  competencies: [{ key: 'testing', weight: 1, levels: anchors }],
  ...{ consentName: 'Recording', blind: false },
};

function kit(changes: Partial<Kit> = {}): Kit {
  return {
    ...{ id: questionId(9), name: 'Backend', version: 1, newestVersion: 1, archivedAt: null },
    ...{ changedAt: '2026-03-01T10:00:00.000Z', changedBy: { id: samplePerson.id, name: 'Ada' }, definition },
    questions: [1, 2].map((number) => ({
      ...{ id: questionId(number), content: `Question ${number}?`, difficulty: 'EASY' },
      ...{ competency: 'testing', archived: false },
    })) as Kit['questions'],
    ...changes,
  };
}

// The document of the tests has no doctype, and the library for dragging says so at length.
Object.assign(window, { '__@hello-pangea/dnd-disable-dev-warnings': true });

beforeEach(() => {
  queryClient.clear();
  useDrafts.setState({}, true);
  queryClient.setQueryData(keyOf('accounts.current'), { ...samplePerson, role: 'INTERVIEWER' });
  bridge.answer('library.competencies', () => [
    { key: 'testing', label: 'Testing and debugging', EASY: 1, MEDIUM: 1, HARD: 1 },
  ]);
  bridge.answer('library.facets', () => ({ total: 3, archived: 0, competencies: [], tags: [] }));
  bridge.answer('consentTexts.list', () => []);
  bridge.answer('kits.preview', () => ({ welcome: '', consentText: null, questions: [], problems: [] }));
});

function open(shown: Kit | null = kit()) {
  return renderInApp(
    <MemoryRouter>
      <KitEditor kit={shown} />
    </MemoryRouter>,
  );
}

const order = () =>
  within(screen.getByRole('list', { name: /in the order they are asked/ }))
    .getAllByRole('listitem')
    .map((item) => /Question \d\?|Rule/.exec(item.textContent ?? '')?.[0]);

it('is put in order by Alt and the arrow keys, with the focus staying on what is moved, and says where it is', async () => {
  open();
  expect(order()).toEqual(['Question 1?', 'Question 2?', 'Rule']);
  screen.getByRole('button', { name: 'Take item 1 out' }).focus();
  await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
  expect(order()).toEqual(['Question 2?', 'Question 1?', 'Rule']);
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Take item 2 out' }));
  screen.getByText('Question 1?: now 2 of 3.');
  await userEvent.keyboard('{Alt>}{ArrowDown}{ArrowDown}{/Alt}');
  expect(order()).toEqual(['Question 2?', 'Rule', 'Question 1?']);
  await userEvent.click(screen.getByRole('button', { name: 'Move item 3 up' }));
  expect(order()).toEqual(['Question 2?', 'Question 1?', 'Rule']);
});

it('saves what was changed as a new version, and keeps it as a draft until then', async () => {
  const { unmount } = open();
  screen.getByText('Everything is saved.');
  await userEvent.type(screen.getByLabelText('Name'), ' II');
  screen.getByText(/Your draft is kept on this machine/);
  // Somewhere else, and back.
  unmount();
  open();
  expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('Backend II');
  bridge.answer('kits.update', ({ name }) => kit({ name, version: 2, newestVersion: 2 }));
  await userEvent.click(screen.getByRole('button', { name: 'Save as a new version' }));
  await screen.findByText('Saved as version 2.');
  expect(bridge.inputsOf('kits.update')).toEqual([
    { id: questionId(9), version: 1, name: 'Backend II', definition },
  ]);
  expect(useDrafts.getState()).toEqual({});
});

it('what is typed while it is being saved is a draft of the new version', async () => {
  open();
  let answer: (saved: Kit) => void = () => undefined;
  bridge.answer('kits.update', () => new Promise((resolve) => (answer = resolve)));
  const name = screen.getByLabelText('Name');
  await userEvent.type(name, ' II');
  await userEvent.keyboard('{Control>}s{/Control}');
  await userEvent.click(screen.getByRole('button', { name: 'Save as a new version' }));
  await waitFor(() => expect(bridge.inputsOf('kits.update')).toHaveLength(1));
  await userEvent.type(name, ' and III');
  answer(kit({ name: 'Backend II', version: 2, newestVersion: 2 }));
  await screen.findByText('Saved as version 2.');
  expect(Object.values(useDrafts.getState())).toMatchObject([
    { base: 2, value: { name: 'Backend II and III' } },
  ]);
});

const theirs = kit({
  ...{ name: 'Theirs', version: 2, newestVersion: 2, changedBy: { id: questionId(8), name: 'Ben' } },
});

async function meetConflict() {
  open();
  bridge.answer('kits.update', ({ version, name }) => {
    if (version === 1) {
      throw new Refusal({ code: 'CONFLICT', message: 'Ben has changed it.', details: { current: theirs } });
    }
    return kit({ name, version: 3, newestVersion: 3 });
  });
  fireEvent.change(screen.getByLabelText('Name'), { target: { value: 'Backend mine' } });
  await userEvent.click(screen.getByRole('button', { name: 'Save as a new version' }));
  return screen.findByRole('dialog', { name: 'Ben has saved version 2 meanwhile' });
}

it('shows both where somebody else was quicker, and saves mine over theirs when that is chosen', async () => {
  const dialog = await meetConflict();
  const row = within(dialog).getByRole('row', { name: /^Name/ });
  expect(
    within(row)
      .getAllByRole('cell')
      .map(({ textContent }) => textContent),
  ).toEqual(['Theirs', 'Backend mine']);
  expect(within(dialog).getAllByRole('row')).toHaveLength(2);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save mine as version 3' }));
  await screen.findByText('Saved as version 3.');
  expect(bridge.inputsOf('kits.update').at(-1)).toMatchObject({ version: 2, name: 'Backend mine' });
});

it('overwrites nothing when one goes on editing', async () => {
  const dialog = await meetConflict();
  await userEvent.click(within(dialog).getByRole('button', { name: 'Go on editing mine' }));
  expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('Backend mine');
  expect(bridge.inputsOf('kits.update')).toHaveLength(1);
});

it('takes theirs when that is chosen', async () => {
  const dialog = await meetConflict();
  await userEvent.click(within(dialog).getByRole('button', { name: 'Take theirs' }));
  expect(useDrafts.getState()).toEqual({});
  expect(queryClient.getQueryData(keyOf('kits.get', { id: theirs.id }))).toEqual(theirs);
});

it('says beside an item what would stand in the way of an interview', async () => {
  bridge.answer('kits.preview', () => ({
    ...{ welcome: '', consentText: null, questions: [] },
    problems: [{ item: 2, hinders: true, message: 'Item 3 draws 2 questions, and the library has only 1.' }],
  }));
  open();
  const note = await screen.findByText(/the library has only 1/);
  expect(note.closest('li')?.textContent).toContain('Rule 3');
});

it('a new kit opens on its own address once it is saved, and says what is missing', async () => {
  open(null);
  await userEvent.type(screen.getByLabelText('Welcome for the candidate'), 'Hello');
  bridge.answer('kits.create', () => {
    throw new Refusal({
      ...{ code: 'INVALID_INPUT', message: 'Please name the kit.' },
      details: { fields: { name: 'Please name the kit.' } },
    });
  });
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(screen.getAllByText('Please name the kit.').length).toBeGreaterThan(0));
  expect(Object.values(useDrafts.getState())).toHaveLength(1);
});
