import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { app, type BrowserWindow, dialog, powerMonitor, session } from 'electron';
import type { Application, Client } from './application.ts';
import { dataPaths } from './config/data-paths.ts';
import { candidateOperations, openCandidateWindow } from './hosts/electron/candidate-window.ts';
import { eventChannel } from './hosts/electron/channels.ts';
import { closeBeforeQuit } from './hosts/electron/close-before-quit.ts';
import { keepCrashReports, noteLostProcesses, offerReload } from './hosts/electron/crashes.ts';
import { desktop } from './hosts/electron/desktop.ts';
import { keepDrafts } from './hosts/electron/drafts.ts';
import { forkUtilityProcess } from './hosts/electron/fork.ts';
import { bridgeEvents, bridgeOperations, restrictOperations } from './hosts/electron/ipc-bridge.ts';
import { openMainWindow } from './hosts/electron/main-window.ts';
import { setMenu } from './hosts/electron/menu.ts';
import { guardNavigation } from './hosts/electron/navigation.ts';
import { keepOffline } from './hosts/electron/offline.ts';
import { guardPermissions } from './hosts/electron/permissions.ts';
import { followPower } from './hosts/electron/power.ts';
import { registerSchemes, serveProtocols } from './hosts/electron/protocols.ts';
import { keychainSeal } from './hosts/electron/seal.ts';
import { rendererFolder, serveRenderer } from './hosts/renderer-files.ts';
import { createLog, logCrashes } from './log.ts';
import { parleyVersion } from './version.ts';

// Electron's entry. A start has three phases: what must be settled before Chromium is up; the window, with its guards;
// and, once it has painted, the application with its database, which takes longest to load.

const paths = dataPaths();
mkdirSync(paths.folder, { recursive: true, mode: 0o700 });
// Chromium keeps its profile beside our data, and the lock against a second start is held by that folder.
app.setPath('userData', join(paths.folder, 'chromium'));

if (app.requestSingleInstanceLock()) {
  const { log, close: closeLog } = createLog(paths.logs);
  let application: Application | undefined;
  /** What the windows speak through. */
  let own: Client | undefined;
  let window: BrowserWindow | undefined;
  let candidateWindow: { interviewId: string; window: BrowserWindow } | undefined;

  beforeReady();
  app.whenReady().then(openFirstWindow).catch(fail);

  function beforeReady(): void {
    logCrashes(log, fail);
    keepCrashReports(app, join(paths.logs, 'crashes'));
    noteLostProcesses(app, log);
    registerSchemes();
    // Where a person went without Chromium's sandbox (`--no-sandbox`), its processes would end at once with it on.
    if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
    guardNavigation(app, log);
    const quitting = closeBeforeQuit(app, close, log);
    app.on('second-instance', () => {
      if (!quitting.startedAgain()) focus();
    });
    app.on('window-all-closed', () => {
      if (process.platform !== 'darwin') app.quit();
    });
  }

  async function openFirstWindow(): Promise<void> {
    guardPermissions(session.defaultSession);
    keepOffline(session.defaultSession);
    keepDrafts(session.defaultSession);
    let painted = (): void => undefined;
    const client = new Promise<void>((resolve) => {
      painted = resolve;
    }).then(openApplication);
    client.catch(fail);
    const page = serveRenderer(rendererFolder);
    serveProtocols(session.defaultSession, page, async (request) => (await client).media(request));
    bridgeOperations(client, log);
    setMenu(app, (command) => window?.webContents.send(eventChannel('app.menuChosen'), command));
    followPower(powerMonitor, log, (change) => {
      window?.webContents.send(eventChannel('app.powerChanged'), change);
    });
    app.on('activate', () => openWindow(client));
    openWindow(client).once('ready-to-show', painted);
  }

  function openWindow(client: Promise<Client>): BrowserWindow {
    if (window) return window;
    const opened = openMainWindow({
      folder: paths.folder,
      isRecording: () => application?.isRecording() ?? false,
      log,
    });
    window = opened;
    offerReload(opened, log);
    opened.once('closed', () => {
      window = undefined;
    });
    client.then(
      (client) => bridgeEvents(client, opened.webContents),
      () => undefined,
    );
    return opened;
  }

  async function openApplication(): Promise<Client> {
    const { createApplication } = await import('./application.ts');
    const { DataFolderHeldError } = await import('./data-folder/lock.ts');
    for (;;) {
      try {
        application = createApplication({
          host: 'electron',
          version: parleyVersion(),
          paths,
          environment: process.env,
          log,
          fork: forkUtilityProcess,
          seal: keychainSeal(),
          desktop: desktop(() => window),
          windows: { openCandidateView: (interviewId) => openCandidateView(interviewId) },
        });
        own = application.client(`${hostname()} (desktop app)`);
        return own;
      } catch (error) {
        if (!(error instanceof DataFolderHeldError)) throw error;
        if (await triesAgain(error.message)) continue;
        app.quit();
        // Nobody gets an answer any more.
        return new Promise(() => undefined);
      }
    }
  }

  /** A window for the candidate of a live interview; there is one at a time. */
  function openCandidateView(interviewId: string): void {
    if (candidateWindow?.interviewId === interviewId) {
      candidateWindow.window.show();
      return;
    }
    candidateWindow?.window.close();
    const opened = openCandidateWindow(interviewId, window, log);
    restrictOperations(opened.webContents, candidateOperations);
    candidateWindow = { interviewId, window: opened };
    opened.once('closed', () => {
      if (candidateWindow?.window === opened) candidateWindow = undefined;
    });
    if (own) bridgeEvents(own, opened.webContents, ['desk.changed']);
  }

  /** Says who has the data folder. @returns whether to try again */
  async function triesAgain(message: string): Promise<boolean> {
    const { response } = await dialog.showMessageBox({
      type: 'warning',
      message: 'Parley is open already.',
      detail: message,
      buttons: ['Try again', 'Quit'],
      defaultId: 0,
      cancelId: 1,
    });
    return response === 0;
  }

  function focus(): void {
    if (window?.isMinimized()) window.restore();
    window?.show();
    window?.focus();
  }

  async function close(): Promise<void> {
    await application?.close();
    await closeLog();
  }

  function fail(error: unknown): void {
    log.fatal({ err: error }, 'Parley cannot go on');
    dialog.showErrorBox(
      'Parley has to close',
      `Something went wrong inside Parley. What you recorded and saved is safe. The log in ${paths.logs} has the details.`,
    );
    void closeLog().finally(() => app.exit(1));
  }
} else {
  // The first one has been told, and shows its window.
  app.exit(0);
}
