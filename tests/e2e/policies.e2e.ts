import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createDataSource } from '../../main/database/data-source.ts';
import { openEmbeddedEngine } from '../../main/database/embedded/embedded-engine.ts';
import { expectAccessible } from './accessible.ts';
import { hosts, type RunningApp } from './hosts.ts';
import {
  answerAloud,
  beginPractice,
  createFirstPerson,
  setUpPractice,
  stopAnswering,
} from './practice-journey.ts';

const speech = fileURLToPath(new URL('../fixtures/speech.wav', import.meta.url));

/** An admin says how long recordings are kept, and the recording of an old interview goes. */
describe.each(hosts)('policies in $name', (host) => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'parley-policies-'));
  let app: RunningApp;
  let page: Page;
  let broken = '';

  const open = async () => {
    app = await host.launch({ dataFolder, speech });
    page = app.page;
  };

  beforeAll(open);
  beforeEach(() => {
    if (broken) throw new Error(`Not reached: “${broken}” failed.`);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail' || broken) return;
    broken = task.name;
    await page.screenshot({ path: `test-results/policies-${host.name}.png` }).catch(() => undefined);
  });
  afterAll(async () => {
    await app.kill();
    rmSync(dataFolder, { recursive: true, force: true });
  });

  const sounds = () =>
    readdirSync(join(dataFolder, 'recordings'), { recursive: true })
      .map(String)
      .filter((name) => name.includes('.webm'));

  async function openPolicies(): Promise<void> {
    await page
      .getByRole('navigation', { name: 'Main' })
      .getByRole('link', { name: /^Settings/ })
      .click();
    await page.getByRole('link', { name: 'Policies' }).click();
    await page.getByRole('heading', { name: 'How long things are kept' }).waitFor();
  }

  async function openInterview(): Promise<void> {
    await page
      .getByRole('navigation', { name: 'Main' })
      .getByRole('link', { name: /^History/ })
      .click();
    await page.getByRole('link', { name: /Completed/ }).click();
  }

  async function applyNow(): Promise<void> {
    await page.getByRole('button', { name: 'Apply the rules now…' }).click();
    await page.getByRole('button', { name: 'Apply them' }).click();
  }

  test('an interview is held, and forty days go by', async () => {
    await createFirstPerson(page);
    await setUpPractice(page, 1);
    await beginPractice(page);
    await answerAloud(page, 2);
    await stopAnswering(page);
    await page.getByRole('button', { name: /^Keep and/ }).click();
    await page.getByRole('button', { name: /^Finish the interview/ }).click();
    await page.getByRole('heading', { name: 'Well done, that is finished' }).waitFor();
    await expect.poll(sounds).toHaveLength(1);
    await app.close();
    const engine = await openEmbeddedEngine({ folder: join(dataFolder, 'database'), log: () => undefined });
    const dataSource = await createDataSource({ kind: 'embedded', engine }).initialize();
    await dataSource.query(
      `UPDATE interviews SET started_at = started_at - interval '40 days', ended_at = ended_at - interval '40 days'`,
    );
    await dataSource.destroy();
    await engine.close();
    await open();
  });

  test('a rule is looked at before it is saved, and announces what it takes', async () => {
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
    await openPolicies();
    await page.getByText('There is no rule: nothing goes by itself.').waitFor();
    await expectAccessible(page, 'the policies');
    await page.getByRole('button', { name: 'Add a rule…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a rule' });
    await dialog.getByText('Nothing').first().waitFor();
    await dialog.getByLabel('Practice', { exact: true }).check();
    await dialog.getByLabel('Days after the end').fill('30');
    await dialog
      .getByText(/^1 interview, 1 recording/)
      .first()
      .waitFor();
    await dialog.getByRole('button', { name: 'Show these interviews' }).click();
    await dialog.getByRole('row', { name: /Ada Example/ }).waitFor();
    await expectAccessible(page, 'a rule and what it would take');
    await page.keyboard.press('Escape');
    // Nothing is saved by looking.
    await page.getByText('There is no rule: nothing goes by itself.').waitFor();
    await page.getByRole('button', { name: 'Add a rule…' }).click();
    await dialog.getByLabel('Practice', { exact: true }).check();
    await dialog.getByLabel('Days after the end').fill('30');
    await dialog
      .getByText(/^1 interview, 1 recording/)
      .first()
      .waitFor();
    await dialog.getByRole('button', { name: 'Save the rule' }).click();
    await page.getByText(/^Recordings of all interviews \(completed and ended early\), 30 days/).waitFor();
    await page.getByRole('row', { name: /Ada Example/ }).waitFor();
    await expectAccessible(page, 'what is announced');
    await openInterview();
    await page.getByText(/^Recordings go on .*, by the rules/).waitFor();
  });

  test('an admin keeps it, and lets it go', async () => {
    await page.getByRole('button', { name: 'Keep this' }).click();
    await page.getByText(/^An admin keeps this interview/).waitFor();
    await expectAccessible(page, 'an interview that is kept');
    await openPolicies();
    await page.getByText('Nothing is announced.').waitFor();
    await page.getByText('Kept by hand').click();
    await page.getByRole('button', { name: /^Do not keep the interview of Ada Example/ }).click();
    await page.getByText('No interview is kept by hand.').waitFor();
  });

  test('with no grace the recording goes at the next run; page and audit log say so', async () => {
    await page.getByRole('button', { name: /^Remove the rule/ }).click();
    await page.getByRole('button', { name: 'Remove the rule', exact: true }).click();
    await page.getByRole('button', { name: 'Add a rule…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a rule' });
    await dialog.getByLabel('Practice', { exact: true }).check();
    await dialog.getByLabel('Days after the end').fill('30');
    await dialog.getByLabel('Days of grace').fill('0');
    await dialog.getByText(/goes for good the next time the rules are applied/).waitFor();
    await dialog.getByRole('button', { name: 'Save the rule' }).click();
    await page.getByText(/They go at once, without being announced/).waitFor();
    expect(sounds()).toHaveLength(1);
    await applyNow();
    await page
      .getByText(/^Last applied Today.*removed 1 recording/)
      .first()
      .waitFor();
    expect(sounds()).toEqual([]);
    await openInterview();
    await page.getByText(/^The recording was removed on .*, by the rules/).waitFor();
    await page.getByText('1 of 1 answered').waitFor();
    await expectAccessible(page, 'an answer whose recording went');
    await openPolicies();
    await page.getByRole('link', { name: 'Audit log' }).click();
    await page.getByText('applied the rules of').filter({ visible: true }).first().waitFor();
  });

  test('a rule for passwords is said where one is set, before anything is typed', async () => {
    await page.getByRole('link', { name: 'Policies' }).click();
    await page.getByLabel('At least so many characters').fill('14');
    await page.getByRole('button', { name: 'Save the rules for passwords' }).click();
    await page.getByText(/^Saved\. It holds for passwords/).waitFor();
    await page.getByRole('link', { name: 'Account', exact: true }).click();
    await page.getByText(/^At least 14 characters; no part of your name/).waitFor();
  });
});
