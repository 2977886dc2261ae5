import type { Page } from 'playwright';
import { chromiumPath, electronPath, type LaunchOptions, launchBrowser, launchElectron } from './launch.ts';

/** The app in one of its hosts, as far as a journey cares. */
export interface RunningApp {
  page: Page;
  dataFolder: string;
  /** Ends the app as a person would. */
  close(): Promise<void>;
  /** Ends the app with SIGKILL, windows and all. */
  kill(): Promise<void>;
}

export interface Host {
  name: string;
  launch(options: LaunchOptions): Promise<RunningApp>;
}

const electron: Host = {
  name: 'Electron',
  async launch(options) {
    const running = await launchElectron(options);
    return {
      ...running,
      async kill() {
        const ended = running.app.waitForEvent('close');
        running.app.process().kill('SIGKILL');
        await ended;
      },
    };
  },
};

const browser: Host = {
  name: 'browser',
  async launch(options) {
    const running = await launchBrowser(options);
    return {
      ...running,
      async kill() {
        process.kill(running.host.pid, 'SIGKILL');
        await running.close();
      },
    };
  },
};

/** The hosts that this machine can run; scripts/e2e.mjs has said which those are. */
export const hosts: readonly Host[] = [
  ...(electronPath ? [electron] : []),
  ...(chromiumPath ? [browser] : []),
];
