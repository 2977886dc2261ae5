import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { expectAccessible } from './accessible.ts';
import { hosts, type RunningApp } from './hosts.ts';
import { createFirstPerson, someone } from './practice-journey.ts';

const speech = fileURLToPath(new URL('../fixtures/speech.wav', import.meta.url));
const second = { name: 'Ines Interviewer', email: 'ines@example.com', password: 'a horse of her own' };

/** Two questions of one's own; the third line is refused, and hinders neither. */
const questionsFile = [
  'content,difficulty,competency,covers,level_1,level_2,level_3,level_4,level_5',
  '"Why would you shard a table, and when not?",HARD,sharding,"Size; hot keys",None,Few,Some,Most,All',
  '"How do you choose a shard key?",MEDIUM,sharding,"Even load",None,Few,Some,Most,All',
  '"This one is neither",VERY HARD,sharding,,None,Few,Some,Most,All',
].join('\r\n');

/** A team's way: its own questions, a kit of them, one interview, two judgements, one debrief. */
describe.each(hosts)('from the library to the debrief in $name', (host) => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'parley-desk-'));
  let app: RunningApp;
  let page: Page;
  let broken = '';

  beforeAll(async () => {
    app = await host.launch({ dataFolder, speech });
    page = app.page;
  });
  beforeEach(() => {
    if (broken) throw new Error(`Not reached: “${broken}” failed.`);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail' || broken) return;
    broken = task.name;
    await page.screenshot({ path: `test-results/desk-${host.name}.png` }).catch(() => undefined);
  });
  afterAll(async () => {
    await app.kill();
    rmSync(dataFolder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });

  const go = (place: string) => page.goto(`${page.url().split('#')[0]}#${place}`);
  const heading = (name: string) => page.getByRole('heading', { name, exact: true }).waitFor();

  async function signOut(): Promise<void> {
    await page.getByRole('button', { name: /Account and appearance/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await heading('Sign in to Parley');
  }

  async function signIn({ email, password }: typeof second): Promise<void> {
    await page.getByLabel('Email', { exact: true }).fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.keyboard.press('Enter');
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
  }

  /** Rates everything with one level, recommends, and submits. */
  async function judge(level: number, recommendation: string, takeaways: string): Promise<void> {
    await go('/desk');
    await page.getByRole('link', { name: /^Cleo Candidate/ }).click();
    await page.getByRole('link', { name: 'Your scorecard' }).click();
    await heading('Competencies');
    for (const group of await page.getByRole('group', { name: /\?$|^sharding/ }).all()) {
      const radio = group.getByRole('radio', { name: new RegExp(`^Level ${level}`) });
      await radio.click({ force: true });
      await expect.poll(() => radio.isChecked()).toBe(true);
    }
    await page.getByLabel('Key take-aways').fill(takeaways);
    await page.getByRole('radio', { name: recommendation, exact: true }).click();
    await expectAccessible(page, 'a scorecard');
    await page.getByRole('button', { name: 'Submit the scorecard' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Submit', exact: true }).click();
    await page.getByText('Submitted and locked').waitFor();
  }

  test('questions are imported, and what is wrong with a line is said', async () => {
    await createFirstPerson(page);
    await go('/library/import');
    await page.getByLabel('File to import').setInputFiles({
      ...{ name: 'questions.csv', mimeType: 'text/csv', buffer: Buffer.from(questionsFile) },
    });
    await page.getByText('1 line left out.').waitFor();
    await expectAccessible(page, 'what an import would do');
    await page.getByRole('button', { name: 'Make 2 questions' }).click();
    await go('/library?search=shard');
    await page.getByText('How do you choose a shard key?').first().waitFor();
    await page.getByText('Why would you shard a table, and when not?').first().waitFor();
    await expectAccessible(page, 'the library');
  });

  test('a kit is made of them', async () => {
    await go('/kits/new');
    await page.getByRole('textbox', { name: 'Name' }).fill('Sharding');
    await page.getByRole('button', { name: 'Add questions' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add questions' });
    for (const [found, text] of [
      ['shard table', /Why would you shard/],
      ['shard key', /How do you choose/],
    ] as const) {
      await dialog.getByRole('combobox').first().fill(found);
      await dialog.getByRole('option', { name: text }).click();
    }
    await dialog.getByText('2 questions in the kit').waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: /Add what the questions are about/ }).click();
    await page.getByLabel('Consent text').selectOption('Recording');
    await page.keyboard.press('Control+s');
    await heading('Sharding');
    await page.getByText('Everything is saved.').waitFor();
  });

  test('an interview by it is held with two questions, notes and ratings', async () => {
    await go('/people');
    await heading('People');
    await page.keyboard.press('n');
    await page.getByLabel('Name', { exact: true }).fill(second.name);
    await page.getByLabel('Email', { exact: true }).fill(second.email);
    await page.keyboard.press('Enter');
    const code = await page.getByLabel('One-time code', { exact: true }).innerText();
    await page.getByRole('button', { name: 'Done' }).click();
    await signOut();
    await page.getByRole('button', { name: 'I have a code' }).click();
    await page.getByLabel('Email', { exact: true }).fill(second.email);
    await page.getByLabel('One-time code', { exact: true }).fill(code);
    await page.getByLabel('New password', { exact: true }).fill(second.password);
    await page.keyboard.press('Enter');
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
    await signOut();
    await signIn(someone);

    await go('/desk/new');
    await page.getByRole('button', { name: 'New candidate' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Cleo Candidate');
    await page.getByRole('dialog').getByLabel('Email').fill('cleo@example.com');
    await page.getByRole('dialog').getByRole('button', { name: 'Add' }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.getByRole('combobox', { name: 'Interview kit' }).click();
    await page.getByRole('option', { name: 'Sharding' }).click();
    await page.getByRole('combobox', { name: /Others on the panel/ }).click();
    await page.getByRole('option', { name: second.name }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Make the interview' }).click();
    await heading('Cleo Candidate');
    await page.getByRole('button', { name: 'Start now' }).click();
    await page.getByRole('button', { name: /^They agree/ }).click();
    await page.getByRole('button', { name: /^Ask the first question/ }).click();
    for (const words of ['Begins with the size.', 'Names even load.']) {
      await page.getByText(/Safe on disk up to 0:0[2-9]/).waitFor();
      await page.keyboard.press('/');
      await page.keyboard.type(words);
      await page.keyboard.press('Enter');
      await page.getByRole('listitem').filter({ hasText: words }).waitFor();
      await page.keyboard.press('Escape');
      await page.keyboard.press('4');
      await page.getByText('Score 75 of 100').waitFor();
      if (words.startsWith('Begins')) await page.keyboard.press('n');
      await page.getByRole('heading', { name: 'How do you choose a shard key?' }).waitFor();
    }
    await page.keyboard.press('e');
    await page.getByRole('dialog').getByText('Every question was asked.').waitFor();
    await page.getByRole('button', { name: 'End it' }).click();
    await page.getByText('Completed').first().waitFor();
  });

  test('its answers are listened to, from a note to its moment', async () => {
    await page.getByRole('link', { name: 'Listen', exact: true }).click();
    await heading('Listen');
    const note = page.getByRole('listitem').filter({ hasText: 'Begins with the size.' });
    await note.getByRole('button').click();
    const position = page.getByRole('slider', { name: /^Position in/ }).first();
    await expect
      .poll(async () => Number(await position.inputValue()), { timeout: 30_000 })
      .toBeGreaterThan(1);
    await expectAccessible(page, 'listening');
  });

  test('two judge alone, and neither sees the other before', async () => {
    await judge(4, 'Yes', 'Clear thinker.');
    await page.getByRole('link', { name: 'Debrief' }).click();
    await heading('Debrief');
    await page.getByText(`Not submitted yet: ${second.name}.`).waitFor();
    await signOut();

    await signIn(second);
    await go('/desk');
    await page.getByRole('link', { name: /^Cleo Candidate/ }).click();
    await page.getByRole('link', { name: 'Your scorecard' }).waitFor();
    expect(await page.getByRole('link', { name: 'Debrief' }).count()).toBe(0);
    await go(`${new URL(page.url()).hash.slice(1)}/debrief`);
    await page.getByText('First your own').waitFor();
    await expectAccessible(page, 'a debrief that is not open yet');
    expect(await page.getByText('Clear thinker.').count()).toBe(0);
    await judge(1, 'No', 'I was not convinced.');
  });

  test('the debrief lines them up and shows where they are apart', async () => {
    await page.getByRole('link', { name: 'Debrief' }).click();
    await page.getByText('Clear thinker.').waitFor();
    await page.getByText('I was not convinced.').waitFor();
    expect(await page.getByText('Apart', { exact: true }).count()).toBe(3);
    // Level 4 is 75, level 1 is 0.
    await page.getByText('score is 37.5 of 100', { exact: false }).waitFor();
    await expectAccessible(page, 'the debrief');
    await go('/compare');
    await heading('Candidates and questions');
    await page.getByRole('link', { name: 'Cleo Candidate', exact: true }).waitFor();
    await expectAccessible(page, 'the grid');
    await page.getByRole('link', { name: 'Cleo Candidate' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await heading('Compare answers');
    await page.getByRole('link', { name: 'Cleo Candidate' }).waitFor();
    await expectAccessible(page, 'answers side by side');
    await page.keyboard.press('b');
    await page.getByRole('heading', { name: /^Candidate [0-9A-F]{4}$/ }).waitFor();
    expect(await page.getByText('Cleo Candidate').count()).toBe(0);
  });
});
