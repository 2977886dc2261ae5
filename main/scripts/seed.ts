import 'reflect-metadata';
import { CommandFailure, runCommand } from '../database/command.ts';
import { schemaState } from '../database/migrator.ts';
import { seedTestUser, testUser } from '../database/seed-test-user.ts';

await runCommand('seed', async ({ dataSource, say }) => {
  const { pending, newer } = await schemaState(dataSource);
  if (newer.length > 0)
    throw new CommandFailure('The database was made by a newer Parley. Update Parley first.');
  if (pending.length > 0) {
    throw new CommandFailure('The schema is not up to date. Run `npm run migration:run` first.');
  }
  const { created, role, passwordChanged } = await seedTestUser(dataSource);
  say(created ? 'Created the test user.' : 'The test user is there already; nothing was changed.');
  say(`Email:    ${testUser.email}`);
  say(`Password: ${passwordChanged ? '(was changed by somebody)' : testUser.password}`);
  say(`Role:     ${role}`);
  say('Everybody can read this password in the source: use it on a database for development only.');
});
