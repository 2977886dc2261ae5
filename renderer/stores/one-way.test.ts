import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { OneWayInterview, OneWayQuestion } from '../../shared/contract/one-way.ts';
import { queryClient } from '../lib/queries.ts';
import { bridge, Refusal } from '../testing/bridge.ts';
import { sampleAnswer, sampleOneWay, sampleTake } from '../testing/samples.ts';
import {
  beginOneWay,
  decide,
  enterOneWay,
  goOn,
  keepAndGoOn,
  leaveOneWay,
  skipQuestion,
  submit,
  useOneWay,
} from './one-way.ts';
import { recorder } from './recorder.ts';
import { editTranscript, useTranscriptDrafts } from './transcript-drafts.ts';

const { id } = sampleOneWay();
const [first = '', second = ''] = sampleOneWay().questions.map((question) => question.id);

/** An interview of two questions in main's place; it keeps only what these tests ask of it. */
function mainWith(changes: Partial<OneWayInterview> = {}) {
  const interview = sampleOneWay({ status: 'IN_PROGRESS', ...changes });
  const whole = () => structuredClone(interview);
  const question = (questionId: string) => {
    const found = interview.questions.find((one) => one.id === questionId);
    if (!found) throw new Error(`There is no question ${questionId}`);
    return found;
  };
  bridge.answer('oneWay.mine', () => ({ rows: [], next: null }));
  bridge.answer('oneWay.get', whole);
  bridge.answer('oneWay.begin', ({ consent }) => {
    interview.status = 'IN_PROGRESS';
    interview.consent = consent && { decision: consent.decision, decidedAt: '2026-03-01T10:00:00.000Z' };
    return whole();
  });
  bridge.answer('oneWay.recordConsent', ({ decision }) => {
    interview.consent = { decision, decidedAt: '2026-03-01T10:00:00.000Z' };
    return whole();
  });
  bridge.answer('oneWay.ask', ({ questionId }) => {
    Object.assign(question(questionId), { state: 'ASKED', content: 'Why?' });
    interview.currentQuestionId = questionId;
    return whole();
  });
  bridge.answer('oneWay.skip', ({ questionId }) => {
    question(questionId).state = 'SKIPPED';
    return whole();
  });
  bridge.answer('oneWay.saveAnswer', ({ questionId, transcript }) => {
    Object.assign(question(questionId), { state: 'ANSWERED', answer: { ...sampleAnswer, transcript } });
  });
  bridge.answer('oneWay.keepTake', whole);
  bridge.answer('oneWay.submit', () => {
    interview.status = 'COMPLETED';
    return whole();
  });
  return { interview, question };
}

const agreed: Partial<OneWayInterview> = {
  consent: { decision: 'AGREED', decidedAt: '2026-03-01T10:00:00.000Z' },
};
const place = () => {
  const { step, questionId } = useOneWay.getState();
  return { step, questionId };
};

describe('a running one-way interview', () => {
  beforeEach(() => {
    vi.restoreAllMocks();
    recorder.release();
    useOneWay.setState(useOneWay.getInitialState());
    useTranscriptDrafts.setState({}, true);
    queryClient.clear();
    // happy-dom has no microphone: what is tested here is what comes when, not the recording.
    vi.spyOn(recorder, 'think').mockResolvedValue();
    enterOneWay(id);
  });

  it('asks the first question, with its time to think', async () => {
    mainWith(agreed);
    await goOn();
    expect(place()).toEqual({ step: 'answer', questionId: first });
    expect(recorder.think).toHaveBeenCalledWith(
      { questionId: first, thinkTimeMs: 30_000, answerTimeMs: 60_000 },
      null,
    );
  });

  it('gives who comes back what is left of the time to think, and a moment at least', async () => {
    const { question } = mainWith({ ...agreed, currentQuestionId: first });
    Object.assign(question(first), { state: 'ASKED', thinkLeftMs: 12_000 });
    await goOn();
    expect(recorder.think).toHaveBeenLastCalledWith(
      { questionId: first, thinkTimeMs: 12_000, answerTimeMs: 60_000 },
      null,
    );
    leaveOneWay();
    enterOneWay(id);
    question(first).thinkLeftMs = 0;
    await goOn();
    expect(recorder.think).toHaveBeenLastCalledWith(
      { questionId: first, thinkTimeMs: 5_000, answerTimeMs: 60_000 },
      null,
    );
  });

  it('goes on at an answer that was broken off, keeps it by going on, and asks the next', async () => {
    const { question } = mainWith({ ...agreed, currentQuestionId: first });
    const answer: OneWayQuestion['answer'] = {
      ...sampleAnswer,
      takes: [{ ...sampleTake(1), recovered: true, offered: true }],
    };
    Object.assign(question(first), { state: 'ANSWERED', answer });
    await goOn();
    expect(place()).toEqual({ step: 'review', questionId: first });
    await keepAndGoOn(question(first));
    expect(bridge.inputsOf('oneWay.keepTake')).toEqual([{ takeId: sampleTake(1).id }]);
    expect(place()).toEqual({ step: 'answer', questionId: second });
  });

  it('opens no microphone for who declines, and waits for every word before it goes on', async () => {
    const { question } = mainWith({ status: 'PENDING' });
    await beginOneWay(id, { consentTextId: id, decision: 'DECLINED' });
    await goOn();
    expect(place()).toEqual({ step: 'type', questionId: first });
    editTranscript(first, 'A heap, since', 'oneWay.saveAnswer');
    await keepAndGoOn(question(first));
    expect(bridge.inputsOf('oneWay.saveAnswer')).toEqual([
      { questionId: first, transcript: 'A heap, since' },
    ]);
    expect(place()).toEqual({ step: 'type', questionId: second });
    expect(recorder.think).not.toHaveBeenCalled();
  });

  it('stays where it is while words cannot be saved, since they could not be afterwards', async () => {
    const { question } = mainWith({ currentQuestionId: first });
    await goOn();
    bridge.answer('oneWay.saveAnswer', () => {
      throw new Refusal({ code: 'DATABASE_UNAVAILABLE', message: 'The database does not answer.' });
    });
    editTranscript(first, 'precious', 'oneWay.saveAnswer');
    await keepAndGoOn(question(first));
    expect(place()).toEqual({ step: 'type', questionId: first });
    expect(useTranscriptDrafts.getState()[first]?.text).toBe('precious');
  });

  it('skips on to the last, looks all over, and hands it in', async () => {
    const { interview } = mainWith(agreed);
    await goOn();
    await skipQuestion(first);
    await skipQuestion(second);
    expect(place()).toEqual({ step: 'overview', questionId: null });
    await submit(id);
    expect(interview.status).toBe('COMPLETED');
    expect(useOneWay.getState().interviewId).toBeNull();
  });

  it('goes over to writing when the candidate changes their mind', async () => {
    mainWith(agreed);
    await goOn();
    await decide(id, id, 'DECLINED');
    expect(place()).toEqual({ step: 'type', questionId: first });
    await decide(id, id, 'AGREED');
    expect(place()).toEqual({ step: 'answer', questionId: first });
  });

  it('starts nothing behind the back of somebody who went elsewhere', async () => {
    mainWith(agreed);
    await goOn();
    leaveOneWay();
    expect(useOneWay.getState()).toMatchObject({ interviewId: null, step: 'check' });
    expect(recorder.state.phase).toBe('idle');
  });
});
