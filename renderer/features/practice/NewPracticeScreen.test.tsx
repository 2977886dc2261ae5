import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import { beforeEach, expect, it } from 'vitest';
import { queryClient } from '../../lib/queries.ts';
import { usePracticePreferences } from '../../stores/practice-preferences.ts';
import { bridge } from '../../testing/bridge.ts';
import { renderInApp } from '../../testing/render.tsx';
import { sampleInterview } from '../../testing/samples.ts';
import { NewPracticeScreen } from './NewPracticeScreen.tsx';

beforeEach(() => {
  queryClient.clear();
  usePracticePreferences.setState(usePracticePreferences.getInitialState());
  bridge.answer('interviews.unfinished', () => null);
  bridge.answer('practice.competencies', () => [
    { key: 'databases', label: 'Data and databases', EASY: 2, MEDIUM: 2, HARD: 1 },
    { key: 'testing', label: 'Testing and debugging', EASY: 1, MEDIUM: 1, HARD: 1 },
  ]);
  bridge.answer('practice.create', () => ({ ...sampleInterview(1, { status: 'PENDING' }), questions: [] }));
});

async function open() {
  renderInApp(
    <MemoryRouter>
      <NewPracticeScreen />
    </MemoryRouter>,
  );
  await screen.findByRole('checkbox', { name: /Data and databases/ });
}

it('starts with sensible settings on Enter', async () => {
  await open();
  screen.getByText('1 easy · 3 medium · 1 hard');
  await userEvent.keyboard('{Enter}');
  await waitFor(() =>
    expect(bridge.inputsOf('practice.create')).toEqual([
      {
        difficulty: 'MID',
        questionCount: 5,
        competencies: ['databases', 'testing'],
        thinkTimeMs: 30_000,
        answerTimeMs: 180_000,
        takesAllowed: 3,
      },
    ]),
  );
});

it('shows the mix that follows from difficulty and number', async () => {
  await open();
  await userEvent.click(screen.getByRole('radio', { name: 'Senior' }));
  screen.getByText('0 easy · 2 medium · 3 hard');
  screen.getByRole('slider', { name: 'Number of questions' }).focus();
  await userEvent.keyboard('{Home}');
  screen.getByText('0 easy · 0 medium · 1 hard');
});

it('does not start with fewer questions than wanted, and says so', async () => {
  await open();
  await userEvent.click(screen.getByRole('checkbox', { name: /Data and databases/ }));
  screen.getByText(/These hold 3 questions only/);
  expect(screen.getByRole<HTMLButtonElement>('button', { name: /Start/ }).disabled).toBe(true);
  await userEvent.click(screen.getByRole('button', { name: 'Choose all' }));
  await userEvent.click(screen.getByRole('button', { name: 'Choose none' }));
  screen.getByText('Choose at least one competency.');
});

it('remembers what was chosen', async () => {
  await open();
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Time to answer' }), '5 minutes');
  expect(JSON.parse(localStorage.getItem('parley-practice') ?? '').state.settings.answerTimeMs).toBe(300_000);
});
