import { create } from 'zustand';
import type { Interview, Question } from '../../shared/contract/interviews.ts';
import { call } from '../lib/client.ts';
import { reportFailure } from '../lib/failures.ts';
import { keyOf, queryClient, refresh } from '../lib/queries.ts';
import { isCapturing } from '../lib/recorder/recorder-state.ts';
import { chosenTake, nextOpen, whereToGoOn } from './practice-course.ts';
import { usePracticePreferences } from './practice-preferences.ts';
import { recorder } from './recorder.ts';
import { endStrayTakes } from './stray-takes.ts';

/** check: the device check; answer: thinking, recording; review: listening, rating; end: nothing is open any more. */
export type PracticeStep = 'check' | 'answer' | 'review' | 'end';

interface Practice {
  interviewId: string | null;
  step: PracticeStep;
  questionId: string | null;
  /** Takes that were being recorded when the page was reloaded: they end where it was. */
  brokenTakes: readonly string[];
  /** Something was asked of main that the person waits for. */
  busy: boolean;
}

const outside: Practice = {
  interviewId: null,
  step: 'check',
  questionId: null,
  brokenTakes: [],
  busy: false,
};

/**
 * The running practice interview. Lives outside the React tree, as the recorder does; the interview itself is in the
 * query cache.
 */
export const usePractice = create<Practice>()(() => outside);

/** Takes a person into an interview, at its device check, unless they are in it or an answer of another is not saved. */
export function enterInterview(interviewId: string): void {
  const { phase, unsaved } = recorder.state;
  if (usePractice.getState().interviewId === interviewId || isCapturing(phase) || unsaved) return;
  recorder.release();
  usePractice.setState({ ...outside, interviewId });
}

/** The person went elsewhere: a recording goes on, but nothing starts to record behind their back. */
export function leaveInterview(): void {
  const { phase, unsaved } = recorder.state;
  if (isCapturing(phase) || unsaved) return;
  recorder.release();
  const { step } = usePractice.getState();
  if (step === 'answer' || step === 'check') usePractice.setState(outside);
}

/** After the device check: begins the interview, or goes on where it was left. */
export function goOn(): Promise<void> {
  return whileBusy(async () => {
    const before = await interviewNow();
    const interview =
      before.status === 'PENDING'
        ? keep(await call('interviews.begin', { id: before.id }))
        : await withoutStrayTakes(before);
    const place = whereToGoOn(before.status === 'PENDING' ? interview.questions : before.questions);
    if (!place) end();
    else if (place.review || hasTakes(interview, place.question.id)) review(place.question.id);
    else await ask(place.question.id);
  });
}

/** Puts a question before the person: its think time starts. */
export function answerQuestion(questionId: string): Promise<void> {
  return whileBusy(() => ask(questionId));
}

/** Shows an answer: its takes, transcript and rating. */
export function review(questionId: string): void {
  recorder.release();
  usePractice.setState({ step: 'review', questionId });
}

export function skipQuestion(questionId: string): Promise<void> {
  return whileBusy(async () => {
    recorder.release();
    keepQuestion(await call('questions.skip', { questionId }));
    await next(questionId);
  });
}

/** IN_PROGRESS → COMPLETED. */
export function completeInterview(id: string): Promise<void> {
  return whileBusy(async () => {
    recorder.release();
    keep(await call('interviews.complete', { id }));
    usePractice.setState(outside);
    refresh('interviews.unfinished', 'interviews.list');
  });
}

/** Ends the interview early. A recording that goes on is stopped and kept first. */
export function abandonInterview(id: string): Promise<void> {
  return whileBusy(async () => {
    await recorder.stop();
    // What could not be saved is for the person to decide about first.
    if (recorder.state.unsaved) return;
    recorder.release();
    keep(await call('interviews.abandon', { id }));
    usePractice.setState(outside);
    refresh('interviews.unfinished', 'interviews.list');
  });
}

/** Shows at once which take counts; what main says then holds. */
export function chooseTake(question: Question, takeId: string): Promise<void> {
  return whileBusy(async () => {
    const { answer } = question;
    const takes = answer?.takes.map((take) => ({ ...take, chosen: take.id === takeId }));
    if (answer && takes) keepQuestion({ ...question, answer: { ...answer, takes } });
    try {
      keepQuestion(await call('answers.chooseTake', { takeId }));
    } catch (error) {
      keepQuestion(question);
      throw error;
    }
  });
}

/** The next question; a recovered recording that was still offered, and counts, is kept by going on with it. */
export function keepAndGoOn(question: Question): Promise<void> {
  return whileBusy(async () => {
    const chosen = chosenTake(question);
    if (chosen?.offered) keepQuestion(await call('answers.keepTake', { takeId: chosen.id }));
    await next(question.id);
  });
}

/** Takes what main answered about a question into the interview that is on screen. */
export function keepQuestion(question: Question): void {
  const { interviewId } = usePractice.getState();
  if (!interviewId) return;
  queryClient.setQueryData<Interview>(
    keyOf('interviews.get', { id: interviewId }),
    (interview) =>
      interview && {
        ...interview,
        questions: interview.questions.map((old) => (old.id === question.id ? question : old)),
      },
  );
  refresh('interviews.list', 'interviews.unfinished');
}

async function next(afterId: string): Promise<void> {
  const open = nextOpen((await interviewNow()).questions, afterId);
  if (open) await ask(open.id);
  else end();
}

async function ask(questionId: string): Promise<void> {
  const question = await call('questions.ask', { questionId });
  keepQuestion(question);
  usePractice.setState({ step: 'answer', questionId });
  const { thinkTimeMs, answerTimeMs } = question;
  void recorder.think({ questionId, thinkTimeMs, answerTimeMs }, usePracticePreferences.getState().deviceId);
}

function end(): void {
  recorder.release();
  usePractice.setState({ step: 'end', questionId: null });
}

async function withoutStrayTakes(interview: Interview): Promise<Interview> {
  const stray = await endStrayTakes(interview.questions);
  if (stray.length === 0) return interview;
  usePractice.setState({ brokenTakes: stray });
  return keep(await call('interviews.get', { id: interview.id }));
}

function hasTakes(interview: Interview, questionId: string): boolean {
  const question = interview.questions.find(({ id }) => id === questionId);
  return (question?.answer?.takes.length ?? 0) > 0;
}

function interviewNow(): Promise<Interview> {
  const { interviewId: id } = usePractice.getState();
  if (!id) throw new Error('No interview is running.');
  return queryClient.fetchQuery({
    queryKey: keyOf('interviews.get', { id }),
    queryFn: () => call('interviews.get', { id }),
    staleTime: 0,
  });
}

function keep(interview: Interview): Interview {
  queryClient.setQueryData(keyOf('interviews.get', { id: interview.id }), interview);
  return interview;
}

async function whileBusy(work: () => Promise<void>): Promise<void> {
  if (usePractice.getState().busy) return;
  usePractice.setState({ busy: true });
  try {
    await work();
  } catch (error) {
    reportFailure(error instanceof Error ? error : new Error(String(error)));
  } finally {
    usePractice.setState({ busy: false });
  }
}

let phaseBefore = recorder.state.phase;
recorder.subscribe(() => {
  const { phase, questionId, saved } = recorder.state;
  if (phase === phaseBefore) return;
  phaseBefore = phase;
  if (!saved) return;
  refresh('interviews.get', 'interviews.list', 'interviews.unfinished');
  const practice = usePractice.getState();
  if (phase === 'saved' && practice.step === 'answer' && practice.questionId === questionId) {
    usePractice.setState({ step: 'review' });
  }
});
