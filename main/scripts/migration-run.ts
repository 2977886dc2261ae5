import 'reflect-metadata';
import { runCommand } from '../database/command.ts';
import { applyPending } from '../database/migrator.ts';

await runCommand('migration:run', async ({ dataSource, say }) => {
  const applied = await applyPending(
    dataSource,
    (holder) => say(`Waiting for ${holder}, who is changing the schema …`),
    { onApplied: (name) => say(`Applied ${name}.`) },
  );
  if (applied.length === 0) say('Nothing to apply: the schema is up to date.');
});
