import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { call } from '../lib/client.ts';
import { reportFailure } from '../lib/failures.ts';
import { refresh } from '../lib/queries.ts';

/** A note that main does not have yet. */
export interface NoteDraft {
  id: string;
  questionId: string | null;
  atMs: number | null;
  notedAt: string;
  body: string;
}

interface NoteDrafts {
  /** What somebody is typing. */
  typing: NoteDraft | null;
  /** What they have kept, until main says that it has it. */
  sending: readonly NoteDraft[];
}

const none: NoteDrafts = { typing: null, sending: [] };

/** Notes that are not in main yet, by person and interview. They outlive the screen, the window and the app. */
export const useNoteDrafts = create<Readonly<Record<string, NoteDrafts>>>()(
  persist(() => ({}), { name: 'parley-note-drafts' }),
);

/** Whose notes, and of which interview. */
export interface NotesOf {
  personId: string;
  interviewId: string;
}

const keyOf = ({ personId, interviewId }: NotesOf) => `${personId} ${interviewId}`;

export function useNotesOf(of: NotesOf): NoteDrafts {
  return useNoteDrafts((drafts) => drafts[keyOf(of)] ?? none);
}

/** @param begin gives the note its id and its moment, when its first letter is typed */
export function typeNote(of: NotesOf, body: string, begin: () => Omit<NoteDraft, 'body'>): void {
  const drafts = read(of);
  write(of, { ...drafts, typing: body === '' ? null : { ...(drafts.typing ?? begin()), body } });
}

/** Keeps what was typed. The field is free for the next note at once; this one goes on its way until main has it. */
export function keepNote(of: NotesOf): Promise<void> {
  const { typing, sending } = read(of);
  if (!typing || typing.body.trim() === '') return Promise.resolve();
  write(of, { typing: null, sending: [...sending, typing] });
  return sendNotes(of);
}

/** Sends what main does not have yet, in its order. To send one twice is harmless: its id was made here. */
export async function sendNotes(of: NotesOf): Promise<void> {
  for (const note of read(of).sending) {
    try {
      await call('notes.add', { interviewId: of.interviewId, ...note });
      forgetNote(of, note.id);
    } catch (error) {
      reportFailure(error instanceof Error ? error : new Error(String(error)));
    }
  }
  await refresh('notes.list');
}

/** Gives up a note that main does not have. */
export function forgetNote(of: NotesOf, id: string): void {
  const drafts = read(of);
  write(of, { ...drafts, sending: drafts.sending.filter((note) => note.id !== id) });
}

function read(of: NotesOf): NoteDrafts {
  return useNoteDrafts.getState()[keyOf(of)] ?? none;
}

function write(of: NotesOf, drafts: NoteDrafts): void {
  const { [keyOf(of)]: _, ...others } = useNoteDrafts.getState();
  const isEmpty = drafts.typing === null && drafts.sending.length === 0;
  useNoteDrafts.setState(isEmpty ? others : { ...others, [keyOf(of)]: drafts }, true);
}
