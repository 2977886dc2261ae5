import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter, Route, Routes } from 'react-router';
import { beforeEach, expect, it } from 'vitest';
import type { OwnScorecard } from '../../../shared/contract/scorecards.ts';
import { keyOf, queryClient } from '../../lib/queries.ts';
import { useScorecardDrafts } from '../../stores/scorecard-drafts.ts';
import { bridge, Refusal } from '../../testing/bridge.ts';
import { renderInApp } from '../../testing/render.tsx';
import { sampleDeskInterview, samplePerson } from '../../testing/samples.ts';
import { ScorecardScreen } from './ScorecardScreen.tsx';

const interview = sampleDeskInterview({ status: 'COMPLETED' });
const questionId = interview.questions[0]?.id ?? '';
const at = (minute: number) => `2026-03-01T10:0${minute}:00.000Z`;

/** What main has, and does: another window may have changed it since this one has read it. */
let main: OwnScorecard;
beforeEach(() => {
  queryClient.clear();
  queryClient.setQueryData(keyOf('accounts.current'), samplePerson);
  useScorecardDrafts.setState({}, true);
  main = {
    ...{ state: 'DRAFT', recommendation: null, takeaways: '', privateNotes: '', sharedNotes: '' },
    ...{ submittedAt: null, updatedAt: at(0), events: [] },
    ratings: [{ questionId, competency: null, level: 2, evidence: '' }],
  };
  bridge.answer('desk.interview', () => interview);
  bridge.answer('scorecards.mine', () => main);
  bridge.answer('scorecards.write', ({ interviewId: _, seen, ...change }) => {
    if (seen !== main.updatedAt) {
      throw new Refusal({ code: 'CONFLICT', message: 'Changed.', details: { current: main } });
    }
    main = { ...main, ...change, updatedAt: at(Number(main.updatedAt?.at(15)) + 1) };
    return main;
  });
  bridge.answer('scorecards.rate', ({ seen, level, evidence = '' }) => {
    const [now] = main.ratings;
    if (level !== now?.level && seen?.level !== now?.level) {
      throw new Refusal({ code: 'CONFLICT', message: 'Changed.', details: { current: main } });
    }
    main = { ...main, ratings: level ? [{ questionId, competency: null, level, evidence }] : [] };
    return main;
  });
});

const open = () =>
  renderInApp(
    <MemoryRouter initialEntries={[`/desk/${interview.id}/scorecard`]}>
      <Routes>
        <Route path="/desk/:interviewId/scorecard" element={<ScorecardScreen />} />
      </Routes>
    </MemoryRouter>,
  );
const takeaways = () => screen.findByLabelText<HTMLTextAreaElement>('Key take-aways');
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));

it('keeps what is typed, on this machine until main has it, whatever is closed in between', async () => {
  let works = false;
  bridge.answer('scorecards.write', (input) => {
    if (!works) throw new Refusal({ code: 'DATABASE_UNAVAILABLE', message: 'The database is away.' });
    main = { ...main, takeaways: input.takeaways ?? '', updatedAt: at(1) };
    return main;
  });
  const { unmount } = open();
  await userEvent.type(await takeaways(), 'Thinks aloud.');
  await userEvent.tab();
  await screen.findByText('The database is away.');
  await screen.findByText(/Kept on this machine/);
  unmount();
  // Opened again: the words are there, and go to main as soon as that works.
  works = true;
  open();
  expect((await takeaways()).value).toBe('Thinks aloud.');
  await waitFor(() => expect(main.takeaways).toBe('Thinks aloud.'));
  await waitFor(() => expect(screen.queryByText(/Kept on this machine/)).toBeNull());
});

it('shows what another window wrote, and lets one choose', async () => {
  open();
  const field = await takeaways();
  main = { ...main, takeaways: 'Theirs.', updatedAt: at(5) };
  await userEvent.type(field, 'Mine.');
  await userEvent.tab();
  await screen.findByText(/Theirs\./);
  expect(main.takeaways).toBe('Theirs.');
  await press('Keep what is here');
  await waitFor(() => expect(main.takeaways).toBe('Mine.'));
});

it('tells of a recommendation that another window chose, and writes over it only when told to', async () => {
  open();
  const yes = await screen.findByRole('radio', { name: 'Yes' });
  main = { ...main, recommendation: 'NO', updatedAt: at(5) };
  await userEvent.click(yes);
  await screen.findByText(/In another window you chose “No”/);
  expect(main.recommendation).toBe('NO');
  expect(screen.getByRole<HTMLInputElement>('radio', { name: 'No' }).checked).toBe(true);
  await press('Make it “Yes”');
  await waitFor(() => expect(main.recommendation).toBe('YES'));
  expect(screen.queryByText(/In another window/)).toBeNull();
});

it('tells of a rating that another window gave, and leaves it so when told to', async () => {
  open();
  const level5 = await screen.findByRole('radio', { name: /^Level 5/ });
  main = { ...main, ratings: [{ questionId, competency: null, level: 4, evidence: '' }] };
  await userEvent.click(level5);
  await screen.findByText(/you chose level 4 here/);
  await press('Leave it so');
  expect(main.ratings).toMatchObject([{ level: 4 }]);
  expect(screen.getByRole<HTMLInputElement>('radio', { name: /^Level 4/ }).checked).toBe(true);
  // Seen now, another one holds.
  await userEvent.click(screen.getByRole('radio', { name: /^Level 5/ }));
  await waitFor(() => expect(main.ratings).toMatchObject([{ level: 5 }]));
});
