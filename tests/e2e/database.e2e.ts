import { mkdtempSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canStartServer, startTemporaryServer, type TemporaryServer } from '../fixtures/postgres-server.ts';
import { expectAccessible } from './accessible.ts';
import { electronPath, launchElectron, type RunningElectron } from './launch.ts';
import { createFirstPerson, someone } from './practice-journey.ts';

/** How an admin takes a team to its server: from the settings, without editing a file. */
describe.runIf(electronPath && canStartServer())('the database, in Electron', () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'parley-database-'));
  const backupFolder = realpathSync(mkdtempSync(join(tmpdir(), 'parley-backups-')));
  let server: TemporaryServer;
  let app: RunningElectron;
  let page: Page;

  beforeAll(async () => {
    const started = await startTemporaryServer();
    if (!started) throw new Error('This machine has no PostgreSQL.');
    server = started;
    app = await launchElectron({ dataFolder, environment: { DATABASE_HOST: undefined } });
    page = app.page;
    await createFirstPerson(page);
  });
  afterAll(async () => {
    await page.screenshot({ path: 'test-results/database.png' }).catch(() => undefined);
    await app.close();
    await server.remove();
    for (const folder of [dataFolder, backupFolder]) rmSync(folder, { recursive: true, force: true });
  });

  const section = async (name: string) => {
    await page
      .getByRole('navigation', { name: 'Main' })
      .getByRole('link', { name: /^Settings/ })
      .click();
    await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name, exact: true }).click();
    await page.getByRole('heading', { name, exact: true, level: 2 }).waitFor();
  };
  const ask = async <T>(database: string, sql: string): Promise<T[]> => {
    const client = new Client({ ...server, database });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  };

  test('says what it is like, and what is wrong with a server before it is used', async () => {
    await section('Database');
    await page.getByText(/On this machine, PostgreSQL 18/).waitFor();
    await page.getByRole('button', { name: 'Connect to a server…' }).click();
    await page.getByLabel('Host').fill(server.host);
    await page.getByLabel('Port').fill(String(server.port));
    await page.getByRole('textbox', { name: 'Database' }).fill('team');
    await page.getByLabel('User').fill(server.user);
    await page.getByLabel('Password', { exact: true }).fill('not this one');
    await page.getByLabel('Encryption').selectOption('disable');
    const testIt = page.getByRole('button', { name: 'Test the connection' });
    await testIt.click();
    await page.getByText(`The server refused the password of ${server.user}.`).waitFor();
    await page.getByLabel('Password', { exact: true }).fill(server.password);
    await testIt.click();
    await page.getByText('has no database with the name team').waitFor();
    await ask('postgres', 'CREATE DATABASE team');
    await testIt.click();
    await page.getByText('The database is empty.').waitFor();
    await expectAccessible(page, 'choosing a server');
  });

  test('everything is copied to the server, which is used from then on', async () => {
    await page.getByRole('button', { name: 'Copy everything there…' }).click();
    const dialog = page.getByRole('dialog', { name: /Copy everything to/ });
    await dialog.getByText('stands still').waitFor();
    await expectAccessible(page, 'copying everything');
    await dialog.getByRole('button', { name: 'Copy and use it' }).click();
    await page.getByText(/rows, compared by their checksums/).waitFor({ timeout: 60_000 });
    await page.getByRole('definition').getByText(`${server.user}@${server.host}`).first().waitFor();
    await page.getByText(/^PostgreSQL server, PostgreSQL/).waitFor();
    expect(await ask('team', 'SELECT email FROM users')).toEqual([{ email: someone.email }]);
    expect(readFileSync(join(dataFolder, 'settings.json'), 'utf8')).not.toContain(server.password);
  });

  test('after a restart it is still that server, by the password in its place', async () => {
    const keychain = await app.app.evaluate(
      ({ safeStorage }) =>
        safeStorage.isEncryptionAvailable() &&
        (process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text'),
    );
    const file = join(dataFolder, 'database-password');
    const [kept] = JSON.parse(readFileSync(file, 'utf8'));
    expect(kept.sealed).toBe(keychain);
    if (keychain) expect(kept.password).not.toContain(server.password);
    else if (process.platform !== 'win32') expect(statSync(file).mode & 0o077).toBe(0);
    await app.close();
    app = await launchElectron({ dataFolder, environment: { DATABASE_HOST: undefined } });
    page = app.page;
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
    await section('Database');
    await page.getByText(/^PostgreSQL server, PostgreSQL/).waitFor();
    await page.getByRole('button', { name: 'Connect to another server…' }).click();
    await page
      .getByText(keychain ? /Kept in this system’s keychain/ : /Kept on this machine, in a file/)
      .waitFor();
  });

  test('a backup is made, and restored once to see that it can be', async () => {
    await section('Backups');
    await page.getByText('There is none yet.').waitFor();
    await page.getByRole('button', { name: 'Back up now' }).click();
    await page.getByText(/was restored once to see that it can be/).waitFor({ timeout: 60_000 });
    await page.getByText('Verified').waitFor();
    // Where the dialog would have led.
    await app.app.evaluate(({ dialog }, folder) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [folder] });
    }, backupFolder);
    await page.getByRole('button', { name: 'Choose another folder…' }).click();
    await page.getByRole('definition').getByText(backupFolder).waitFor();
    await page.getByText('There is none yet.').waitFor();
    await page.getByRole('button', { name: 'Use Parley’s own folder' }).click();
    await page.getByText('Verified').waitFor();
    await expectAccessible(page, 'backups');
  });

  test('the last migration is reverted, and the upgrade that then waits is rehearsed and applied', async () => {
    // From the menu, as it is found there.
    await app.app.evaluate(({ Menu }) => {
      const file = Menu.getApplicationMenu()?.items.find(({ label }) => label.includes('File'));
      file?.submenu?.items.find(({ label }) => label.startsWith('Database migrations'))?.click();
    });
    await page.getByText('None waits: the database is up to date.').waitFor();
    await page.locator('details').first().locator('summary').click();
    await page.getByRole('region', { name: 'To apply it' }).waitFor();
    await expectAccessible(page, 'migrations');
    await page.getByRole('button', { name: 'Revert the last…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Revert the last migration?' });
    await dialog.getByRole('button', { name: 'Back up and revert' }).waitFor();
    await expectAccessible(page, 'reverting a migration');
    const [before] = await ask<{ n: number }>('team', 'SELECT count(*)::int AS n FROM migrations');
    await dialog.getByRole('button', { name: 'Back up and revert' }).click();

    await page.getByRole('heading', { name: 'The database needs an upgrade' }).waitFor({ timeout: 60_000 });
    const [reverted] = await ask<{ n: number }>('team', 'SELECT count(*)::int AS n FROM migrations');
    expect(reverted?.n).toBe((before?.n ?? 0) - 1);
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await page.getByText('Nothing is in the way.').waitFor();
    await page.getByRole('button', { name: 'Rehearse' }).click();
    await page.getByText(/One migration ran through in/).waitFor({ timeout: 60_000 });
    await expectAccessible(page, 'an upgrade that waits');
    await page.getByRole('button', { name: 'Back up and upgrade' }).click();
    await page.getByRole('navigation', { name: 'Main' }).waitFor({ timeout: 60_000 });
    expect(await ask('team', 'SELECT count(*)::int AS n FROM migrations')).toEqual([before]);
  });
});
