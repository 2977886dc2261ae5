import { screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { beforeEach, expect, it } from 'vitest';
import { keyOf, queryClient } from '../../lib/queries.ts';
import { bridge, Refusal } from '../../testing/bridge.ts';
import { renderInApp } from '../../testing/render.tsx';
import { sampleInterview, samplePerson } from '../../testing/samples.ts';
import { HomeScreen } from './HomeScreen.tsx';

beforeEach(() => {
  queryClient.clear();
  queryClient.setQueryData(keyOf('accounts.current'), samplePerson);
  bridge.answer('interviews.unfinished', () => null);
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
