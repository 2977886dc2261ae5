import 'reflect-metadata';
import { runCommand } from '../database/command.ts';
import { revertLast } from '../database/migrator.ts';

await runCommand('migration:revert', async ({ dataSource, say }) => {
  const reverted = await revertLast(dataSource, (holder) =>
    say(`Waiting for ${holder}, who is changing the schema …`),
  );
  say(reverted ? `Reverted ${reverted}.` : 'Nothing to revert: no migration has been applied.');
});
