import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** What a person prefers on this machine, beside the colour scheme, which Mantine keeps. */
interface Preferences {
  /**
   * Whether single characters are shortcuts. They get in the way of speech input, which types them by accident
   * (WCAG 2.1.4), so they can be turned off.
   */
  characterShortcuts: boolean;
  setCharacterShortcuts(on: boolean): void;
}

export const usePreferences = create<Preferences>()(
  persist(
    (set) => ({
      characterShortcuts: true,
      setCharacterShortcuts: (on) => set({ characterShortcuts: on }),
    }),
    { name: 'parley-preferences' },
  ),
);
