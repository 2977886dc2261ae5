import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { app, session } from 'electron';
import type { Application, Client } from './application.ts';
import { dataPaths } from './config/data-paths.ts';
import { bridgeEvents, bridgeOperations } from './hosts/electron/ipc-bridge.ts';
import { openMainWindow } from './hosts/electron/main-window.ts';
import { guardNavigation } from './hosts/electron/navigation.ts';
import { guardPermissions } from './hosts/electron/permissions.ts';
import { registerSchemes, serveProtocols } from './hosts/electron/protocols.ts';
import { rendererFolder, serveRenderer } from './hosts/renderer-files.ts';
import { createLog } from './log.ts';
import { parleyVersion } from './version.ts';

const paths = dataPaths();
mkdirSync(paths.folder, { recursive: true, mode: 0o700 });
app.setPath('userData', join(paths.folder, 'chromium'));
if (!app.requestSingleInstanceLock()) app.exit(0);
const { log } = createLog(paths.logs);
registerSchemes();
app.enableSandbox();
guardNavigation(app, log);
await app.whenReady();

let application: Application | undefined;
let painted = (): void => undefined;
const firstPaint = new Promise<void>((resolve) => {
  painted = resolve;
});
const client: Promise<Client> = firstPaint.then(async () => {
  const { createApplication } = await import('./application.ts');
  application = createApplication({
    host: 'electron',
    version: parleyVersion(),
    paths,
    environment: process.env,
    log,
  });
  return application.client(`${hostname()} (desktop app)`);
});
guardPermissions(session.defaultSession);
serveProtocols(session.defaultSession, serveRenderer(rendererFolder), async (request) =>
  (await client).media(request),
);
bridgeOperations(client, log);
const window = openMainWindow(paths.folder, log);
window.once('ready-to-show', () => painted());
bridgeEvents(await client, window.webContents);
app.on('window-all-closed', () => app.quit());
