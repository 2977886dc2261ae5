import { type App, type BrowserWindow, crashReporter, dialog } from 'electron';
import type { Log } from '../../log.ts';
import { OURS } from './fork.ts';

/** Keeps what a crash leaves on this machine; nothing is sent anywhere. Before `ready`. */
export function keepCrashReports(app: App, folder: string): void {
  app.setPath('crashDumps', folder);
  crashReporter.start({ uploadToServer: false });
}

/** Notes processes that ended by themselves: the graphics process, a utility. Of ours whoever started it tells. */
export function noteLostProcesses(app: App, log: Log): void {
  app.on('child-process-gone', (_, details) => {
    if (!details.name?.startsWith(OURS)) log.error(details, 'a process of Parley ended');
  });
}

/** When the page's process has died or hangs, says so and offers to load it again. What was recorded is on disk. */
export function offerReload(window: BrowserWindow, log: Log): void {
  window.webContents.on('render-process-gone', async (_, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    log.error({ reason, exitCode }, 'the page ended');
    if (await asked(window, 'The window of Parley stopped working.', ['Open it again', 'Quit']))
      window.reload();
    else if (!window.isDestroyed()) window.destroy();
  });
  window.on('unresponsive', async () => {
    log.error('the page does not answer');
    if (await asked(window, 'The window of Parley does not answer.', ['Wait', 'Open it again'])) return;
    window.webContents.forcefullyCrashRenderer();
    window.reload();
  });
}

/** @returns whether the first button was chosen */
async function asked(window: BrowserWindow, message: string, buttons: [string, string]): Promise<boolean> {
  if (window.isDestroyed()) return false;
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message,
    detail: 'What you recorded and saved is safe.',
    buttons,
    defaultId: 0,
    cancelId: 1,
  });
  return response === 0 && !window.isDestroyed();
}
