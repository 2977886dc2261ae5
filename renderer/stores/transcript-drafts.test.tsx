import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import { TranscriptEditor } from '../components/TranscriptEditor.tsx';
import { bridge, Refusal } from '../testing/bridge.ts';
import { renderInApp } from '../testing/render.tsx';
import { editTranscript, flushTranscript, useTranscriptDrafts } from './transcript-drafts.ts';

const questionId = '0190a3c0-0000-7000-8000-000000000007';
const saved = () => bridge.inputsOf('answers.saveTranscript').map(({ transcript }) => transcript);

beforeEach(() => {
  useTranscriptDrafts.setState({}, true);
});

it('saves what is typed at a pause, and says so', async () => {
  bridge.answer('answers.saveTranscript', () => undefined);
  renderInApp(<TranscriptEditor questionId={questionId} transcript="" />);
  await userEvent.type(screen.getByLabelText('Transcript'), 'a hash set');
  await waitFor(() => expect(screen.getByRole('status').textContent).toContain('Saved'), { timeout: 3_000 });
  expect(saved()).toEqual(['a hash set']);
});

it('saves the last words though one leaves at once', async () => {
  bridge.answer('answers.saveTranscript', () => undefined);
  const { unmount } = renderInApp(<TranscriptEditor questionId={questionId} transcript="" />);
  await userEvent.type(screen.getByLabelText('Transcript'), 'last words');
  unmount();
  await waitFor(() => expect(saved()).toEqual(['last words']));
});

it('never lets an older text land after a newer one', async () => {
  const finish: (() => void)[] = [];
  bridge.answer('answers.saveTranscript', () => new Promise<void>((resolve) => finish.push(resolve)));
  editTranscript(questionId, 'one');
  flushTranscript(questionId);
  editTranscript(questionId, 'one two');
  flushTranscript(questionId);
  expect(saved()).toEqual(['one']);
  finish[0]?.();
  await waitFor(() => expect(saved()).toEqual(['one', 'one two']), { timeout: 3_000 });
  finish[1]?.();
  await waitFor(() => expect(useTranscriptDrafts.getState()).toEqual({}));
});

it('keeps what could not be saved, says why, and saves it when that is possible again', async () => {
  let isDown = true;
  bridge.answer('answers.saveTranscript', () => {
    if (isDown) throw new Refusal({ code: 'DATABASE_UNAVAILABLE', message: 'The database does not answer.' });
  });
  const first = renderInApp(<TranscriptEditor questionId={questionId} transcript="" />);
  await userEvent.type(screen.getByLabelText('Transcript'), 'precious');
  await userEvent.tab();
  await screen.findByText(/The database does not answer/);
  first.unmount();

  renderInApp(<TranscriptEditor questionId={questionId} transcript="" />);
  expect(screen.getByLabelText<HTMLTextAreaElement>('Transcript').value).toBe('precious');
  isDown = false;
  await userEvent.click(await screen.findByRole('button', { name: 'Try now' }));
  await waitFor(() => expect(useTranscriptDrafts.getState()).toEqual({}));
  expect(saved().at(-1)).toBe('precious');
});

it('keeps trying by itself', async () => {
  vi.useFakeTimers();
  try {
    bridge.answer('answers.saveTranscript', () => {
      if (saved().length < 3) throw new Refusal({ code: 'DATABASE_UNAVAILABLE', message: 'Away.' });
    });
    editTranscript(questionId, 'patience');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(saved()).toEqual(['patience', 'patience', 'patience']);
    expect(useTranscriptDrafts.getState()).toEqual({});
  } finally {
    vi.useRealTimers();
  }
});
