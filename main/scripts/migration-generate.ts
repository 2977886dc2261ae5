import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CommandFailure, runCommand } from '../database/command.ts';
import { writeMigration } from '../database/generate-migration.ts';

/** The checkout's; the same from the sources and from the bundle. */
const folder = fileURLToPath(new URL('../../migrations/', import.meta.url));

await runCommand('migration:generate', async ({ dataSource, say }) => {
  const { name, into } = options();
  const file = await writeMigration(dataSource, { name, folder: into ?? folder, now: Date.now() });
  say(
    file
      ? `Wrote ${file} and added it to index.ts. Read it before you run it.`
      : 'Nothing to write: the entities and the schema agree.',
  );
});

function options(): { name: string; into: string | undefined } {
  try {
    const { values } = parseArgs({
      options: { name: { type: 'string', short: 'n' }, into: { type: 'string' } },
    });
    if (values.name) return { name: values.name, into: values.into };
  } catch (error) {
    throw new CommandFailure(error instanceof Error ? error.message : String(error));
  }
  throw new CommandFailure('Say what it is called: npm run migration:generate -- -n AddNotes');
}
