import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { PracticeSettings } from '../../shared/contract/interviews.ts';
import { practiceLimits } from '../../shared/model/limits.ts';

interface PracticePreferences {
  /** What was chosen last; `competencies` is null until some were left out. */
  settings: Omit<PracticeSettings, 'competencies'> & { competencies: string[] | null };
  /** The microphone used last; null for the system's usual one. */
  deviceId: string | null;
  rememberSettings(settings: PracticePreferences['settings']): void;
  rememberDevice(deviceId: string | null): void;
}

/** What a person chose for their practice, remembered on this machine. */
export const usePracticePreferences = create<PracticePreferences>()(
  persist(
    (set) => ({
      settings: {
        difficulty: 'MID',
        questionCount: practiceLimits.questionCount.usual,
        competencies: null,
        thinkTimeMs: practiceLimits.thinkTimeMs.usual,
        answerTimeMs: practiceLimits.answerTimeMs.usual,
        takesAllowed: practiceLimits.takesAllowed.usual,
      },
      deviceId: null,
      rememberSettings: (settings) => set({ settings }),
      rememberDevice: (deviceId) => set({ deviceId }),
    }),
    { name: 'parley-practice', version: 1 },
  ),
);
