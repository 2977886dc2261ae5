import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter, Route, Routes } from 'react-router';
import { beforeEach, expect, it, vi } from 'vitest';
import type { GridRow } from '../../../shared/contract/review.ts';
import { keyOf, queryClient } from '../../lib/queries.ts';
import { bridge } from '../../testing/bridge.ts';
import { renderInApp } from '../../testing/render.tsx';
import { samplePerson } from '../../testing/samples.ts';
import { GridScreen } from './GridScreen.tsx';

const id = (n: number) => `0190a3c0-0000-7000-8000-00000000000${n}`;
const row = (n: number, revealed: boolean): GridRow => ({
  ...{ interviewId: id(n), candidate: { id: id(n), name: `Candidate ${n}` }, title: 'Backend', revealed },
  ...{ status: 'COMPLETED', startedAt: '2026-03-01T10:00:00.000Z', scorecard: 'NONE' },
  score: revealed ? 62.5 : null,
  cells: ['Why?', 'How?'].map((content, index) => ({
    ...{ questionId: id(n * 3 + index), same: content, content, asked: index === 0 || n === 1 },
    score: revealed ? 75 : null,
  })),
});

beforeEach(() => {
  queryClient.clear();
  queryClient.setQueryData(keyOf('accounts.current'), samplePerson);
  // Only what is in sight is on the page: so there has to be a size.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600);
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1200);
  bridge.answer('kits.list', () => ({ rows: [], next: null }));
  bridge.answer('filters.list', () => []);
  bridge.answer('library.facets', () => ({
    ...{ total: 1, archived: 0, tags: [] },
    competencies: [{ value: 'databases', label: 'Data and databases', count: 1 }],
  }));
  bridge.answer('review.grid', () => ({ rows: [row(1, true), row(2, false)], next: null }));
});

const open = (address = '/compare') =>
  renderInApp(
    <MemoryRouter initialEntries={[address]}>
      <Routes>
        <Route path="/compare" element={<GridScreen />} />
        <Route path="/compare/:questionId" element={<p>The comparison</p>} />
      </Routes>
    </MemoryRouter>,
  );

it('has scores where one’s own scorecard is submitted, and a lock where it is not', async () => {
  open();
  await screen.findByRole('table', { name: 'Scores' });
  const link = await screen.findByRole('link', { name: 'Candidate 1' });
  expect(link.getAttribute('href')).toMatch(/debrief$/);
  expect(screen.getByRole('link', { name: 'Candidate 2' }).getAttribute('href')).toMatch(/scorecard$/);
  expect(screen.getAllByText('75').length).toBe(2);
  expect(screen.getAllByText(/Hidden until you submit/)).toHaveLength(1);
  expect(screen.getAllByText('Not asked')).toHaveLength(1);
});

it('is walked through by the arrow keys, with one stop for Tab, and opened with Enter', async () => {
  open();
  const name = await screen.findByRole('link', { name: 'Candidate 1' });
  name.focus();
  await userEvent.keyboard('{ArrowRight}');
  await waitFor(() => expect(document.activeElement?.getAttribute('data-cell')).toBe('1 1'));
  await userEvent.keyboard('{ArrowDown}');
  await waitFor(() => expect(document.activeElement?.getAttribute('data-cell')).toBe('2 1'));
  await userEvent.keyboard('{End}');
  await waitFor(() => expect(document.activeElement?.getAttribute('data-cell')).toBe('2 2'));
  expect(document.querySelectorAll('[data-cell][tabindex="0"]')).toHaveLength(1);
  await userEvent.keyboard('{Home}{ArrowUp}{ArrowUp}{ArrowRight}');
  await waitFor(() => expect(document.activeElement?.getAttribute('data-cell')).toBe('0 1'));
  await userEvent.keyboard('{Enter}');
  await screen.findByText('The comparison');
});

it('is narrowed by its address, and says so when nothing is left', async () => {
  bridge.answer('review.grid', () => ({ rows: [], next: null }));
  open('/compare?competency=databases&tag=sql&until=2031-03-04');
  await screen.findByRole('heading', { name: 'No interview matches' });
  expect(bridge.inputsOf('review.grid')).toMatchObject([
    { competency: 'databases', tag: 'sql', until: new Date(2031, 2, 5).toISOString() },
  ]);
  await userEvent.click(screen.getByRole('button', { name: 'Clear' }));
  await screen.findByRole('heading', { name: 'No interview has begun yet' });
});
