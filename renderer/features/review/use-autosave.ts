import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect } from 'react';
import { useScorecardDrafts } from '../../stores/scorecard-drafts.ts';

/** How long a pause ends what is sent at once, ms. */
const pauseMs = 600;

/**
 * A text that is kept as it is typed: on this machine at each key, in main after a pause and when the field is left.
 * What main has not taken stays a draft, and is sent again when the screen is opened.
 *
 * @param send gives what is typed to main; true when main has it
 */
export function useAutosave(
  key: string,
  saved: string,
  send: (text: string) => Promise<boolean>,
): { value: string; pending: boolean; change: (text: string) => void; flush: () => void } {
  const draft = useScorecardDrafts((drafts) => drafts[key]);
  const save = async () => {
    const text = useScorecardDrafts.getState()[key];
    if (text === undefined || !(await send(text))) return;
    // What main has now reaches the screen in a task of its own. Before that the field would show what was there before.
    await new Promise((resolve) => setTimeout(resolve));
    if (useScorecardDrafts.getState()[key] === text) useScorecardDrafts.setState({ [key]: undefined });
  };
  const saveSoon = useDebouncedCallback(() => void save(), pauseMs);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what an earlier window left is sent once
  useEffect(() => void save(), []);
  return {
    value: draft ?? saved,
    pending: draft !== undefined,
    change(text) {
      useScorecardDrafts.setState({ [key]: text });
      saveSoon();
    },
    flush: () => void save(),
  };
}
