import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { expectAccessible } from './accessible.ts';
import { hosts, type RunningApp } from './hosts.ts';
import { answerAloud, createFirstPerson, recorder, someone } from './practice-journey.ts';

const speech = fileURLToPath(new URL('../fixtures/speech.wav', import.meta.url));
const candidate = { name: 'Grace Candidate', email: 'grace@example.com', password: 'a sound passphrase' };

/** An interview that is assigned and answered alone; each test goes on where the one before it ended. */
describe.each(hosts)('a one-way interview in $name', (host) => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'parley-one-way-'));
  let app: RunningApp;
  let page: Page;
  let broken = '';

  const open = async () => {
    app = await host.launch({ dataFolder, speech });
    page = app.page;
  };
  const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name });
  const button = (name: string | RegExp) => page.getByRole('button', { name });

  beforeAll(open);
  beforeEach(() => {
    if (broken) throw new Error(`Not reached: “${broken}” failed.`);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail' || broken) return;
    broken = task.name;
    await page.screenshot({ path: `test-results/one-way-${host.name}.png` }).catch(() => undefined);
  });
  afterAll(async () => {
    await app.kill();
    rmSync(dataFolder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });

  test('an interviewer assigns it to somebody whom they invite', async () => {
    await createFirstPerson(page);
    await page.getByRole('link', { name: /^People/ }).click();
    await button('Invite a person').click();
    await page.getByRole('dialog').getByLabel('Name').fill(candidate.name);
    await page.getByRole('dialog').getByLabel('Email').fill(candidate.email);
    await page.getByRole('dialog').getByLabel('Role').selectOption('CANDIDATE');
    await page.getByRole('dialog').getByRole('button', { name: 'Invite' }).click();
    const code = (await page.getByLabel('One-time code', { exact: true }).textContent()) ?? '';
    await button('Done').click();

    await page.getByRole('link', { name: /^Interviews/ }).click();
    // An empty desk offers it twice.
    await page
      .getByRole('link', { name: /^New interview/ })
      .first()
      .click();
    await page.getByText('One-way', { exact: true }).click();
    await page.getByRole('combobox', { name: 'Candidate' }).fill('Grace');
    await page.getByRole('option', { name: candidate.name }).click();
    await page.getByRole('combobox', { name: 'Interview kit' }).click();
    await page.getByRole('option', { name: /First screening/ }).click();
    await button('Assign the interview').click();
    await heading(/First screening/)
      .or(heading(/^Candidate/))
      .or(heading(candidate.name))
      .first()
      .waitFor();

    await button(new RegExp(someone.name)).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await button('I have a code').click();
    await page.getByLabel('Email').fill(candidate.email);
    await page.getByLabel('One-time code', { exact: true }).fill(code);
    await page.getByLabel('New password', { exact: true }).fill(candidate.password);
    await page.getByLabel('Stay signed in on this machine').check();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Assigned to you' }).waitFor();
  });

  test('the candidate finds it at home, and is told what it is', async () => {
    await expectAccessible(page, 'home with an interview that waits');
    await page
      .getByRole('navigation', { name: 'Main' })
      .getByRole('link', { name: /^Assigned/ })
      .click();
    await heading('Assigned to you').waitFor();
    await expectAccessible(page, 'what is assigned');
    await page.getByRole('link', { name: /^Open First screening/ }).click();
    await page.getByRole('heading', { name: 'May your answers be recorded?' }).waitFor();
    await page.getByText('5 questions', { exact: true }).waitFor();
    await expectAccessible(page, 'the welcome');
  });

  test('after the microphone comes a practice question, heard and thrown away', async () => {
    await button(/^I agree/).click();
    await heading('First, your microphone').waitFor();
    await button(/^Begin/).click();
    await heading(/^What did you learn recently/).waitFor();
    await button(/^Record a practice answer/).click();
    await page.getByRole('progressbar', { name: 'Practice answer' }).waitFor();
    await button(/^Stop/).click();
    await button('Play Practice answer').waitFor();
    await button(/^Practise again/).waitFor();
    await expectAccessible(page, 'the practice question');
    expect(recordings(dataFolder)).toEqual([]);
    await button(/^To the first question/).click();
    await recorder(page).waitFor();
    await page.getByText('Question 1 of 5').waitFor();
  });

  test('an answer is recorded within its takes, heard, and kept', async () => {
    await answerAloud(page, 3);
    await button(/^Stop/).click();
    await button(/^Keep and go on/).waitFor();
    await expectAccessible(page, 'an answer');
    // Nothing of how it is judged.
    expect(await page.getByText('What a good answer covers').count()).toBe(0);
    await button(/^Record again/).click();
    await answerAloud(page, 2);
    await button(/^Stop/).click();
    await page.getByText(/^No takes left/).waitFor();
    expect(await button(/^Record again/).count()).toBe(0);
    await page.getByRole('radio', { name: /^Take 1/ }).click();
    await button('Play Take 1').waitFor();
    await page.getByLabel(/^Something to add in writing/).fill('The word was “idempotent”.');
    await button(/^Keep and go on/).click();
    await page.getByText('Question 2 of 5').waitFor();
  });

  test('killed while recording, it goes on at the same question with what was said', async () => {
    await answerAloud(page, 4);
    await app.kill();
    await open();
    await page.getByRole('link', { name: /^Go on with First screening/ }).click();
    await heading(/^Welcome back/).waitFor();
    await button(/^Go on/).click();
    await page.getByText('Question 2 of 5').waitFor();
    const offer = page.getByText(/^Take 1 was broken off and has been recovered/);
    await offer.waitFor();
    const [, seconds = '0'] = /\(0:(\d+)\)/.exec((await offer.textContent()) ?? '') ?? [];
    expect(Number(seconds)).toBeGreaterThanOrEqual(4);
    await expectAccessible(page, 'a recovered take');
    await button('Keep it').click();
    await offer.waitFor({ state: 'detached' });
    await button(/^Keep and go on/).click();
    await page.getByText('Question 3 of 5').waitFor();
  });

  test('an answer that was gone past can be looked at, and stays as it is', async () => {
    for (const question of [3, 4]) {
      await page.getByText(`Question ${question} of 5`).waitFor();
      await recorder(page).getByRole('button', { name: /^Skip/ }).click();
      await button('Skip it').click();
    }
    await page.getByText('Question 5 of 5').waitFor();
    await answerAloud(page, 2);
    await button(/^Stop/).click();
    await button(/^Keep and look it over/).click();
    await heading('That was the last question').waitFor();
    await page.getByText('You answered 3 of 5 questions').waitFor();
    await expectAccessible(page, 'looking it over');
    await button('Look at it, answer 1').click();
    await page.getByText('The word was “idempotent”.').waitFor();
    await button('Play Take 1').waitFor();
    expect(await button(/^Record again/).count()).toBe(0);
    await button(/^Back( Enter)?$/).click();
  });

  test('it is submitted after a confirmation, and cannot be changed any more', async () => {
    await button(/^Submit/).click();
    const dialog = page.getByRole('dialog', { name: 'Submit this interview?' });
    await dialog.waitFor();
    await expectAccessible(page, 'the confirmation');
    await dialog.getByRole('button', { name: 'Submit' }).click();
    await heading('Submitted').waitFor();
    await expectAccessible(page, 'what was submitted');
    await button('Play Take 1').waitFor();
    for (const change of [/^Record again/, /^Keep/, /^Submit/, /^Skip( S)?$/]) {
      // The dialog takes a moment to go.
      await expect.poll(() => button(change).count(), { timeout: 10_000 }).toBe(0);
    }
    expect(await page.getByRole('radio').count()).toBe(0);
    const id = /assigned\/([\w-]+)/.exec(page.url())?.[1] ?? '';
    await page.reload();
    await heading('Submitted').waitFor();
    // Nor is there another way in.
    for (const place of [`/practice/${id}`, `/interviews/${id}`]) {
      await page.evaluate((to) => {
        window.location.hash = to;
      }, place);
      await page.getByRole('heading', { name: 'This interview is not here' }).waitFor();
    }
    await expect.poll(() => recordings(dataFolder).length).toBe(4);
  });
});

function recordings(dataFolder: string): string[] {
  return globSync('recordings/*/*.webm', { cwd: dataFolder });
}
