import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** Something that somebody is writing and has not saved. */
interface Draft {
  value: unknown;
  /** The version of the saved thing that it was begun from; 0 where it is new. */
  base: number;
}

/**
 * Drafts of what is saved by a button, by what they are of. They outlive the screen, the window and the app: kept on
 * this machine until they are saved or discarded.
 */
export const useDrafts = create<Readonly<Record<string, Draft>>>()(
  persist(() => ({}), { name: 'parley-drafts' }),
);

export interface DraftHandle<T> {
  /** What was written, or what is saved where nothing was. */
  value: T;
  /** The version to save over. */
  base: number;
  isDraft: boolean;
  change: (next: T) => void;
  discard: () => void;
  /** What was sent has been saved as this version: the draft ends, unless it has gone on meanwhile. */
  settle: (sent: T, version: number) => void;
}

/**
 * The draft of one thing.
 *
 * @param key says which, and whose: drafts of several people of one machine stay apart
 * @param saved what main has of it, and in which version
 * @param isSame whether two say the same: a draft that says what is saved is none
 */
export function useDraft<T>(
  key: string,
  saved: { value: T; version: number },
  isSame: (a: T, b: T) => boolean,
): DraftHandle<T> {
  const draft = useDrafts((drafts) => drafts[key]);
  return {
    value: draft ? (draft.value as T) : saved.value,
    base: draft?.base ?? saved.version,
    isDraft: draft !== undefined,
    change: (next) =>
      isSame(next, saved.value) && (draft?.base ?? saved.version) === saved.version
        ? discardDraft(key)
        : useDrafts.setState({ [key]: { value: next, base: draft?.base ?? saved.version } }),
    discard: () => discardDraft(key),
    settle(sent, version) {
      const latest = useDrafts.getState()[key];
      if (!latest || latest.value === sent) discardDraft(key);
      else useDrafts.setState({ [key]: { value: latest.value, base: version } });
    },
  };
}

function discardDraft(key: string): void {
  const { [key]: _, ...others } = useDrafts.getState();
  useDrafts.setState(others, true);
}
