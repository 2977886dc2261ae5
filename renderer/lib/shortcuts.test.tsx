import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { usePreferences } from '../stores/preferences.ts';
import { shortcutMatcher, useShortcuts } from './shortcuts.ts';

const run = () => {};
const shortcuts = [
  { keys: 'g h', does: 'Go home', run },
  { keys: 'n', does: 'New', run },
];

describe('a pair of keys', () => {
  it('is found when the second follows soon, and forgotten when it does not', () => {
    const press = shortcutMatcher();
    expect(press('g', shortcuts, 0)).toBeUndefined();
    expect(press('h', shortcuts, 900)?.does).toBe('Go home');
    expect(press('g', shortcuts, 2_000)).toBeUndefined();
    expect(press('h', shortcuts, 3_500)).toBeUndefined();
  });

  it('that is mistyped does not run the second key by itself', () => {
    const press = shortcutMatcher();
    press('g', shortcuts, 0);
    expect(press('n', shortcuts, 100)).toBeUndefined();
    expect(press('n', shortcuts, 200)?.does).toBe('New');
  });
});

function ScreenWithShortcut({ onPressed }: { onPressed: () => void }) {
  useShortcuts([{ keys: 'n', does: 'New', run: onPressed }]);
  return (
    <>
      <input aria-label="Name" />
      <button type="button">Elsewhere</button>
    </>
  );
}

describe('listening', () => {
  afterEach(() => usePreferences.setState({ characterShortcuts: true }));

  function setUp() {
    const started = vi.fn();
    const screen = render(<ScreenWithShortcut onPressed={started} />);
    return { started, screen, user: userEvent.setup() };
  }

  it('hears a key', async () => {
    const { started, user } = setUp();
    await user.keyboard('n');
    expect(started).toHaveBeenCalledOnce();
  });

  it('stays quiet while somebody types, holds a modifier, or has a dialog open', async () => {
    const { started, screen, user } = setUp();
    await user.type(screen.getByLabelText('Name'), 'nn');
    await user.click(screen.getByText('Elsewhere'));
    await user.keyboard('{Control>}n{/Control}');
    const dialog = document.body.appendChild(document.createElement('div'));
    dialog.setAttribute('role', 'dialog');
    await user.keyboard('n');
    dialog.remove();
    expect(started).not.toHaveBeenCalled();
  });

  it('stays quiet when shortcuts are turned off', async () => {
    usePreferences.getState().setCharacterShortcuts(false);
    const { started, user } = setUp();
    await user.keyboard('n');
    expect(started).not.toHaveBeenCalled();
  });
});
