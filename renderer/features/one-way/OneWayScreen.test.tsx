import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { beforeEach, expect, it, vi } from 'vitest';
import type { OneWayInterview } from '../../../shared/contract/one-way.ts';
import { keyOf, queryClient } from '../../lib/queries.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { useOneWay } from '../../stores/one-way.ts';
import { recorder } from '../../stores/recorder.ts';
import { bridge, Refusal } from '../../testing/bridge.ts';
import { renderInApp } from '../../testing/render.tsx';
import { sampleAnswer, sampleOneWay, samplePerson, sampleTake } from '../../testing/samples.ts';
import { AssignedScreen } from './AssignedScreen.tsx';
import { OneWayScreen } from './OneWayScreen.tsx';

const { id } = sampleOneWay();

beforeEach(() => {
  queryClient.clear();
  recorder.release();
  useOneWay.setState(useOneWay.getInitialState());
  queryClient.setQueryData(keyOf('accounts.current'), { ...samplePerson, role: 'CANDIDATE' });
  bridge.answer('retention.ofInterview', () => ({ notices: [], kept: false }));
  bridge.answer('oneWay.mine', () => ({ rows: [], next: null }));
  bridge.answer('recordings.peaks', () => null);
});

function open(interview: OneWayInterview, path = `/assigned/${id}`) {
  bridge.answer('oneWay.get', () => interview);
  const routes = [
    { path: '/assigned', element: <AssignedScreen /> },
    { path: '/assigned/:interviewId', element: <InShell /> },
  ];
  renderInApp(<RouterProvider router={createMemoryRouter(routes, { initialEntries: [path] })} />);
}

const elsewhere = vi.fn();

/** Under keys that work everywhere, as the app has them. */
function InShell() {
  useShortcuts([{ keys: 'n', does: 'New practice interview', run: elsewhere }]);
  return <OneWayScreen />;
}

it('says what is asked, for how long and by whom, and asks for consent before anything', async () => {
  open(sampleOneWay());
  await screen.findByRole('heading', { level: 1, name: 'First screening' });
  screen.getByText(/for Ada Lovelace/);
  screen.getByText('2 questions');
  screen.getByText('0:30 to think, 1:00 to answer, 2 takes');
  screen.getByText('We record what you say.');
  bridge.answer('oneWay.begin', () =>
    sampleOneWay({
      status: 'IN_PROGRESS',
      consent: { decision: 'DECLINED', decidedAt: '2026-03-01T10:00:00.000Z' },
    }),
  );
  await userEvent.keyboard('n');
  await screen.findByRole('heading', { name: 'You answer in writing' });
  expect(bridge.inputsOf('oneWay.begin')).toEqual([
    { id, consent: { consentTextId: id, decision: 'DECLINED' } },
  ]);
  expect(elsewhere).not.toHaveBeenCalled();
});

it('lets an agreement be taken back once it is submitted, and says what that means', async () => {
  const decidedAt = '2026-03-01T10:00:00.000Z';
  let interview = sampleOneWay({ status: 'COMPLETED', consent: { decision: 'AGREED', decidedAt } });
  bridge.answer('oneWay.recordConsent', ({ decision }) => {
    interview = { ...interview, consent: { decision, decidedAt } };
    bridge.answer('oneWay.get', () => interview);
    return interview;
  });
  open(interview);
  await userEvent.click(await screen.findByRole('button', { name: 'Take it back' }));
  const dialog = within(await screen.findByRole('dialog'));
  dialog.getByText(/can delete your recordings for good/);
  expect(bridge.inputsOf('oneWay.recordConsent')).toEqual([]);
  await userEvent.click(dialog.getByRole('button', { name: 'Take it back' }));
  await screen.findByText(/You do not agree to being recorded/);
  expect(screen.queryByRole('button', { name: 'Take it back' })).toBeNull();
});

it('says that it is late, and takes it all the same', async () => {
  open(sampleOneWay({ dueAt: '2020-01-01T00:00:00.000Z' }));
  await screen.findByText(/It was due already/);
  screen.getByRole('button', { name: /^I agree/ });
});

it('shows what was submitted, to be heard and read, and nothing to change', async () => {
  const [first, second] = sampleOneWay().questions;
  if (!first || !second) throw new Error('The sample has two questions.');
  open(
    sampleOneWay({
      ...{ status: 'COMPLETED', endedAt: '2026-03-02T10:00:00.000Z', answeredCount: 1 },
      questions: [
        {
          ...{ ...first, content: 'Why an index?', state: 'ANSWERED' },
          answer: { ...sampleAnswer, transcript: 'It is sorted.', takes: [sampleTake(1), sampleTake(2)] },
        },
        { ...second, content: 'Why not?', state: 'SKIPPED' },
      ],
    }),
  );
  await screen.findByRole('heading', { level: 1, name: 'Submitted' });
  screen.getByText('It is sorted.');
  screen.getByRole('button', { name: 'Play Take 1' });
  expect(screen.queryByRole('radio')).toBeNull();
  expect(screen.queryByRole('textbox')).toBeNull();
  expect(screen.queryByText('Bring it back')).toBeNull();
});

it('says that a one-way interview of somebody else is not there', async () => {
  bridge.answer('oneWay.get', () => {
    throw new Refusal({ code: 'NOT_FOUND', message: 'Parley does not find this interview.' });
  });
  renderInApp(
    <RouterProvider
      router={createMemoryRouter([{ path: '/assigned/:interviewId', element: <OneWayScreen /> }], {
        initialEntries: [`/assigned/${id}`],
      })}
    />,
  );
  await screen.findByRole('heading', { name: 'This interview is not here' });
});

it('lists what waits, the most urgent first, and what is done', async () => {
  const { questions, welcome, consent, consentText, currentQuestionId, ...row } = sampleOneWay();
  const other = (number: number, changes: Partial<typeof row>) => ({
    ...{ ...row, id: `0190a3c0-0000-7000-8000-00000000007${number}` },
    ...changes,
  });
  bridge.answer('oneWay.mine', ({ ended }) => ({
    rows: ended
      ? [
          other(3, {
            ...{ title: 'Done', status: 'COMPLETED' },
            ...{ dueAt: '2026-03-01T00:00:00.000Z', endedAt: '2026-03-02T00:00:00.000Z' },
          }),
        ]
      : [other(1, { title: 'Some day' }), other(2, { title: 'Soon', dueAt: '2026-03-09T00:00:00.000Z' })],
    next: null,
  }));
  open(sampleOneWay(), '/assigned');
  await waitFor(() =>
    expect(screen.getAllByRole('link').map((link) => link.getAttribute('aria-label'))).toEqual([
      ...['Open Soon', 'Open Some day', null],
    ]),
  );
  within(screen.getByRole('region', { name: 'Done' })).getByText(/submitted after it was due/);
});
