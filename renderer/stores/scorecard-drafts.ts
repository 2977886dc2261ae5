import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** What somebody is writing on a scorecard and main does not have yet, by person, interview and field. */
export const useScorecardDrafts = create<Readonly<Record<string, string | undefined>>>()(
  persist(() => ({}), { name: 'parley-scorecard-drafts' }),
);
