import { create } from 'zustand';
import { call } from '../lib/client.ts';
import { refresh } from '../lib/queries.ts';

/** How long a person pauses before what they typed is saved, ms. */
const pauseMs = 600;
/** How long to wait before trying again to save what could not be saved, ms. */
const retryMs = 5_000;

/** A transcript that is ahead of what main has. */
export interface Draft {
  text: string;
  state: 'waiting' | 'saving' | 'failed';
  /** Why it could not be saved. */
  message?: string;
}

/**
 * Transcripts that are being typed, by question. They live outside the screens: what was typed is saved though one goes
 * elsewhere at once, and what could not be saved is still there on coming back.
 */
export const useTranscriptDrafts = create<Readonly<Record<string, Draft>>>()(() => ({}));

const timers = new Map<string, ReturnType<typeof setTimeout>>();

/** Notes what was typed; it is saved at the next pause. */
export function editTranscript(questionId: string, text: string): void {
  const saving = draftOf(questionId)?.state === 'saving';
  setDraft(questionId, { text, state: saving ? 'saving' : 'waiting' });
  if (!saving) schedule(questionId, pauseMs);
}

/** Saves what waits, at once. */
export function flushTranscript(questionId: string): void {
  const draft = draftOf(questionId);
  if (draft && draft.state !== 'saving') void save(questionId, draft.text);
}

/** Closing the window or leaving the page is no reason to lose the last words. */
window.addEventListener('pagehide', () => {
  for (const questionId of Object.keys(useTranscriptDrafts.getState())) flushTranscript(questionId);
});

/** One save of a question at a time, so that an older text never lands after a newer one. */
async function save(questionId: string, text: string): Promise<void> {
  clearTimeout(timers.get(questionId));
  setDraft(questionId, { text, state: 'saving' });
  try {
    await call('answers.saveTranscript', { questionId, transcript: text });
  } catch (error) {
    const latest = draftOf(questionId)?.text ?? text;
    setDraft(questionId, { text: latest, state: 'failed', message: (error as Error).message });
    schedule(questionId, retryMs);
    return;
  }
  const latest = draftOf(questionId)?.text;
  if (latest !== undefined && latest !== text) {
    setDraft(questionId, { text: latest, state: 'waiting' });
    schedule(questionId, pauseMs);
    return;
  }
  // The screens show the kept text again once it has the new words.
  await refresh('interviews.get');
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
