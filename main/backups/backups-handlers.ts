import { migrations } from '../../migrations/index.ts';
import type { BackupKeeping } from '../../shared/contract/backups.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Audit } from '../administration/audit.ts';
import type { ServerSettings } from '../administration/server-settings.ts';
import type { Works } from '../administration/works.ts';
import type { DataPaths } from '../config/data-paths.ts';
import type { Database } from '../database/database.ts';
import type { Log } from '../log.ts';
import type { HandlersOf, SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import type { Recordings } from '../recordings/recordings.ts';
import type { RecordingsPlace } from '../recordings/recordings-place.ts';
import type { Desktop } from '../recordings/storage.ts';
import { makeFolder } from '../recordings/take-files.ts';
import { type Backups, backupWords, describeBackup } from './backups.ts';
import { writeKeeping } from './keeping.ts';
import { restoreBackup } from './restore-backup.ts';

/**
 * What admins do with backups.
 *
 * @param parts.isFree whether settings.json says which database is used, and not the environment
 * @param parts.requireDesktop throws an OperationFailure where there is none
 */
export function createBackupsHandlers(parts: {
  database: Database;
  accounts: Pick<Accounts, 'recheck'>;
  recordings: Pick<Recordings, 'whileStill' | 'isRecording'>;
  place: Pick<RecordingsPlace, 'folder' | 'isThere'>;
  paths: DataPaths;
  audit: Audit;
  settings: ServerSettings;
  backups: Backups;
  works: Works;
  keeping: () => BackupKeeping;
  isFree: () => boolean;
  requireDesktop: () => Desktop;
  hasDesktop: boolean;
  template: string | undefined;
  log: Log;
}): HandlersOf<'backups'> {
  const { database, accounts, recordings, place, paths, audit, settings, backups, works, keeping } = parts;
  const { isFree, requireDesktop, hasDesktop, template, log } = parts;

  return {
    async 'backups.list'() {
      const known = new Set(migrations.map((migration) => migration.name));
      return {
        folder: backups.folder,
        usual: backups.place.isUsual,
        there: await backups.place.isThere(),
        keeping: keeping(),
        backups: (await backups.list()).map((manifest) => describeBackup(manifest, known)),
        ...(await backups.sizes()),
        canChoose: hasDesktop,
      };
    },

    async 'backups.make'({ person }) {
      works.begin('BACKUP', async (working) => {
        const manifest = await backups.make('ASKED', working);
        await audit({
          ...by(person),
          action: 'backups.make',
          subject: { kind: 'backup', label: manifest.id },
        });
        return backupWords(manifest);
      });
    },

    async 'backups.restore'({ input: { id }, person }) {
      const manifest = await backups.get(id);
      works.requireNone();
      // Better now than when everything is restored and nobody may switch.
      if (recordings.isRecording()) {
        throw new OperationFailure('CONFLICT', 'An answer is being recorded. Stop it first, then try again.');
      }
      works.begin('RESTORE', async (working) => {
        const restoring = {
          ...{ database, backups, recordings, place, settings, isFree: isFree(), template, log },
          async switched() {
            await audit({
              ...by(person),
              action: 'backups.restore',
              subject: { kind: 'backup', label: id },
            });
            await accounts.recheck();
          },
        };
        return restoreBackup(restoring, manifest, working);
      });
    },

    async 'backups.remove'({ input: { id }, person }) {
      // A backup that began meanwhile would keep recordings that no list has yet, and they would go with this one's.
      await works.alone(() => backups.remove(id));
      await audit({ ...by(person), action: 'backups.remove', subject: { kind: 'backup', label: id } });
    },

    async 'backups.configure'({ input, person }) {
      const before = keeping();
      await writeKeeping(paths.settings, input);
      await audit({ ...by(person), action: 'backups.configure', from: before, to: input });
    },

    async 'backups.chooseFolder'({ person }) {
      const { chooseFolder } = requireDesktop();
      works.requireNone();
      const chosen = await chooseFolder('backups');
      if (chosen === null) return { chosen: false };
      const from = backups.folder;
      const forbidden = { dataFolder: paths.folder, recordings: place.folder };
      await works.alone(() => backups.place.choose(chosen, forbidden));
      await audit({ ...by(person), action: 'backups.chooseFolder', from, to: backups.folder });
      return { chosen: true };
    },

    async 'backups.useUsualFolder'({ person }) {
      const from = backups.folder;
      await works.alone(() => backups.place.chooseUsual());
      await audit({ ...by(person), action: 'backups.useUsualFolder', from, to: backups.folder });
    },

    async 'backups.openFolder'() {
      const desktop = requireDesktop();
      await backups.place.require();
      await makeFolder(backups.folder);
      await desktop.openFolder(backups.folder);
    },
  };
}

const by = ({ id }: SignedInPerson) => ({ personId: id });
