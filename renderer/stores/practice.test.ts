import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Interview, Question } from '../../shared/contract/interviews.ts';
import { keyOf, queryClient } from '../lib/queries.ts';
import { bridge } from '../testing/bridge.ts';
import { sampleInterview } from '../testing/samples.ts';
import {
  completeInterview,
  enterInterview,
  goOn,
  keepAndGoOn,
  leaveInterview,
  skipQuestion,
  usePractice,
} from './practice.ts';
import { recorder } from './recorder.ts';

const ids = [1, 2, 3].map((number) => `0190a3c0-0000-7000-9000-00000000000${number}`);
const [first = '', second = '', third = ''] = ids;

/** An interview of three questions in main's place; it keeps only what these tests ask of it. */
function mainWith(status: Interview['status'], states: Question['state'][]) {
  const questions = states.map(
    (state, position): Question => ({
      ...{
        id: ids[position] ?? '',
        position,
        state,
        content: `Question ${position + 1}`,
        difficulty: 'EASY',
      },
      ...{ competency: 'databases', covers: [], probes: [], levels: ['1', '2', '3', '4', '5'] },
      ...{ thinkTimeMs: 30_000, answerTimeMs: 60_000, takesAllowed: 3, answer: null },
    }),
  );
  const interview: Interview = { ...sampleInterview(1, { status }), questions };
  const set = (id: string, state: Question['state']) => {
    const question = questions.find((one) => one.id === id);
    if (!question) throw new Error(`There is no question ${id}`);
    question.state = question.state === 'NOT_ASKED' || state === 'SKIPPED' ? state : question.state;
    return { ...question };
  };
  const whole = () => ({ ...interview, questions: questions.map((question) => ({ ...question })) });
  bridge.answer('interviews.get', whole);
  bridge.answer('interviews.begin', () => Object.assign(interview, { status: 'IN_PROGRESS' }) && whole());
  bridge.answer('interviews.complete', () => Object.assign(interview, { status: 'COMPLETED' }) && whole());
  bridge.answer('questions.ask', ({ questionId }) => set(questionId, 'ASKED'));
  bridge.answer('questions.skip', ({ questionId }) => set(questionId, 'SKIPPED'));
  return interview;
}

const { id } = sampleInterview(1);
const place = () => {
  const { step, questionId } = usePractice.getState();
  return { step, questionId };
};

describe('a running practice interview', () => {
  beforeEach(() => {
    vi.restoreAllMocks();
    recorder.release();
    usePractice.setState(usePractice.getInitialState());
    queryClient.clear();
    // happy-dom has no microphone: what is tested here is what comes when, not the recording.
    vi.spyOn(recorder, 'think').mockResolvedValue();
    enterInterview(id);
  });

  it('begins after the device check, with the first question', async () => {
    mainWith('PENDING', ['NOT_ASKED', 'NOT_ASKED', 'NOT_ASKED']);
    expect(place()).toEqual({ step: 'check', questionId: null });
    await goOn();
    expect(bridge.inputsOf('interviews.begin')).toEqual([{ id }]);
    expect(bridge.inputsOf('questions.ask')).toEqual([{ questionId: first }]);
    expect(place()).toEqual({ step: 'answer', questionId: first });
    expect(recorder.think).toHaveBeenCalledWith(
      { questionId: first, thinkTimeMs: 30_000, answerTimeMs: 60_000 },
      null,
    );
  });

  it('goes on at the first question that is open, and does not begin twice', async () => {
    mainWith('IN_PROGRESS', ['SKIPPED', 'ASKED', 'NOT_ASKED']);
    await goOn();
    expect(bridge.inputsOf('interviews.begin')).toEqual([]);
    expect(place()).toEqual({ step: 'answer', questionId: second });
  });

  it('skips to the next question, and ends after the last', async () => {
    mainWith('IN_PROGRESS', ['ANSWERED', 'ASKED', 'NOT_ASKED']);
    await goOn();
    await skipQuestion(second);
    expect(place()).toEqual({ step: 'answer', questionId: third });
    await skipQuestion(third);
    expect(place()).toEqual({ step: 'end', questionId: null });
  });

  it('shows what main answered at once, without another reading', async () => {
    mainWith('IN_PROGRESS', ['ASKED', 'NOT_ASKED', 'NOT_ASKED']);
    await goOn();
    await skipQuestion(first);
    const cached = queryClient.getQueryData<Interview>(keyOf('interviews.get', { id }));
    expect(cached?.questions.map(({ state }) => state)).toEqual(['SKIPPED', 'ASKED', 'NOT_ASKED']);
  });

  it('does one thing at a time', async () => {
    const [answered] = mainWith('IN_PROGRESS', ['ANSWERED', 'NOT_ASKED', 'NOT_ASKED']).questions;
    if (!answered) throw new Error('There is no question.');
    await Promise.all([keepAndGoOn(answered), keepAndGoOn(answered), keepAndGoOn(answered)]);
    expect(bridge.inputsOf('questions.ask')).toEqual([{ questionId: second }]);
  });

  it('keeps a recovered recording that is gone on from, and no other', async () => {
    const [answered] = mainWith('IN_PROGRESS', ['ANSWERED', 'NOT_ASKED', 'NOT_ASKED']).questions;
    if (!answered) throw new Error('There is no question.');
    const take = {
      ...{ id: third, number: 1, state: 'FINISHED' as const, chosen: true, recovered: true },
      ...{ durationMs: 1_000, sizeBytes: 4_000, audioUrl: `media://takes/${third}` },
      startedAt: '2026-03-01T10:00:00.000Z',
    };
    const withTake = (offered: boolean): Question => ({
      ...answered,
      answer: {
        ...{ id: first, transcript: '', score: null, level: null, audioUrl: take.audioUrl },
        ...{
          takes: [{ ...take, offered }],
          discarded: [],
          recordingsRemovedAt: null,
          transcriptRemovedAt: null,
        },
      },
    });
    bridge.answer('answers.keepTake', () => withTake(false));
    await keepAndGoOn(withTake(true));
    expect(bridge.inputsOf('answers.keepTake')).toEqual([{ takeId: third }]);
    await keepAndGoOn(withTake(false));
    expect(bridge.inputsOf('answers.keepTake')).toHaveLength(1);
    expect(place()).toEqual({ step: 'answer', questionId: second });
  });

  it('stays where it is when main refuses', async () => {
    mainWith('IN_PROGRESS', ['ASKED', 'NOT_ASKED', 'NOT_ASKED']);
    await goOn();
    bridge.answer('questions.skip', () => {
      throw new Error('no');
    });
    await skipQuestion(first);
    expect(place()).toEqual({ step: 'answer', questionId: first });
    expect(usePractice.getState().busy).toBe(false);
  });

  it('is over when it is completed', async () => {
    mainWith('IN_PROGRESS', ['ANSWERED', 'ANSWERED', 'SKIPPED']);
    await goOn();
    expect(place().step).toBe('end');
    await completeInterview(id);
    expect(usePractice.getState().interviewId).toBeNull();
    expect(queryClient.getQueryData<Interview>(keyOf('interviews.get', { id }))?.status).toBe('COMPLETED');
  });

  it('starts nothing behind the back of a person who left while thinking', async () => {
    mainWith('IN_PROGRESS', ['ASKED', 'NOT_ASKED', 'NOT_ASKED']);
    await goOn();
    leaveInterview();
    expect(usePractice.getState().interviewId).toBeNull();
    expect(recorder.state.phase).toBe('idle');
  });
});
