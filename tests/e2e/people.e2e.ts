import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { expectAccessible } from './accessible.ts';
import { hosts, type RunningApp } from './hosts.ts';
import { createFirstPerson, someone } from './practice-journey.ts';

const interviewer = { name: 'Ines Interviewer', email: 'ines@example.com', password: 'a horse of her own' };
const candidate = { name: 'Cleo Candidate', email: 'cleo@example.com', password: 'a horse of his own' };

/** How people come to Parley, from an admin's invitation to what the audit log says of it. */
describe.each(hosts)('people and candidates in $name', (host) => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'parley-people-'));
  let app: RunningApp;
  let page: Page;
  let broken = '';

  beforeAll(async () => {
    app = await host.launch({ dataFolder });
    page = app.page;
  });
  beforeEach(() => {
    if (broken) throw new Error(`Not reached: “${broken}” failed.`);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail' || broken) return;
    broken = task.name;
    await page.screenshot({ path: `test-results/people-${host.name}.png` }).catch(() => undefined);
  });
  afterAll(async () => {
    await app.kill();
    rmSync(dataFolder, { recursive: true, force: true });
  });

  const go = (name: RegExp) =>
    page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click();
  const heading = (name: string) => page.getByRole('heading', { name, exact: true }).waitFor();

  async function readCode(): Promise<string> {
    const code = await page.getByLabel('One-time code', { exact: true }).innerText();
    expect(code).toMatch(/^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/);
    await page.getByRole('button', { name: 'Done' }).click();
    return code;
  }

  async function signOut(name: string): Promise<void> {
    await page.getByRole('button', { name: new RegExp(`${name}.*Account and appearance`) }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await heading('Sign in to Parley');
  }

  async function useCode(person: typeof interviewer, code: string): Promise<void> {
    await page.getByRole('button', { name: 'I have a code' }).click();
    await heading('Set your password');
    await page.getByLabel('Email', { exact: true }).fill(person.email);
    await page.getByLabel('One-time code', { exact: true }).fill(code.toLowerCase().replaceAll('-', ' '));
    await page.getByLabel('New password', { exact: true }).fill(person.password);
    await page.keyboard.press('Enter');
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
  }

  test('an admin invites an interviewer, who sets a password with the code', async () => {
    await createFirstPerson(page);
    await go(/^People/);
    await heading('People');
    await page.keyboard.press('n');
    await page.getByLabel('Name', { exact: true }).fill(interviewer.name);
    await page.getByLabel('Email', { exact: true }).fill(interviewer.email);
    await page.keyboard.press('Enter');
    await page.getByText(`A one-time code for ${interviewer.name}`).waitFor();
    await expectAccessible(page, 'a one-time code');
    const code = await readCode();
    await page
      .getByRole('row', { name: new RegExp(interviewer.name) })
      .getByText('Invited')
      .waitFor();
    await expectAccessible(page, 'people');
    await signOut(someone.name);
    await page.getByRole('button', { name: 'I have a code' }).click();
    await expectAccessible(page, 'using a code');
    await page.getByRole('button', { name: 'Back to signing in' }).click();
    await useCode(interviewer, code);
    expect(await page.getByRole('link', { name: /^People/ }).count()).toBe(0);
  });

  test('an interviewer adds a candidate with accommodations, and gives them a code', async () => {
    await go(/^Candidates/);
    await heading('Candidates');
    await page.getByText('No candidates yet').waitFor();
    await page.keyboard.press('n');
    await page.getByLabel('Name', { exact: true }).fill(candidate.name);
    await page.getByLabel('Email', { exact: true }).fill(candidate.email);
    await page.getByLabel('Headline').fill('Backend engineer');
    await page.keyboard.press('Enter');
    await heading(candidate.name);
    await page.getByLabel('Extra time').fill('50');
    await page.getByLabel('Extra takes').fill('1');
    await page.getByText('3:00 to answer become 4:30', { exact: false }).waitFor();
    await page.getByRole('combobox', { name: 'Tags' }).fill('Rust');
    await page.keyboard.press('Enter');
    // What is typed outlives the screen.
    await go(/^Candidates/);
    await page.getByRole('link', { name: new RegExp(candidate.name) }).click();
    await page.getByText('Not saved yet. Your draft is kept on this machine.').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Everything is saved.').waitFor();
    await expectAccessible(page, 'a candidate');
    await page.getByRole('button', { name: 'Give a one-time code' }).click();
    const code = await readCode();
    await page.getByText('They were given a one-time code', { exact: false }).waitFor();
    await go(/^Candidates/);
    await page.getByLabel('Tag', { exact: true }).selectOption('rust');
    await page.getByRole('link', { name: new RegExp(candidate.name) }).waitFor();
    await expectAccessible(page, 'candidates');
    await signOut(interviewer.name);
    await useCode(candidate, code);
    expect(await page.getByRole('link', { name: /^Candidates/ }).count()).toBe(0);
    await signOut(candidate.name);
  });

  test('an admin disables somebody, and the audit log says so', async () => {
    await page.getByLabel('Email', { exact: true }).fill(someone.email);
    await page.getByLabel('Password', { exact: true }).fill(someone.password);
    await page.keyboard.press('Enter');
    await go(/^People/);
    await page.getByRole('button', { name: `Actions for ${interviewer.name}` }).click();
    await page.getByRole('menuitem', { name: 'Disable' }).click();
    await page.getByRole('button', { name: 'Disable' }).click();
    await page
      .getByRole('row', { name: new RegExp(interviewer.name) })
      .getByText('Disabled')
      .waitFor();
    await page.goto(`${page.url().split('#')[0]}#/settings/audit`);
    await page.getByRole('row', { name: /Ada Example enabled or disabled Ines Interviewer/ }).waitFor();
    await page.getByRole('row', { name: /Ines Interviewer added the candidate Cleo Candidate/ }).waitFor();
    await expectAccessible(page, 'audit log');
    await signOut(someone.name);
    await page.getByLabel('Email', { exact: true }).fill(interviewer.email);
    await page.getByLabel('Password', { exact: true }).fill(interviewer.password);
    await page.keyboard.press('Enter');
    await page.getByText('Email or password is wrong').waitFor();
  });
});
