import { fileURLToPath } from 'node:url';
import { app, type WebPreferences } from 'electron';

const preload = fileURLToPath(new URL('../preload/preload.cjs', import.meta.url));

/** What every page of ours may and may not: see docs/SECURITY.md. */
export function webPreferences(): WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    devTools: !app.isPackaged,
    // A hidden window goes on counting think time and recording.
    backgroundThrottling: false,
  };
}
