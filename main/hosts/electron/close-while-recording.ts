import { type App, type BrowserWindow, dialog } from 'electron';
import { eventChannel } from './channels.ts';

/** How long the page has to hand over the last chunk and end the take; main then keeps what it has. */
const FINISH_LIMIT_MS = 5_000;
const LOOK_EVERY_MS = 50;

/**
 * Lets a window close while somebody records only when they say so, and then with the answer stopped and stored. A
 * quit that waited for this goes on afterwards.
 */
export function askWhileRecording(app: App, window: BrowserWindow, isRecording: () => boolean): void {
  let state: 'open' | 'finishing' | 'done' = 'open';
  let quitting = false;
  const noteQuit = () => {
    quitting = true;
  };
  app.on('before-quit', noteQuit);
  window.once('closed', () => app.off('before-quit', noteQuit));
  window.on('close', (event) => {
    if (state === 'done' || !isRecording()) return;
    event.preventDefault();
    if (state === 'finishing') return;
    if (!confirmClosing(window)) {
      quitting = false;
      return;
    }
    state = 'finishing';
    window.webContents.send(eventChannel('app.closing'));
    void recordingEnded(isRecording).then(() => {
      state = 'done';
      if (quitting) app.quit();
      else if (!window.isDestroyed()) window.close();
    });
  });
}

async function recordingEnded(isRecording: () => boolean): Promise<void> {
  const limit = performance.now() + FINISH_LIMIT_MS;
  while (isRecording() && performance.now() < limit) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/** Asks natively: whatever the page shows, the window cannot go by a slip of the hand while somebody speaks. */
function confirmClosing(window: BrowserWindow): boolean {
  const close = 1;
  return (
    dialog.showMessageBoxSync(window, {
      type: 'question',
      message: 'An answer is being recorded.',
      detail: 'It is stopped and kept when you close Parley, and the interview can be resumed.',
      buttons: ['Go on recording', 'Close Parley'],
      defaultId: 0,
      cancelId: 0,
    }) === close
  );
}
