import type { Page } from 'playwright';
import { expect } from 'vitest';

/** What a person does in Parley, step by step, by what they see. */

export const someone = {
  name: 'Ada Example',
  email: 'ada@example.com',
  password: 'correct horse battery',
};

export async function createFirstPerson(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Welcome to Parley' }).waitFor();
  await page.getByLabel('Name').fill(someone.name);
  await page.getByLabel('Email').fill(someone.email);
  await page.getByLabel('Password', { exact: true }).fill(someone.password);
  await page.getByLabel('Stay signed in on this machine').check();
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
}

/** Opens the form of a new practice interview and chooses how many questions, by keyboard. */
export async function setUpPractice(page: Page, questions: number): Promise<void> {
  await page.getByRole('link', { name: /^Practice/ }).click();
  await page.getByRole('heading', { name: 'New practice interview' }).waitFor();
  const slider = page.getByRole('slider', { name: 'Number of questions' });
  await slider.focus();
  await page.keyboard.press('Home');
  for (let count = 1; count < questions; count += 1) await page.keyboard.press('ArrowRight');
  await page.getByLabel('Time to think').selectOption({ index: 1 });
}

/** From the form to the first question, through the device check. */
export async function beginPractice(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'New practice interview' }).click();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'First, your microphone' }).waitFor();
  await page.getByRole('button', { name: /^Begin/ }).click();
  await recorder(page).waitFor();
}

export function recorder(page: Page) {
  return page.getByRole('region', { name: 'Recorder' });
}

/** Records until main has acknowledged so many seconds on disk. */
export async function answerAloud(page: Page, safeSeconds: number): Promise<void> {
  await page.getByRole('button', { name: /^Start answering now/ }).click();
  await safeOnDisk(page, safeSeconds);
}

export async function safeOnDisk(page: Page, seconds: number): Promise<void> {
  await expect
    .poll(async () => safeSecondsOf((await recorder(page).textContent()) ?? ''), { timeout: 60_000 })
    .toBeGreaterThanOrEqual(seconds);
}

function safeSecondsOf(text: string): number {
  const [, minutes = '0', seconds = '0'] = /Safe on disk up to (\d+):(\d+)/.exec(text) ?? [];
  return Number(minutes) * 60 + Number(seconds);
}

export async function stopAnswering(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Stop/ }).click();
  await page.getByRole('button', { name: /^Keep and/ }).waitFor();
}
