/** The console in a real browser, behind the real door: what everybody meets on every page. */
import { execFileSync } from 'node:child_process';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chromiumCommand, describeWithChromium } from '../chromium.ts';
import { barriersOf, openBrowser, openWatched, overflowOf } from './browser.ts';
import { buildGallery, openConsole, removeBuild, type ConsoleHouse } from './console-house.ts';

const VIEWS = (['light', 'dark'] as const).flatMap((colorScheme) =>
  [1_280, 390].map((width) => ({ colorScheme, width })),
);
const BUILD_MS = 180_000;

describeWithChromium('the console', () => {
  let browser: Browser;
  let directory: string;
  let house: ConsoleHouse;
  beforeAll(async () => {
    directory = await buildGallery();
    house = await openConsole(directory);
    const path = execFileSync('sh', ['-c', `command -v "${chromiumCommand}"`], { encoding: 'utf8' }).trim();
    browser = await openBrowser(path);
  }, BUILD_MS);
  afterAll(async () => {
    await browser?.close();
    await house?.close();
    if (directory !== undefined) await removeBuild(directory);
  });

  test.each(VIEWS)(
    'every part of the kit is without barriers, complaints and requests elsewhere: $colorScheme, $width px',
    async ({ colorScheme, width }) => {
      const { page, complaints, asked } = await openWatched(browser, {
        colorScheme,
        viewport: { width, height: 900 },
      });
      await page.goto(`${house.url}/console/gallery`);
      await page.getByRole('heading', { level: 1, name: 'Gallery' }).waitFor();
      await page.locator('.uplot canvas').nth(1).waitFor();
      await page.getByRole('textbox', { name: 'Policy' }).waitFor();
      await page.getByRole('region', { name: 'What changes' }).waitFor();
      expect(await barriersOf(page)).toEqual([]);
      expect(await overflowOf(page)).toBe(0);
      expect(complaints).toEqual([]);
      expect(asked.filter((url) => !url.startsWith(`${house.url}/`))).toEqual([]);
      await page.context().close();
    },
    90_000,
  );

  test('what opens above the page is without barriers, and gives the focus back', async () => {
    const { page, complaints } = await openWatched(browser);
    await page.goto(`${house.url}/console/gallery`);
    for (const [button, role] of [
      ['Menu', 'menu'],
      ['Dialog', 'dialog'],
      ['Confirm', 'dialog'],
      ['Drawer', 'dialog'],
    ] as const) {
      const opener = page.getByRole('main').getByRole('button', { name: button, exact: true });
      await opener.focus();
      await page.keyboard.press('Enter');
      await page.getByRole(role).waitFor();
      await page.waitForTimeout(400);
      expect(await barriersOf(page, true), button).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole(role).waitFor({ state: 'detached' });
      expect(await opener.evaluate((element) => element.matches(':focus')), button).toBe(true);
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 90_000);

  test('what cannot be undone asks for its name', async () => {
    const { page } = await openWatched(browser);
    await page.goto(`${house.url}/console/gallery`);
    await page.getByRole('button', { name: 'Confirm', exact: true }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('button', { name: 'Remove it' }).isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill('billing-bot');
    await dialog.getByRole('button', { name: 'Remove it' }).click();
    await page.getByRole('heading', { name: 'Removed' }).waitFor();
    await page.context().close();
  }, 60_000);

  test('the keyboard gets past the navigation, and a new page has the focus and the title', async () => {
    const { page } = await openWatched(browser);
    await page.goto(`${house.url}/console/activity`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('main');
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Models' }).click();
    await expect.poll(() => page.title()).toBe('Models · Bartizan');
    expect(await page.evaluate<string>('document.activeElement.tagName')).toBe('H1');
    await page.context().close();
  }, 60_000);

  test.each([
    [
      'owner',
      [
        'Overview',
        'Activity',
        'Guardrails',
        'Access',
        'Models',
        'Limits and spend',
        'Privacy',
        'Audit',
        'Workbench',
        'Settings',
      ],
    ],
    [
      'auditor',
      [
        'Overview',
        'Activity',
        'Guardrails',
        'Access',
        'Models',
        'Limits and spend',
        'Privacy',
        'Audit',
        'Workbench',
        'Settings',
      ],
    ],
    ['member', ['Workbench']],
  ] as const)(
    'the navigation shows the %s what their roles reach',
    async (role, titles) => {
      house.signIn(role);
      const { page } = await openWatched(browser);
      await page.goto(`${house.url}/console`);
      const navigation = page.getByRole('navigation', { name: 'Main' });
      await navigation.waitFor();
      expect(await navigation.getByRole('link').allInnerTexts()).toEqual(titles);
      house.signIn('owner');
      await page.context().close();
    },
    60_000,
  );

  test('on a telephone the navigation is a drawer', async () => {
    const { page } = await openWatched(browser, { viewport: { width: 390, height: 800 } });
    await page.goto(`${house.url}/console/overview`);
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'Audit' }).click();
    await page.getByRole('heading', { level: 1, name: 'Audit' }).waitFor();
    expect(await overflowOf(page)).toBe(0);
    await page.context().close();
  }, 60_000);

  test('the chosen theme stays, and the page begins in it', async () => {
    const { page } = await openWatched(browser, { colorScheme: 'light' });
    await page.goto(`${house.url}/console/overview`);
    await page.getByRole('button', { name: /^Account: Ada Lovelace/ }).click();
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.evaluate<string>('getComputedStyle(document.documentElement).colorScheme')).toBe(
      'dark',
    );
    await page.context().close();
  }, 60_000);

  test('hostile text shows what hides in it and does nothing', async () => {
    const { page } = await openWatched(browser);
    await page.goto(`${house.url}/console/gallery`);
    await page.getByText('[right-to-left override U+202E]').first().waitFor();
    await page.getByText('<img src=x onerror=alert(1)>').first().waitFor();
    expect(await page.locator('main img').count()).toBe(0);
    await page.context().close();
  }, 60_000);

  test('a filter stands in the address', async () => {
    const { page } = await openWatched(browser);
    await page.goto(`${house.url}/console/gallery`);
    await page.getByRole('searchbox', { name: 'Search' }).fill('007');
    await page.waitForURL(/q=007$/);
    await page.goto(`${house.url}/console/gallery?q=1e3&outcome=refused`);
    expect(await page.getByRole('searchbox', { name: 'Search' }).inputValue()).toBe('1e3');
    expect(page.url()).toContain('q=1e3');
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await page.waitForURL(/gallery$/);
    await page.context().close();
  }, 60_000);

  test('rows are walked with the arrow keys, and a long list draws only what is seen', async () => {
    const { page } = await openWatched(browser);
    await page.goto(`${house.url}/console/gallery`);
    const table = page.getByRole('region', { name: 'Interactions', exact: true });
    await table.getByRole('link').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate<string>('document.activeElement.href')).toContain(
      '/console/activity/int_0002',
    );
    expect(await table.getByRole('row').count()).toBeLessThan(60);
    await table.getByRole('button', { name: 'Cost' }).click();
    expect(await table.getByRole('columnheader', { name: 'Cost' }).getAttribute('aria-sort')).not.toBeNull();
    await page.context().close();
  }, 60_000);

  test('whoever has not signed in is led to the sign-in, and back afterwards', async () => {
    house.signIn(undefined);
    const { page } = await openWatched(browser);
    await page.goto(`${house.url}/console/activity?q=x`);
    await page.waitForURL(/sign-in/);
    expect(new URL(page.url()).searchParams.get('next')).toBe('/console/activity?q=x');
    house.signIn('owner');
    await page.context().close();
  }, 60_000);
});
