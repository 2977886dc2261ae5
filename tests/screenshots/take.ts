import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { launchBrowser } from '../e2e/launch.ts';
import { beginPractice, createFirstPerson, recorder, setUpPractice } from '../e2e/practice-journey.ts';
import { makeTeam } from './team.ts';

const speech = fileURLToPath(new URL('../fixtures/speech.wav', import.meta.url));

/**
 * Takes the pictures of the guide, in the browser host, with a team that has some interviews behind it. `--dark` and
 * `--width` show the same screens otherwise, to look at; `--out` keeps the guide's as they are.
 */
export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      out: { type: 'string', default: fileURLToPath(new URL('../../docs/screenshots', import.meta.url)) },
      dark: { type: 'boolean', default: false },
      width: { type: 'string', default: '1280' },
    },
  });
  mkdirSync(values.out, { recursive: true });

  const app = await launchBrowser({ speech });
  const { page } = app;
  const width = Number(values.width);
  await page.setViewportSize({ width, height: 800 });
  await page.emulateMedia({ colorScheme: values.dark ? 'dark' : 'light', reducedMotion: 'reduce' });
  try {
    await createFirstPerson(page);
    const { heldId, plannedId, candidateId, kitId } = await makeTeam(page);
    const at = async (name: string, place: string, ready: string | RegExp) => {
      await page.goto(`${page.url().split('#')[0]}#${place}`);
      await page.getByText(ready).first().waitFor();
      await shoot(name);
    };

    await at('desk', '/desk', 'Cleo Marchetti');
    await at('interview', `/desk/${heldId}`, 'Completed');
    await at('listen', `/desk/${heldId}/review`, 'Listen');
    await at('scorecard', `/desk/${heldId}/scorecard`, 'Submitted and locked');
    await at('debrief', `/desk/${heldId}/debrief`, 'Ines Duarte');
    await at('grid', '/compare', 'Cleo Marchetti');
    await page
      .getByRole('link', { name: /compare/i })
      .first()
      .click()
      .catch(() => undefined);
    await shoot('compare');
    await at('candidates', '/candidates', 'Cleo Marchetti');
    await at('candidate', `/candidates/${candidateId}`, 'Cleo Marchetti');
    await at('library', '/library', 'Library');
    await at('kit', `/kits/${kitId}`, 'Questions');
    await at('people', '/people', 'Ines Duarte');
    for (const section of ['database', 'migrations', 'backups', 'policies', 'health', 'audit', 'account']) {
      await page.goto(`${page.url().split('#')[0]}#/settings/${section}`);
      await page.waitForLoadState('networkidle');
      await shoot(`settings-${section}`);
    }
    await at('home', '/', 'Ada');
    await page.keyboard.press('ControlOrMeta+K');
    await page.keyboard.type('cleo');
    await page.getByRole('option', { name: /Cleo/ }).first().waitFor();
    await shoot('find');
    await page.keyboard.press('Escape');

    await at('planned', `/desk/${plannedId}`, 'Sofia');
    await page
      .getByRole('button', { name: /Start now|^Start/ })
      .first()
      .click();
    await page.getByRole('button', { name: /^They agree/ }).click();
    await page.setViewportSize({ width: Math.max(width, 1440), height: 900 });
    await page.getByRole('button', { name: /^Ask the first question/ }).click();
    await page.getByText(/Safe on disk up to 0:0[3-9]/).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('Starts with what the customer sees.');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await page.keyboard.press('4');
    await shoot('live');
    await page.keyboard.press('e');
    await page.getByRole('button', { name: 'End it' }).click();
    await page.getByText('Completed').first().waitFor();
    await page.setViewportSize({ width, height: 800 });

    await setUpPractice(page, 1);
    await shoot('practice');
    await beginPractice(page);
    await page.getByRole('button', { name: /^Start answering now/ }).click();
    await recorder(page)
      .getByText(/Safe on disk up to 0:0[6-9]/)
      .waitFor();
    await shoot('recording');
    await page.getByRole('button', { name: /^Stop/ }).click();
    await page.getByRole('button', { name: /^Keep and/ }).waitFor();
    await page.getByTestId('waveform').locator('path').first().waitFor({ state: 'attached' });
    await shoot('review');
    await page.getByRole('button', { name: /^Keep and/ }).click();
    await at('history', '/interviews', 'practice');
  } catch (error) {
    await shoot('failed');
    throw error;
  } finally {
    await app.close();
  }

  async function shoot(name: string): Promise<void> {
    // Fonts and icons, and what comes a frame after its data.
    await page.waitForLoadState('networkidle');
    await page.evaluate(async () => {
      await document.fonts.ready;
      for (let frame = 0; frame < 10; frame += 1)
        await new Promise((resolve) => requestAnimationFrame(resolve));
    });
    await page.screenshot({ path: join(values.out, `${name}.png`), animations: 'disabled' });
  }
}
