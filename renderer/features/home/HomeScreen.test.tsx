import { screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { beforeEach, expect, it } from 'vitest';
import { keyOf, queryClient } from '../../lib/queries.ts';
import { bridge, Refusal } from '../../testing/bridge.ts';
import { renderInApp } from '../../testing/render.tsx';
import { sampleDeskRow, sampleInterview, samplePerson } from '../../testing/samples.ts';
import { HomeScreen } from './HomeScreen.tsx';

beforeEach(() => {
  queryClient.clear();
  queryClient.setQueryData(keyOf('accounts.current'), samplePerson);
  bridge.answer('interviews.unfinished', () => null);
  bridge.answer('desk.list', () => ({ rows: [], next: null }));
  bridge.answer('oneWay.mine', () => ({ rows: [], next: null }));
  bridge.answer('interviews.list', () => ({ rows: [sampleInterview(1), sampleInterview(2)], next: null }));
});

function open() {
  return renderInApp(
    <MemoryRouter>
      <HomeScreen />
    </MemoryRouter>,
  );
}

it('shows the first step to somebody new, and nothing else', async () => {
  bridge.answer('interviews.list', () => ({ rows: [], next: null }));
  open();
  expect((await screen.findByText('Start practising')).closest('a')?.getAttribute('href')).toBe(
    '/practice/new',
  );
  expect(screen.queryByText('Recent interviews')).toBeNull();
});

it('offers to go on with an interview that was left in the middle', async () => {
  const interview = sampleInterview(9, {
    status: 'IN_PROGRESS',
    answeredCount: 2,
    endedAt: null,
    score: null,
  });
  bridge.answer('interviews.unfinished', () => interview);
  open();
  expect((await screen.findByText('Resume')).closest('a')?.getAttribute('href')).toBe(
    `/practice/${interview.id}`,
  );
  expect(screen.getByText(/2 of 5 questions answered/)).toBeTruthy();
});

it('lists the latest interviews, each with what it came to', async () => {
  open();
  const link = (await screen.findByText('Practice 1')).closest('a');
  expect(link?.getAttribute('href')).toBe(`/interviews/${sampleInterview(1).id}`);
  expect(screen.getAllByRole('img', { name: 'Score 75 of 100' })).toHaveLength(2);
});

it('says why the list cannot be read, and reads it when asked again', async () => {
  bridge.answer('interviews.list', () => {
    throw new Refusal({ code: 'DATABASE_UNAVAILABLE', message: 'The database does not answer.' });
  });
  open();
  await screen.findByText('The database does not answer.');
  bridge.answer('interviews.list', () => ({ rows: [sampleInterview(1)], next: null }));
  screen.getByRole('button', { name: 'Try again' }).click();
  await screen.findByText('Practice 1');
});

it('shows an interviewer what runs, what comes and what waits for them', async () => {
  bridge.answer('desk.list', ({ status, toRate }) => ({
    rows: [
      status === 'IN_PROGRESS' &&
        sampleDeskRow(1, { status, candidate: { id: null, name: 'Candidate 00A1' } }),
      status === 'PENDING' &&
        sampleDeskRow(2, { status, startedAt: null, candidate: { id: null, name: 'Lin' } }),
      toRate && sampleDeskRow(3, { candidate: { id: null, name: 'Mary' } }),
    ].filter((row) => typeof row === 'object'),
    next: null,
  }));
  open();
  const linkOf = async (name: string) => (await screen.findByText(name)).closest('a')?.getAttribute('href');
  expect(await linkOf('Candidate 00A1')).toBe(`/desk/${sampleDeskRow(1).id}/live`);
  expect(await linkOf('Lin')).toBe(`/desk/${sampleDeskRow(2).id}`);
  expect(await linkOf('Mary')).toBe(`/desk/${sampleDeskRow(3).id}`);
});

it('asks nothing of the desk for a candidate', async () => {
  queryClient.setQueryData(keyOf('accounts.current'), { ...samplePerson, role: 'CANDIDATE' });
  bridge.answer('desk.list', () => {
    throw new Refusal({ code: 'FORBIDDEN', message: 'This is for interviewers.' });
  });
  open();
  await screen.findByText('Practice 1');
  expect(screen.queryByText('Coming up')).toBeNull();
});
