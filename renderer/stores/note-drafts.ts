import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** A note that somebody is typing. */
interface NoteDraft {
  id: string;
  questionId: string | null;
  atMs: number | null;
  notedAt: string;
  body: string;
}

/** Notes that are not kept yet, by person and interview. They outlive the screen, the window and the app. */
export const useNoteDrafts = create<Readonly<Record<string, NoteDraft | undefined>>>()(
  persist(() => ({}), { name: 'parley-note-drafts' }),
);
