import { hostname } from 'node:os';
import { createApplication } from './application.ts';
import { dataPaths } from './config/data-paths.ts';
import { DataFolderHeldError } from './data-folder/lock.ts';
import { startBrowserHost } from './hosts/browser/browser-host.ts';
import { forkNode } from './hosts/node-fork.ts';
import { rendererFolder } from './hosts/renderer-files.ts';
import { createLog, logCrashes } from './log.ts';
import { parleyVersion } from './version.ts';

/** Why the browser host cannot start; the message is for a person. */
export class CannotServe extends Error {}

/**
 * The usual port, P-A-R-L on a telephone's keys. A browser keeps a microphone's permission and what a page remembers by
 * address and port, so it is the same every time where it can be.
 */
const USUAL_PORT = 7275;

/**
 * Runs the browser host until SIGINT or SIGTERM.
 *
 * @param options.port 0 for any that is free; left out, the usual one, or any where that is taken
 * @param options.announce is called once links can be opened; each link works once
 * @throws CannotServe
 */
export async function serve(options: {
  port: number | undefined;
  announce: (newLink: () => string) => void;
}): Promise<void> {
  const paths = dataPaths();
  const { log, close: closeLog } = createLog(paths.logs);
  logCrashes(log, () => void closeLog().then(() => process.exit(1)));
  const application = openApplication();
  const host = await openHost().catch(async (error: unknown) => {
    await application.close();
    throw error;
  });

  const ended = new Promise<NodeJS.Signals>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  options.announce(host.link);
  log.info({ signal: await ended }, 'closing');
  await host.close();
  await application.close();
  await closeLog();

  function openApplication() {
    try {
      return createApplication({
        host: 'browser',
        version: parleyVersion(),
        paths,
        environment: process.env,
        log,
        fork: forkNode,
      });
    } catch (error) {
      if (error instanceof DataFolderHeldError) throw new CannotServe(error.message);
      throw error;
    }
  }

  async function openHost() {
    if (options.port !== undefined) return await listen(options.port);
    try {
      return await listen(USUAL_PORT);
    } catch (error) {
      if (error instanceof CannotServe) return await listen(0);
      throw error;
    }
  }

  async function listen(port: number) {
    try {
      return await startBrowserHost({
        newClient: () => application.client(`${hostname()} (browser)`),
        port,
        folder: rendererFolder,
        log,
      });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
      if (error.code === 'EADDRINUSE') {
        throw new CannotServe(`Port ${port} is taken. Choose another one: --port 0 takes any that is free.`);
      }
      if (error.code === 'EACCES') throw new CannotServe(`This system does not let you use port ${port}.`);
      throw error;
    }
  }
}
