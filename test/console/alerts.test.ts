/** Alerts in the console: made by a form, tried, and removed, in a real browser at a gateway that runs. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildConsole } from '../../scripts/console.ts';
import { chromiumCommand, describeWithChromium } from '../chromium.ts';
import { OWNER, OWNER_PASSWORD, startOwned, type Owned } from '../control-plane/owner.ts';
import { barriersOf, openBrowser, openWatched, overflowOf, type Watched } from './browser.ts';

describeWithChromium('alerts', () => {
  let browser: Browser;
  let house: Owned;
  let receiver: Server;
  let watched: Watched;
  let page: Page;
  let base: string;
  const taken: string[] = [];

  beforeAll(async () => {
    buildConsole();
    receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
      request.on('end', () => {
        taken.push(body);
        response.end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    house = await startOwned();
    base = `${house.gateway.url}/console`;
    const path = execFileSync('sh', ['-c', `command -v "${chromiumCommand}"`], { encoding: 'utf8' }).trim();
    browser = await openBrowser(path);
    watched = await openWatched(browser, { viewport: { width: 1_280, height: 900 } });
    page = watched.page;
    page.setDefaultTimeout(15_000);
    await page.goto(`${base}/sign-in`);
    await page.getByRole('textbox', { name: 'E-mail address or login name' }).fill(OWNER);
    await page.getByRole('textbox', { name: 'Password' }).fill(OWNER_PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await house?.gateway.stop();
    receiver?.close();
  });

  async function look(name: string): Promise<void> {
    const folder = process.env['BARTIZAN_TEST_SCREENSHOTS'];
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.waitForTimeout(300);
      expect(await barriersOf(page, true), `${name}, ${colorScheme}`).toEqual([]);
      for (const width of [1_280, 390]) {
        await page.setViewportSize({ width, height: 900 });
        await page.waitForTimeout(100);
        expect(await overflowOf(page), `${name}, ${width} px`).toBe(0);
        if (folder === undefined) continue;
        mkdirSync(folder, { recursive: true });
        await page.screenshot({ path: `${folder}/${name}-${colorScheme}-${width}.png` });
      }
      await page.setViewportSize({ width: 1_280, height: 900 });
    }
    await page.emulateMedia({ colorScheme: 'light' });
  }

  test('one is made by its form, tried, and removed by its name', async () => {
    await page.goto(`${base}/settings/alerts`);
    await page.getByText('Nobody is told yet').waitFor();
    await look('alerts-empty');
    await page.getByRole('button', { name: 'New alert' }).click();
    const form = page.getByRole('dialog', { name: 'New alert' });
    await form.getByRole('textbox', { name: /^Name/ }).fill('many');
    await form
      .getByRole('textbox', { name: /^Url/ })
      .fill(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`);
    await form.getByRole('checkbox', { name: /^Allow private network/ }).click();
    await look('alerts-form');
    await form.getByRole('button', { name: 'Create' }).click();
    await form.waitFor({ state: 'detached' });
    const alerts = page.getByRole('table', { name: 'Alerts' });
    await alerts.getByText('Many refusals').waitFor();
    await page.waitForTimeout(500);
    await alerts.getByRole('button', { name: 'Test' }).click();
    await page.getByRole('table', { name: 'Last messages' }).getByText('Delivered').waitFor();
    expect(JSON.parse(taken[0] ?? '')).toMatchObject({ alert: 'many', test: true });
    await look('alerts-sent');
    await alerts.getByRole('button', { name: 'Remove' }).click();
    const question = page.getByRole('dialog');
    await question.getByRole('textbox').fill('many');
    await question.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('Nobody is told yet').waitFor();
    expect(watched.complaints).toEqual([]);
  }, 120_000);
});
