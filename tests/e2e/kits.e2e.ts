import { afterEach, describe, expect, test } from 'vitest';
import { expectAccessible } from './accessible.ts';
import { hosts, type RunningApp } from './hosts.ts';
import { createFirstPerson } from './practice-journey.ts';

let app: RunningApp | undefined;
afterEach(() => app?.close());

describe.each(hosts)('kits in $name', (host) => {
  test('a kit is written by keyboard, saved, looked at as a candidate, and found', async () => {
    app = await host.launch({});
    const { page } = app;
    await createFirstPerson(page);

    // A kit that comes with Parley is there at once.
    await page.keyboard.press('g');
    await page.keyboard.press('k');
    await page.getByRole('heading', { name: 'Interview kits' }).waitFor();
    await page.getByRole('link', { name: /Backend engineer, 45 minutes/ }).waitFor();
    await expectAccessible(page, 'the kits');

    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /Find anything/ }).fill('new kit');
    await expectAccessible(page, 'the palette');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'New kit' }).waitFor();
    await page.getByRole('textbox', { name: 'Name' }).fill('Databases, twice');

    await page.getByRole('button', { name: 'Add questions' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add questions' });
    await dialog.getByRole('combobox').first().fill('transaction money');
    await dialog.getByRole('option', { name: /what a database transaction gives you/ }).click();
    await dialog.getByText('1 question in the kit').waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Add a rule to draw by' }).click();
    const rule = page.getByRole('group', { name: /^Rule 2/ });
    await rule.getByRole('combobox', { name: 'On' }).fill('Security');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await rule.getByRole('textbox', { name: 'Draw' }).fill('12');
    await page.getByText(/Item 2 draws 12 questions on Security, and the library has only 8/).waitFor();
    await rule.getByRole('textbox', { name: 'Draw' }).fill('2');
    await page.getByText(/the library has only 8/).waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'Take item 2 out' }).focus();
    await page.keyboard.press('Alt+ArrowUp');
    await page.getByRole('group', { name: /^Rule 1/ }).waitFor();
    await page.getByRole('button', { name: /Add what the questions are about/ }).click();
    await page.getByLabel('Consent text').selectOption('Recording');
    await expectAccessible(page, 'the editor');

    // What is written stays, though the page goes.
    await page.reload();
    await page.getByRole('group', { name: /^Rule 1/ }).waitFor();
    expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Databases, twice');
    await page.keyboard.press('Control+s');
    await page.getByRole('heading', { name: 'Databases, twice' }).waitFor();
    await page.getByText('Everything is saved.').waitFor();

    await page.getByRole('link', { name: 'Preview' }).click();
    await page.getByRole('heading', { name: 'Do you agree to be recorded?' }).waitFor();
    await expectAccessible(page, 'the preview');
    for (const question of [1, 2, 3]) {
      await page.keyboard.press('ArrowRight');
      await page.getByRole('heading', { name: `Question ${question} of 3` }).waitFor();
    }
    await page.getByText(/what a database transaction gives you/).waitFor();

    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /Find anything/ }).fill('twice');
    await page.getByRole('option', { name: 'Databases, twice' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Databases, twice' }).waitFor();
  });

  test('a consent text is changed as a new version, and the old one can be read', async () => {
    app = await host.launch({});
    const { page } = app;
    await createFirstPerson(page);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /Find anything/ }).fill('consent');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Consent texts' }).waitFor();
    await expectAccessible(page, 'the consent texts');
    await page.getByRole('link', { name: /^Recording/ }).click();
    await page
      .getByRole('textbox', { name: 'Text', exact: true })
      .fill('We record, and keep it for a month.');
    await page.getByRole('button', { name: 'Save as a new version' }).click();
    await page.getByText(/^Version 2/).waitFor();
    await page.getByLabel('Earlier versions').selectOption('1');
    await page
      .getByRole('region', { name: 'Version 1' })
      .getByText(/We would like to record/)
      .waitFor();
    await expectAccessible(page, 'a consent text');
  });
});
