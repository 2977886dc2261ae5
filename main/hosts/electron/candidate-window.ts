import { BrowserWindow, nativeTheme, screen } from 'electron';
import type { OperationName } from '../../../shared/contract/index.ts';
import type { Log } from '../../log.ts';
import { START_PAGE } from './addresses.ts';
import { webPreferences } from './web-preferences.ts';

/** All that a candidate's window may ask of main: a candidate may sit before its keyboard. */
export const candidateOperations: readonly OperationName[] = ['live.candidateView'];

/**
 * Opens a candidate's window: on another screen than the interviewer's where there is one, and movable.
 *
 * @param beside the interviewer's window; the candidate's closes with it
 */
export function openCandidateWindow(
  interviewId: string,
  beside: BrowserWindow | undefined,
  log: Log,
): BrowserWindow {
  const here = beside && screen.getDisplayMatching(beside.getBounds());
  const other = screen.getAllDisplays().find(({ id }) => id !== here?.id);
  const window = new BrowserWindow({
    ...(other ? { x: other.workArea.x + 40, y: other.workArea.y + 40 } : {}),
    ...{ width: 1100, height: 700, show: false, title: 'Interview' },
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#191d1b' : '#ffffff',
    webPreferences: webPreferences(),
  });
  window.setMenuBarVisibility(false);
  window.once('ready-to-show', () => window.show());
  const close = () => window.close();
  beside?.once('closed', close);
  window.once('closed', () => beside?.removeListener('closed', close));
  window.loadURL(`${START_PAGE}#/candidate-view/${interviewId}`).catch((error) => {
    if (!window.isDestroyed()) log.error({ err: error }, 'the page of a candidate did not load');
  });
  return window;
}
