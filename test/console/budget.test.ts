/** The console's first page arrives fast: its files are few and small, and it can soon be used. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildConsole } from '../../scripts/console.ts';
import { chromiumCommand, describeWithChromium } from '../chromium.ts';
import { openBrowser, openWatched } from './browser.ts';
import { startOwned, type Owned } from '../control-plane/owner.ts';

const directory = resolve(import.meta.dirname, '../../console/dist');
const assets = join(directory, 'assets');
const FIRST_PAGE_BYTES = 250 * 1024;
const USABLE_MS = 1_500;
const MAX_ATTEMPTS = 15;

beforeAll(() => buildConsole(), 180_000);

test('nothing of the page is inline', () => {
  const page = readFileSync(join(directory, 'index.html'), 'utf8');
  expect(page).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>/);
  expect(page).not.toMatch(/<style|\sstyle=|\son\w+=/);
});

test('the gallery is not shipped', () => {
  const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
  expect(
    scripts.filter((name) => readFileSync(join(assets, name), 'utf8').includes('gallery-table')),
  ).toEqual([]);
  expect(scripts.filter((name) => name.startsWith('gallery'))).toEqual([]);
});

test('every script and style has its compressed forms beside it', () => {
  const large = readdirSync(assets).filter(
    (name) => /\.(js|css)$/.test(name) && statSync(join(assets, name)).size >= 512,
  );
  expect(large.length).toBeGreaterThan(1);
  expect(
    large.filter(
      (name) => !existsSync(join(assets, `${name}.br`)) || !existsSync(join(assets, `${name}.gz`)),
    ),
  ).toEqual([]);
});

describeWithChromium('the first page', () => {
  let house: Owned;
  beforeAll(async () => {
    house = await startOwned();
  }, 60_000);
  afterAll(() => house?.gateway.stop());

  test('is within 250 KiB compressed, and can be used within 1.5 seconds', async () => {
    const path = execFileSync('sh', ['-c', `command -v "${chromiumCommand}"`], { encoding: 'utf8' }).trim();
    const browser = await openBrowser(path);
    const durations: number[] = [];
    let bytes = 0;
    // The best of several: what else the machine does is not the page's fault.
    for (let attempt = 0; attempt < MAX_ATTEMPTS && !durations.some((each) => each < USABLE_MS); attempt++) {
      const { page, complaints } = await openWatched(browser);
      const { url } = house.gateway;
      await page
        .context()
        .addCookies([...house.browser.cookies].map(([name, value]) => ({ name, value, url })));
      bytes = 0;
      page.on('response', (response) => {
        if (response.url().includes('/assets/')) bytes += Number(response.headers()['content-length'] ?? 0);
      });
      const startedAt = performance.now();
      await page.goto(`${url}/console/overview`, { waitUntil: 'commit' });
      await page.getByRole('heading', { level: 1 }).waitFor();
      durations.push(performance.now() - startedAt);
      // What comes after it can be used is of the page all the same.
      await page.waitForTimeout(2_000);
      expect(complaints).toEqual([]);
      await page.context().close();
    }
    await browser.close();
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThan(FIRST_PAGE_BYTES);
    expect(Math.min(...durations)).toBeLessThan(USABLE_MS);
  }, 120_000);
});
