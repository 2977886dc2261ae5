import { create } from 'zustand';
import type { OneWayInterview, OneWayQuestion } from '../../shared/contract/one-way.ts';
import type { ConsentDecision } from '../../shared/model/consent.ts';
import { call } from '../lib/client.ts';
import { reportFailure } from '../lib/failures.ts';
import { keyOf, queryClient, refresh } from '../lib/queries.ts';
import { isCapturing } from '../lib/recorder/recorder-state.ts';
import { chosenTake } from './practice-course.ts';
import { usePracticePreferences } from './practice-preferences.ts';
import { recorder } from './recorder.ts';
import { endStrayTakes } from './stray-takes.ts';
import { settleTranscript } from './transcript-drafts.ts';

/**
 * check: what comes before the questions; rehearsal: the practice question; answer: thinking, recording; type: answering
 * in writing; review: an answer; overview: all of them, before submitting.
 */
export type OneWayStep = 'check' | 'rehearsal' | 'answer' | 'type' | 'review' | 'overview';

interface OneWay {
  interviewId: string | null;
  step: OneWayStep;
  questionId: string | null;
  /** Takes that were being recorded when the page was reloaded: they end where it was. */
  brokenTakes: readonly string[];
  /** Something was asked of main that the person waits for. */
  busy: boolean;
}

const outside: OneWay = { interviewId: null, step: 'check', questionId: null, brokenTakes: [], busy: false };

/**
 * How long the recorder waits before it starts by itself where the think time is used up, ms: for another take, and for
 * somebody who comes back to a question.
 */
export const leadMs = 5_000;

/**
 * The one-way interview that is answered in this window. Outside the React tree, as the recorder is; the interview
 * itself is in the query cache.
 */
export const useOneWay = create<OneWay>()(() => outside);

/** Whether what the candidate says is recorded; otherwise they answer in writing. */
export function isRecorded({ consent }: Pick<OneWayInterview, 'consent'>): boolean {
  return consent?.decision === 'AGREED';
}

/** Takes a candidate into an interview, unless they are in it or an answer of another is not saved. */
export function enterOneWay(interviewId: string): void {
  const { phase, unsaved } = recorder.state;
  if (useOneWay.getState().interviewId === interviewId || isCapturing(phase) || unsaved) return;
  recorder.release();
  useOneWay.setState({ ...outside, interviewId });
}

/** The candidate went elsewhere: a recording goes on, but nothing starts to record behind their back. */
export function leaveOneWay(): void {
  const { phase, unsaved } = recorder.state;
  if (isCapturing(phase) || unsaved) return;
  recorder.release();
  const { step } = useOneWay.getState();
  if (step !== 'review' && step !== 'overview') useOneWay.setState(outside);
}

/** PENDING → IN_PROGRESS, with what they say to the consent text. */
export function beginOneWay(
  id: string,
  consent: { consentTextId: string; decision: ConsentDecision } | null,
) {
  return whileBusy(async () => {
    keep(await call('oneWay.begin', { id, consent }));
    useOneWay.setState({ step: 'check' });
  });
}

export function rehearse(): void {
  useOneWay.setState({ step: 'rehearsal' });
}

/** To the question that is before the candidate, or to the first one. */
export function goOn(): Promise<void> {
  return whileBusy(async () => {
    const brokenTakes = await endStrayTakes((await interviewNow()).questions);
    useOneWay.setState({ brokenTakes });
    await toPlace(await interviewNow());
  });
}

/** Puts a question before the candidate, for the first time or for another take. */
export function answerQuestion(questionId: string): Promise<void> {
  return whileBusy(() => ask(questionId));
}

export function review(questionId: string): void {
  recorder.release();
  useOneWay.setState({ step: 'review', questionId });
}

export function showOverview(): void {
  recorder.release();
  useOneWay.setState({ step: 'overview', questionId: null });
}

export function skipQuestion(questionId: string): Promise<void> {
  return whileBusy(async () => {
    recorder.release();
    await settleTranscript(questionId);
    await next(keep(await call('oneWay.skip', { questionId })), questionId);
  });
}

/** Shows at once which take counts; what main says then holds. */
export function chooseTake(takeId: string): Promise<void> {
  return whileBusy(async () => {
    keep(await call('oneWay.chooseTake', { takeId }));
  });
}

/** The next question, once every word is kept; a recovered recording that counts is kept by going on with it. */
export function keepAndGoOn(question: OneWayQuestion): Promise<void> {
  return whileBusy(async () => {
    await settleTranscript(question.id);
    const chosen = chosenTake(question);
    if (chosen?.offered) keep(await call('oneWay.keepTake', { takeId: chosen.id }));
    await next(await interviewNow(), question.id);
  });
}

/** The candidate changes their mind about being recorded. What is being recorded is stopped and kept first. */
export function decide(id: string, consentTextId: string, decision: ConsentDecision): Promise<void> {
  return whileBusy(async () => {
    await recorder.stop();
    // What could not be saved is for the person to decide about first.
    if (recorder.state.unsaved) return;
    recorder.release();
    const interview = keep(await call('oneWay.recordConsent', { id, consentTextId, decision }));
    const { step } = useOneWay.getState();
    if (step === 'answer' || step === 'type') await toPlace(interview);
    else if (step === 'rehearsal') useOneWay.setState({ step: 'check' });
  });
}

/** IN_PROGRESS → COMPLETED. Nothing can be changed afterwards. */
export function submit(id: string): Promise<void> {
  return whileBusy(async () => {
    await recorder.stop();
    if (recorder.state.unsaved) return;
    recorder.release();
    keep(await call('oneWay.submit', { id }));
    useOneWay.setState(outside);
  });
}

async function toPlace(interview: OneWayInterview): Promise<void> {
  const { questions, currentQuestionId } = interview;
  const current = questions.find(({ id }) => id === currentQuestionId);
  const first = current ?? questions[0];
  if (!first) return;
  const isLast = first.id === questions.at(-1)?.id;
  if (first.state === 'SKIPPED') await next(interview, first.id);
  else if (first.state !== 'ANSWERED') await ask(first.id);
  else if (isLast && !chosenTake(first)?.offered) showOverview();
  else review(first.id);
}

async function next({ questions }: OneWayInterview, afterId: string): Promise<void> {
  const following = questions[questions.findIndex(({ id }) => id === afterId) + 1];
  if (following?.state === 'NOT_ASKED') await ask(following.id);
  else showOverview();
}

async function ask(questionId: string): Promise<void> {
  const interview = keep(await call('oneWay.ask', { questionId }));
  const question = interview.questions.find(({ id }) => id === questionId);
  if (!question) return;
  if (!isRecorded(interview)) {
    recorder.release();
    useOneWay.setState({ step: 'type', questionId });
    return;
  }
  useOneWay.setState({ step: 'answer', questionId });
  const { thinkLeftMs, thinkTimeMs, answerTimeMs } = question;
  const left = thinkTimeMs > 0 ? Math.max(thinkLeftMs, leadMs) : 0;
  const { deviceId } = usePracticePreferences.getState();
  void recorder.think({ questionId, thinkTimeMs: left, answerTimeMs }, deviceId);
}

function interviewNow(): Promise<OneWayInterview> {
  const { interviewId: id } = useOneWay.getState();
  if (!id) throw new Error('No interview is running.');
  return queryClient.fetchQuery({
    queryKey: keyOf('oneWay.get', { id }),
    queryFn: () => call('oneWay.get', { id }),
    staleTime: 0,
  });
}

function keep(interview: OneWayInterview): OneWayInterview {
  queryClient.setQueryData(keyOf('oneWay.get', { id: interview.id }), interview);
  void refresh('oneWay.mine');
  return interview;
}

async function whileBusy(work: () => Promise<void>): Promise<void> {
  if (useOneWay.getState().busy) return;
  useOneWay.setState({ busy: true });
  try {
    await work();
  } catch (error) {
    reportFailure(error instanceof Error ? error : new Error(String(error)));
    // Somebody may have cancelled or moved it meanwhile.
    void refresh('oneWay.get', 'oneWay.mine');
  } finally {
    useOneWay.setState({ busy: false });
  }
}

let phaseBefore = recorder.state.phase;
recorder.subscribe(() => {
  const { phase, questionId, saved } = recorder.state;
  if (phase === phaseBefore) return;
  phaseBefore = phase;
  if (!saved) return;
  void refresh('oneWay.get', 'oneWay.mine');
  const { step, questionId: current } = useOneWay.getState();
  if (phase === 'saved' && step === 'answer' && current === questionId)
    useOneWay.setState({ step: 'review' });
});
