import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import type { Log } from '../../log.ts';
import { START_PAGE } from './addresses.ts';
import { askWhileRecording } from './close-while-recording.ts';
import { webPreferences } from './web-preferences.ts';
import { placeWindow, readWindowState, writeWindowState } from './window-state.ts';

/** What the page is painted on before its styles are there, so that it does not flash. */
const usualBackground = { light: '#ffffff', dark: '#191d1b' };

/**
 * Opens the window where it was last time, and loads the page. It shows with the first paint.
 *
 * @param options.folder where the window's place is remembered
 * @param options.isRecording whether a take is being recorded, so that closing has to be confirmed
 */
export function openMainWindow(options: {
  folder: string;
  isRecording: () => boolean;
  log: Log;
}): BrowserWindow {
  const { folder, isRecording, log } = options;
  const stateFile = join(folder, 'window.json');
  const state = readWindowState(stateFile);
  let background =
    state?.background ?? (nativeTheme.shouldUseDarkColors ? usualBackground.dark : usualBackground.light);
  const workAreas = screen.getAllDisplays().map((display) => display.workArea);
  const window = new BrowserWindow({
    ...placeWindow(state, workAreas),
    show: false,
    title: 'Parley',
    backgroundColor: background,
    webPreferences: webPreferences(),
  });
  if (state?.maximised) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.webContents.on('did-change-theme-color', (_, color) => {
    if (!color) return;
    background = color;
    window.setBackgroundColor(color);
  });
  askWhileRecording(app, window, isRecording);
  window.on('close', (event) => {
    if (event.defaultPrevented) return;
    try {
      writeWindowState(stateFile, {
        bounds: window.getNormalBounds(),
        maximised: window.isMaximized(),
        background,
      });
    } catch (error) {
      log.warn({ err: error }, 'the place of the window could not be remembered');
    }
  });
  window.loadURL(START_PAGE).catch((error) => {
    // Closed before it had loaded: nothing has failed.
    if (!window.isDestroyed()) log.error({ err: error }, 'the page did not load');
  });
  return window;
}
