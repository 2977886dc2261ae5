import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where everything is that the app keeps on this machine. All inside one folder. */
export interface DataPaths {
  readonly folder: string;
  readonly database: string;
  readonly recordings: string;
  readonly logs: string;
  readonly settings: string;
  /** The token of a session that stays signed in. */
  readonly rememberedSession: string;
  /** The password of the database server. */
  readonly databasePassword: string;
  readonly backups: string;
}

/**
 * `PARLEY_DATA_DIR`, or the platform's usual place for an app's data. The same for the desktop app, the browser host
 * and the commands, so that they act on the same data.
 */
export function dataPaths(environment: NodeJS.ProcessEnv = process.env): DataPaths {
  const folder = resolve(environment.PARLEY_DATA_DIR || usualFolder(environment));
  return {
    folder,
    database: join(folder, 'database'),
    recordings: join(folder, 'recordings'),
    logs: join(folder, 'logs'),
    settings: join(folder, 'settings.json'),
    rememberedSession: join(folder, 'session'),
    databasePassword: join(folder, 'database-password'),
    backups: join(folder, 'backups'),
  };
}

function usualFolder(environment: NodeJS.ProcessEnv): string {
  switch (process.platform) {
    case 'win32':
      return join(environment.APPDATA || join(homedir(), 'AppData', 'Roaming'), 'Parley');
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Parley');
    default:
      return join(environment.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'parley');
  }
}
