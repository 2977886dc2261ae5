import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter, Route, Routes } from 'react-router';
import { beforeEach, expect, it } from 'vitest';
import type { ComparedAnswer } from '../../../shared/contract/review.ts';
import { keyOf, queryClient } from '../../lib/queries.ts';
import { bridge } from '../../testing/bridge.ts';
import { renderInApp } from '../../testing/render.tsx';
import { sampleAnswer, samplePerson, sampleQuestion, sampleTake } from '../../testing/samples.ts';
import { CompareScreen } from './CompareScreen.tsx';

const id = (n: number) => `0190a3c0-0000-7000-8000-00000000000${n}`;
const answer = (n: number, changes: Partial<ComparedAnswer> = {}): ComparedAnswer => ({
  ...{ interviewId: id(n), candidate: { id: id(n), name: `Candidate ${n}` }, revealed: false },
  askedAt: '2026-03-01T10:00:00.000Z',
  question: {
    ...{ ...sampleQuestion({ id: id(n), state: 'ANSWERED' }), passedOver: false, libraryQuestionId: null },
    answer: { ...sampleAnswer, takes: [sampleTake(n)] },
  },
  ...changes,
});

beforeEach(() => {
  queryClient.clear();
  queryClient.setQueryData(keyOf('accounts.current'), samplePerson);
  bridge.answer('kits.list', () => ({ rows: [], next: null }));
  bridge.answer('recordings.peaks', () => null);
  bridge.answer('scorecards.mine', () => ({
    ...{ state: 'DRAFT', recommendation: null, takeaways: '', privateNotes: '', sharedNotes: '' },
    ...{ submittedAt: null, updatedAt: null, events: [], ratings: [] },
  }));
  bridge.answer('review.compare', ({ blind }) => ({
    rows: blind
      ? [2, 1].map((n) => answer(n, { candidate: { id: null, name: `Candidate X${n}` }, askedAt: null }))
      : [1, 2].map((n) => answer(n)),
    next: null,
  }));
});

const open = (address = '/compare/q') =>
  renderInApp(
    <MemoryRouter initialEntries={[address]}>
      <Routes>
        <Route path="/compare/:questionId" element={<CompareScreen />} />
      </Routes>
    </MemoryRouter>,
  );
const current = () => document.querySelector('[aria-current]')?.textContent ?? '';

it('goes from answer to answer by keys, to the player of each, and rates the one it is at', async () => {
  bridge.answer('scorecards.rate', () => {
    throw new Error('It is enough that it was asked.');
  });
  open();
  await screen.findByRole('heading', { name: 'Candidate 1' });
  expect(current()).toMatch(/^Candidate 1/);
  fireEvent.keyDown(document.body, { key: 'j' });
  expect(current()).toMatch(/^Candidate 2/);
  expect(document.activeElement?.closest('[data-player]')).not.toBeNull();
  await waitFor(() => expect(bridge.inputsOf('scorecards.mine').length).toBeGreaterThan(1));
  fireEvent.keyDown(document.body, { key: '4' });
  await waitFor(() => expect(bridge.inputsOf('scorecards.rate')).toMatchObject([{ level: 4 }]));
  expect(bridge.inputsOf('scorecards.rate')[0]?.interviewId).toBe(id(2));
});

it('hides the names with b, the links with them, and begins anew', async () => {
  open();
  await screen.findByRole('heading', { name: 'Candidate 1' });
  fireEvent.keyDown(document.body, { key: 'b' });
  await screen.findByRole('heading', { name: 'Candidate X2' });
  expect(screen.queryByRole('heading', { name: 'Candidate 1' })).toBeNull();
  expect(screen.queryByRole('link', { name: /Candidate X/ })).toBeNull();
  expect(document.querySelector('main, body')?.textContent).not.toMatch(/Mar/);
});

it('narrows to a time, and says so when nothing is left', async () => {
  open();
  await screen.findByRole('heading', { name: 'Candidate 1' });
  bridge.answer('review.compare', () => ({ rows: [], next: null }));
  fireEvent.change(screen.getByLabelText('From'), { target: { value: '2031-03-04' } });
  await screen.findByRole('heading', { name: 'No answer matches' });
  expect(bridge.inputsOf('review.compare').at(-1)).toMatchObject({
    ...{ questionId: 'q', from: new Date(2031, 2, 4).toISOString() },
  });
  await userEvent.click(screen.getByRole('button', { name: 'Clear' }));
  await screen.findByRole('heading', { name: 'Candidate 1' });
});
