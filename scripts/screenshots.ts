/** Pictures of every page of the console, in both themes, into docs/screenshots: `node scripts/screenshots.ts`. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { openBrowser } from '../test/console/browser.ts';
import { startOwned, type Owned } from '../test/control-plane/owner.ts';
import { buildConsole } from './console.ts';

const directory = resolve(import.meta.dirname, '../docs/screenshots');
const executable = process.env['BARTIZAN_TEST_CHROMIUM'] ?? '/usr/bin/chromium';
const SETTLED_MS = 1_500;

mkdirSync(directory, { recursive: true });
buildConsole();
const house = await startOwned();
const { client, gateway } = house;
await client.call('loadDemo');
const { items } = await client.call('listInteractions', {
  query: { demo: 'true', outcome: 'refused', limit: 1 },
});
const pages: readonly (readonly [name: string, path: string])[] = [
  ['overview', 'overview'],
  ['activity', 'activity'],
  ['interaction', `activity/${items[0]?.id ?? ''}`],
  ['guardrails', 'guardrails'],
  ['guardrail', 'guardrails/personal-data'],
  ['access', 'access'],
  ['models', 'models'],
  ['limits', 'limits'],
  ['privacy', 'privacy'],
  ['audit', 'audit'],
  ['workbench', 'workbench'],
  ['settings', 'settings'],
];
const browser = await openBrowser(executable);
for (const colorScheme of ['light', 'dark'] as const) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    colorScheme,
    reducedMotion: 'reduce',
    locale: 'en-US',
    timezoneId: 'UTC',
  });
  await signIn(context, house);
  for (const [name, path] of pages) {
    const page = await context.newPage();
    await page.goto(`${gateway.url}/console/${path}`);
    await page.waitForTimeout(SETTLED_MS);
    if (name === 'workbench') await talk(page);
    await page.screenshot({ path: join(directory, `${name}-${colorScheme}.png`) });
    await page.close();
    console.log(`${name}-${colorScheme}.png`);
  }
  await context.close();
}
await browser.close();
await gateway.stop();

async function signIn(context: BrowserContext, { browser: { cookies } }: Owned): Promise<void> {
  await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url: gateway.url })));
}

/** Something to see: what was sent, and what the model saw in its place. */
async function talk(page: Awaited<ReturnType<BrowserContext['newPage']>>): Promise<void> {
  await page.getByRole('button', { name: 'Begin' }).click();
  const message = page.getByRole('textbox').last();
  await message.fill('Write to joe@example.com that the parts arrive on Monday.');
  await message.press('Enter');
  await page.waitForTimeout(SETTLED_MS);
}
