/** A gateway with data in it, and a browser that signs in at its console and is looked at from all sides. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { buildConsole } from '../../scripts/console.ts';
import { chromiumCommand } from '../chromium.ts';
import { startWithData, type DataHouse } from '../control-plane/house-with-data.ts';
import { barriersOf, openBrowser, openWatched, overflowOf, type Watched } from './browser.ts';

export interface ProofHouse {
  readonly house: DataHouse;
  /** Scheme, host and port, as a browser trusts it. */
  readonly base: string;
  /** A browser of its own, signed in. */
  signIn(id: string, password: string): Promise<Watched>;
  close(): Promise<void>;
}

export async function openProofHouse(): Promise<ProofHouse> {
  buildConsole();
  const house = await startWithData();
  const base = `http://localhost:${new URL(house.gateway.url).port}`;
  const path = execFileSync('sh', ['-c', `command -v "${chromiumCommand}"`], { encoding: 'utf8' }).trim();
  const browser: Browser = await openBrowser(path);
  return {
    house,
    base,
    async signIn(id, password) {
      const watched = await openWatched(browser, { viewport: { width: 1_280, height: 900 } });
      const { page } = watched;
      page.setDefaultTimeout(15_000);
      await page.goto(`${base}/console/account`);
      await page.getByRole('textbox', { name: 'E-mail address or login name' }).fill(id);
      await page.getByRole('textbox', { name: 'Password' }).fill(password);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByRole('navigation', { name: 'Main' }).waitFor();
      return watched;
    },
    async close() {
      await browser.close();
      await house.gateway.stop();
    },
  };
}

/** No barrier in either theme, and no wider than a telephone. */
export async function look(page: Page, name: string): Promise<void> {
  const folder = process.env['BARTIZAN_TEST_SCREENSHOTS'];
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(250);
    expect(await barriersOf(page, true), `${name}, ${colorScheme}`).toEqual([]);
    for (const width of [1_280, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await page.waitForTimeout(100);
      expect(await overflowOf(page), `${name}, ${width} px`).toBe(0);
      if (folder !== undefined)
        await page.screenshot({ path: `${folder}/${name}-${colorScheme}-${width}.png`, fullPage: true });
    }
    await page.setViewportSize({ width: 1_280, height: 900 });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
