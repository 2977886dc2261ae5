import type { DataSource, EntityManager } from 'typeorm';
import type { Library } from '../library/library.ts';
import type { HandlersOf } from '../operations/handlers.ts';
import { createKit, duplicateKit, revertKit, setKitArchived, updateKit } from './change-kits.ts';
import { createConsentTexts } from './consent-texts.ts';
import { previewKit } from './preview-kit.ts';
import { listKits, listVersions, readKit } from './read-kits.ts';

export interface Kits {
  readonly handlers: HandlersOf<'kits' | 'consentTexts'>;
}

/** Interview kits: named templates for interviews, in versions. They belong to the whole team. */
export function createKits({
  database,
  library,
}: {
  database: { readonly dataSource: DataSource };
  library: Pick<Library, 'draw'>;
}): Kits {
  // Asked for anew each time: the database opens after this, and may be opened again.
  const inTransaction = <T>(run: (manager: EntityManager) => Promise<T>) =>
    database.dataSource.transaction(run);
  return {
    handlers: {
      ...createConsentTexts({ database }).handlers,
      'kits.list': ({ input }) => listKits(database.dataSource.manager, input),
      'kits.get': ({ input }) => readKit(database.dataSource.manager, input.id, input.version),
      'kits.create': ({ input, person }) => inTransaction((manager) => createKit(manager, person, input)),
      'kits.update': ({ input, person }) => inTransaction((manager) => updateKit(manager, person, input)),
      'kits.duplicate': ({ input, person }) =>
        inTransaction((manager) => duplicateKit(manager, person, input.id)),
      'kits.archive': ({ input }) => inTransaction((manager) => setKitArchived(manager, input.id, true)),
      'kits.restore': ({ input }) => inTransaction((manager) => setKitArchived(manager, input.id, false)),
      'kits.versions': ({ input }) => listVersions(database.dataSource.manager, input),
      'kits.revert': ({ input, person }) => inTransaction((manager) => revertKit(manager, person, input)),
      'kits.preview': ({ input }) => previewKit(database.dataSource.manager, library, input.definition),
    },
  };
}
