import { create } from 'zustand';
import type { DeskInterview } from '../../shared/contract/desk.ts';
import { call } from '../lib/client.ts';
import { reportFailure } from '../lib/failures.ts';
import { keyOf, queryClient, refresh } from '../lib/queries.ts';
import { usePracticePreferences } from './practice-preferences.ts';
import { recorder } from './recorder.ts';

/** In a live interview no clock cuts anybody off: longer than any of them lasts. */
const noLimitMs = 12 * 60 * 60_000;

interface Live {
  /** The interview that is held in this window, also while another screen is shown. */
  interviewId: string | null;
  /** Whether each question is to be recorded; a person may stop and go on. */
  recording: boolean;
  busy: boolean;
}

/** The live interview of this window. Outside the React tree, as the recorder is; the interview itself is main's. */
export const useLive = create<Live>()(() => ({ interviewId: null, recording: false, busy: false }));

/** Takes a person into an interview's console, unless an answer of another one is being recorded. */
export function enterLive(interviewId: string): void {
  if (useLive.getState().interviewId === interviewId || isRecording() || recorder.state.unsaved) return;
  recorder.release();
  useLive.setState({ interviewId, recording: false });
}

/** Nothing runs in this window any more. */
export function leaveLive(): void {
  if (isRecording() || recorder.state.unsaved) return;
  recorder.release();
  useLive.setState({ interviewId: null, recording: false });
}

/** Records the question that is before the candidate, and from now on each that follows. */
export function record(questionId: string): void {
  useLive.setState({ recording: true });
  const { deviceId } = usePracticePreferences.getState();
  void recorder.think({ questionId, thinkTimeMs: 0, answerTimeMs: noLimitMs }, deviceId);
}

export async function stopRecording(): Promise<void> {
  useLive.setState({ recording: false });
  await recorder.stop();
}

/**
 * Puts a question before the candidate. The recording goes over to it at this very moment, whatever main takes to note
 * it.
 */
export function ask(
  { id, currentQuestionId: seen }: Pick<DeskInterview, 'id' | 'currentQuestionId'>,
  questionId: string,
): Promise<boolean> {
  const { recording } = useLive.getState();
  if (recording && recorder.state.questionId !== questionId) {
    const handedOver = recorder.handOver({ questionId, answerTimeMs: noLimitMs });
    if (!handedOver && !isRecording()) record(questionId);
  }
  return change(id, async () => {
    await call('live.ask', { questionId, seen });
    // Known without reading it again, should that fail.
    queryClient.setQueryData<DeskInterview>(
      keyOf('desk.interview', { id }),
      (read) => read && { ...read, currentQuestionId: questionId },
    );
  });
}

/**
 * Takes the recording to the question that is before the candidate, where it is at another: somebody else on the panel has
 * asked, or main did not take what was asked here. By what was read last: a screen shows that a moment later.
 */
export function followQuestion(interviewId: string): void {
  const { recording, busy } = useLive.getState();
  const { phase, questionId } = recorder.state;
  if (!recording || busy || phase !== 'recording') return;
  const read = queryClient.getQueryData<DeskInterview>(keyOf('desk.interview', { id: interviewId }));
  const now = read?.currentQuestionId;
  if (now && now !== questionId) recorder.handOver({ questionId: now, answerTimeMs: noLimitMs });
}

export async function takeBreak(interviewId: string): Promise<void> {
  recorder.pause();
  await change(interviewId, () => call('live.pause', { id: interviewId }));
}

export async function goOn(interviewId: string): Promise<void> {
  await change(interviewId, () => call('live.goOn', { id: interviewId }));
  recorder.resume();
}

/**
 * IN_PROGRESS → COMPLETED, once everything that was said is in main's hands.
 *
 * @returns false when something is not: the person sees to that first
 */
export async function endLive(interviewId: string): Promise<boolean> {
  await stopRecording();
  const { unsaved, leftBehind } = recorder.state;
  if (unsaved || leftBehind > 0) return false;
  await change(interviewId, () => call('live.end', { id: interviewId }));
  leaveLive();
  return true;
}

/** Does something to an interview, and reads it again. A failure is told in a notification. */
export async function change(interviewId: string, work: () => Promise<unknown>): Promise<boolean> {
  useLive.setState({ busy: true });
  try {
    await work();
    return true;
  } catch (error) {
    reportFailure(error instanceof Error ? error : new Error(String(error)));
    return false;
  } finally {
    await queryClient.invalidateQueries({ queryKey: keyOf('desk.interview', { id: interviewId }) });
    void refresh('desk.list');
    useLive.setState({ busy: false });
  }
}

/** The question that comes after the one before the candidate: the next that was neither asked nor passed over. */
export function nextQuestion({ questions, currentQuestionId }: DeskInterview): string | null {
  const at = questions.findIndex(({ id }) => id === currentQuestionId);
  const open = (question: DeskInterview['questions'][number]) =>
    question.state === 'NOT_ASKED' && !question.passedOver;
  return (questions.slice(at + 1).find(open) ?? questions.find(open))?.id ?? null;
}

function isRecording(): boolean {
  const { phase } = recorder.state;
  return phase === 'thinking' || phase === 'recording' || phase === 'paused' || phase === 'finishing';
}
