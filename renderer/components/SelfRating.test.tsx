import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { Level } from '../../shared/model/rating.ts';
import { bridge, Refusal } from '../testing/bridge.ts';
import { renderInApp } from '../testing/render.tsx';
import { sampleAnswer, sampleQuestion } from '../testing/samples.ts';
import { SelfRating } from './SelfRating.tsx';

const questionId = '0190a3c0-0000-7000-8000-000000000007';
const anchors = ['Nothing that works', 'One way', 'Two ways', 'Details too', 'Lets the situation decide'];

const rated = (level: Level | null) => ({
  ...sampleQuestion({ id: questionId, levels: anchors }),
  answer: level && { ...sampleAnswer, level },
});

it('rates by the keys 1–5, and shows the score at once', async () => {
  bridge.answer('answers.rate', () => new Promise(() => {}));
  renderInApp(<SelfRating question={rated(null)} />);
  expect(screen.getByRole('status').textContent).toBe('Not rated yet');
  await userEvent.tab();
  await userEvent.keyboard('4');
  expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Level 4: Details too' }).checked).toBe(true);
  expect(screen.getByRole('status').textContent).toBe('Score 75 of 100');
  expect(bridge.inputsOf('answers.rate')).toEqual([{ questionId, level: 4 }]);
});

it('goes back to what holds when rating fails, and says why', async () => {
  bridge.answer('answers.rate', () => {
    throw new Refusal({ code: 'CONFLICT', message: 'This question was skipped.' });
  });
  renderInApp(<SelfRating question={rated(2)} />);
  await userEvent.click(screen.getByRole('radio', { name: 'Level 5: Lets the situation decide' }));
  await screen.findByText('This question was skipped.');
  await waitFor(() =>
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Level 2: One way' }).checked).toBe(true),
  );
});

it('takes a rating back', async () => {
  bridge.answer('answers.rate', () => new Promise(() => {}));
  renderInApp(<SelfRating question={rated(1)} />);
  await userEvent.click(screen.getByText('Take the rating back'));
  expect(bridge.inputsOf('answers.rate')).toEqual([{ questionId, level: null }]);
  expect(screen.getByRole('status').textContent).toBe('Not rated yet');
});
