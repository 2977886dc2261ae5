import { create } from 'zustand';
import { call } from '../lib/client.ts';
import { refresh } from '../lib/queries.ts';

/** How long a person pauses before what they typed is saved, ms. */
const pauseMs = 600;
/** How long to wait before trying again to save what could not be saved, ms. */
const retryMs = 5_000;

/** Which operation keeps the words: those of a practice answer, or of an answer in a one-way interview. */
export type TranscriptKeeper = 'answers.saveTranscript' | 'oneWay.saveAnswer';

/** A transcript that is ahead of what main has. */
export interface Draft {
  text: string;
  keeper: TranscriptKeeper;
  state: 'waiting' | 'saving' | 'failed';
  /** Why it could not be saved. */
  message?: string;
}

/**
 * Transcripts that are being typed, by question. They live outside the screens: what was typed is saved though one goes
 * elsewhere at once, and what could not be saved is still there on coming back.
 */
export const useTranscriptDrafts = create<Readonly<Record<string, Draft>>>()(() => ({}));

/** The saves that are under way, by question. */
const saves = new Map<string, Promise<void>>();
const timers = new Map<string, ReturnType<typeof setTimeout>>();

/** Notes what was typed; it is saved at the next pause. */
export function editTranscript(
  questionId: string,
  text: string,
  keeper: TranscriptKeeper = 'answers.saveTranscript',
): void {
  const saving = draftOf(questionId)?.state === 'saving';
  setDraft(questionId, { text, keeper, state: saving ? 'saving' : 'waiting' });
  if (!saving) schedule(questionId, pauseMs);
}

/** Saves what waits, at once. */
export function flushTranscript(questionId: string): void {
  const draft = draftOf(questionId);
  if (draft && draft.state !== 'saving') void save(questionId, draft);
}

/**
 * Waits until main has everything that was typed.
 *
 * @throws Error that says why it has not
 */
export async function settleTranscript(questionId: string): Promise<void> {
  flushTranscript(questionId);
  await saves.get(questionId);
  const draft = draftOf(questionId);
  if (draft?.state === 'failed')
    throw new Error(`Your words are not saved yet. ${draft.message ?? ''}`.trim());
  if (draft) await settleTranscript(questionId);
}

/** Closing the window or leaving the page is no reason to lose the last words. */
window.addEventListener('pagehide', () => {
  for (const questionId of Object.keys(useTranscriptDrafts.getState())) flushTranscript(questionId);
});

/** One save of a question at a time, so that an older text never lands after a newer one. */
function save(questionId: string, draft: Draft): Promise<void> {
  const saving = saveNow(questionId, draft).finally(() => saves.delete(questionId));
  saves.set(questionId, saving);
  return saving;
}

async function saveNow(questionId: string, { text, keeper }: Draft): Promise<void> {
  clearTimeout(timers.get(questionId));
  setDraft(questionId, { text, keeper, state: 'saving' });
  try {
    await call(keeper, { questionId, transcript: text });
  } catch (error) {
    const latest = draftOf(questionId)?.text ?? text;
    setDraft(questionId, { text: latest, keeper, state: 'failed', message: (error as Error).message });
    schedule(questionId, retryMs);
    return;
  }
  const latest = draftOf(questionId)?.text;
  if (latest !== undefined && latest !== text) {
    setDraft(questionId, { text: latest, keeper, state: 'waiting' });
    schedule(questionId, pauseMs);
    return;
  }
  // The screens show the kept text again once it has the new words.
  await refresh(keeper === 'oneWay.saveAnswer' ? 'oneWay.get' : 'interviews.get');
  if (draftOf(questionId)?.text === text) setDraft(questionId, undefined);
}

function schedule(questionId: string, delayMs: number): void {
  clearTimeout(timers.get(questionId));
  timers.set(
    questionId,
    setTimeout(() => flushTranscript(questionId), delayMs),
  );
}

function draftOf(questionId: string): Draft | undefined {
  return useTranscriptDrafts.getState()[questionId];
}

function setDraft(questionId: string, draft: Draft | undefined): void {
  const { [questionId]: _, ...others } = useTranscriptDrafts.getState();
  useTranscriptDrafts.setState(draft ? { ...others, [questionId]: draft } : others, true);
}
