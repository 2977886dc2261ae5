import type { ServerConfig } from '../config/database.config.ts';
import { describeDatabase } from '../config/database.config.ts';
import type { Database } from '../database/database.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import type { Recordings } from '../recordings/recordings.ts';
import type { ServerSettings } from './server-settings.ts';

/**
 * Has the app use another database from now on: closes this one, opens that. When that does not open, the settings are
 * as they were, and this one is open again.
 *
 * @param next null for the embedded engine
 * @param between runs while neither is open
 * @throws OperationFailure, saying why, when it had to go back
 */
export async function switchDatabase(
  parts: { database: Database; recordings: Pick<Recordings, 'whileStill'>; settings: ServerSettings },
  next: ServerConfig | null,
  between: { go: () => Promise<void>; back: () => Promise<void> } = {
    go: async () => undefined,
    back: async () => undefined,
  },
): Promise<{ from: string; to: string }> {
  const { database, recordings, settings } = parts;
  const from = database.engine.place;
  await recordings.whileStill(async () => {
    const before = settings.before();
    let gone = false;
    const goBack = () =>
      database.reopen(async () => {
        await settings.putBack(before);
        if (gone) await between.back();
      });
    try {
      await database.reopen(async () => {
        await between.go();
        gone = true;
        if (next) await settings.take(next);
        else await settings.takeEmbedded();
      });
    } catch (error) {
      await goBack();
      throw error;
    }
    const { status } = database;
    if (status.state === 'ready' || status.state === 'pending') return;
    await goBack();
    throw new OperationFailure('CONFLICT', `${whyNot(status)} Parley has gone back to the database it used.`);
  });
  return { from, to: next ? describeDatabase(next) : database.engine.place };
}

function whyNot(status: Database['status']): string {
  if (status.state === 'failed') return status.message;
  if (status.state === 'newer') return 'That database was upgraded by a newer Parley.';
  return 'That database could not be opened.';
}
