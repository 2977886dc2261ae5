import { useEffect, useRef } from 'react';
import { usePreferences } from '../stores/preferences.ts';

/** What a key, or two keys one after the other (`g h`), do. Keys are named as in KeyboardEvent.key. */
export interface Shortcut {
  keys: string;
  does: string;
  run: () => void;
}

/** How long the second key of a pair may take, ms. */
const pairTimeoutMs = 1_000;

/**
 * Listens for shortcuts of single characters, while nobody is typing, no dialog is open and no modifier is held.
 * They may be turned off in the settings.
 *
 * @param options.first for the keys of one screen, which come before those that work everywhere
 */
export function useShortcuts(
  shortcuts: readonly Shortcut[],
  { first = false }: { first?: boolean } = {},
): void {
  const enabled = usePreferences((preferences) => preferences.characterShortcuts);
  const current = useRef(shortcuts);
  current.current = shortcuts;
  useEffect(() => {
    if (!enabled) return;
    const press = shortcutMatcher();
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || isBusy(event)) return;
      const shortcut = press(event.key, current.current);
      if (!shortcut) return;
      event.preventDefault();
      shortcut.run();
    };
    window.addEventListener('keydown', listen, { capture: first });
    return () => window.removeEventListener('keydown', listen, { capture: first });
  }, [enabled, first]);
}

/** Finds the shortcut that a key completes, remembering the key before it for a moment. */
export function shortcutMatcher(): (
  key: string,
  shortcuts: readonly Shortcut[],
  now?: number,
) => Shortcut | undefined {
  let before = { key: '', at: 0 };
  return (key, shortcuts, now = Date.now()) => {
    const pair = now - before.at <= pairTimeoutMs ? `${before.key} ${key}` : undefined;
    const shortcut =
      shortcuts.find(({ keys }) => keys === pair) ??
      // `g` then `n` is a mistyped pair, not a new practice; `g` begins pairs on every screen.
      (pair && (before.key === 'g' || shortcuts.some(({ keys }) => keys.startsWith(`${before.key} `)))
        ? undefined
        : shortcuts.find(({ keys }) => keys === key));
    before = shortcut ? { key: '', at: 0 } : { key, at: now };
    return shortcut;
  };
}

function isBusy({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey) return true;
  if (document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]')) return true;
  if (!(target instanceof HTMLElement)) return false;
  // Space and Enter on a button or link are that button's.
  const own = key === ' ' || key === 'Enter' ? ', button, a[href], summary' : '';
  return (
    target.isContentEditable ||
    target.closest(`input, textarea, select, [role="combobox"], [role="slider"]${own}`) !== null
  );
}
