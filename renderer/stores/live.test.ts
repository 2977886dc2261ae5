import { beforeEach, expect, it, vi } from 'vitest';
import { keyOf, queryClient } from '../lib/queries.ts';
import { bridge, Refusal } from '../testing/bridge.ts';
import { sampleDeskInterview } from '../testing/samples.ts';
import { ask, followQuestion, useLive } from './live.ts';
import { recorder } from './recorder.ts';

const [q1, q2, q3] = [1, 2, 3].map((n) => `0190a3c0-0000-7000-8000-00000000000${n}`) as [
  string,
  string,
  string,
];
const interview = sampleDeskInterview({ currentQuestionId: q1 });
const key = keyOf('desk.interview', { id: interview.id });
let recorded = '';

/** What this window has read last. */
const read = (currentQuestionId: string) =>
  queryClient.setQueryData(key, { ...interview, currentQuestionId });

beforeEach(() => {
  vi.restoreAllMocks();
  queryClient.clear();
  read(q1);
  recorded = q1;
  useLive.setState({ interviewId: interview.id, recording: true, busy: false });
  const { state } = recorder;
  vi.spyOn(recorder, 'state', 'get').mockImplementation(() => ({
    ...{ ...state, phase: 'recording', questionId: recorded },
  }));
  vi.spyOn(recorder, 'handOver').mockImplementation(({ questionId }) => {
    recorded = questionId;
    return true;
  });
});

it('records the next question from the moment at which it is asked, and stays with it', async () => {
  let note: () => void = () => undefined;
  const noted = new Promise<void>((resolve) => {
    note = resolve;
  });
  bridge.answer('live.ask', () => noted);
  const asking = ask(interview, q2);
  expect(recorded).toBe(q2);
  // While main has not answered nobody takes it back.
  followQuestion(interview.id);
  note();
  expect(await asking).toBe(true);
  followQuestion(interview.id);
  expect(recorder.handOver).toHaveBeenCalledTimes(1);
  expect(bridge.inputsOf('live.ask')).toEqual([{ questionId: q2, seen: q1 }]);
});

it('goes to the question that somebody else has asked meanwhile', async () => {
  bridge.answer('live.ask', () => {
    throw new Refusal({ code: 'CONFLICT', message: 'Somebody else has just asked another question.' });
  });
  expect(await ask(interview, q2)).toBe(false);
  read(q3);
  followQuestion(interview.id);
  expect(recorded).toBe(q3);
});

it('leaves a recording that was stopped stopped', () => {
  useLive.setState({ recording: false });
  read(q3);
  followQuestion(interview.id);
  expect(recorder.handOver).not.toHaveBeenCalled();
});
