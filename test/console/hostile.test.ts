/** Every page, where whoever could write something wrote what tries to act: it is text, it shows what hides in it, and it does nothing. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithChromium } from '../chromium.ts';
import { overflowOf } from './browser.ts';
import { SCREENS } from './role-table.ts';
import { startRolesHouse, type RolesHouse } from './roles-house.ts';

const OVERRIDE = '\u202e';
const ESCAPE = '\u001b';
const HOSTILE = [
  '<img src=x onerror="document.title=\'pwned\'">',
  '<script>document.title="pwned"</script>',
  `${ESCAPE}[31mred${ESCAPE}[0m`,
  `${OVERRIDE}txt.exe`,
  '👩‍👩‍👧‍👦',
  'javascript:alert(1)',
  `a-long-word-${'x'.repeat(150)}`,
].join(' ');
const LONG_LINE = 'x'.repeat(1_000_000);
/** All of them have it somewhere, but those that show counts, names and proofs alone. */
const LEAST_WITH_IT = 25;

describeWithChromium('hostile words', () => {
  let world: RolesHouse;
  beforeAll(async () => {
    world = await startRolesHouse(HOSTILE);
    const { client, gateway } = world.visit.house;
    await client.call('placeHold', { body: { matter: HOSTILE, application: 'shop' }, reason: HOSTILE });
    await client.call('createToken', { body: { name: HOSTILE.slice(0, 100), expiresInDays: 1 } });
    const shop = await gateway.newKey('shop');
    await fetch(`${gateway.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${shop.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'small',
        messages: [{ role: 'user', content: `${HOSTILE}${LONG_LINE}` }],
      }),
    }).then((response) => response.text());
  }, 180_000);
  afterAll(() => world?.visit.end());

  test('do nothing on any page, and are seen for what they are', async () => {
    const { visit, interactions } = world;
    const { page, base } = visit;
    let dialogs = 0;
    page.on('dialog', (dialog) => {
      dialogs += 1;
      void dialog.dismiss();
    });
    const wrong: Record<string, unknown> = {};
    let withIt = 0;
    for (const screen of SCREENS) {
      const path = screen.replace('{desk}', interactions.desk).replace('{shop}', interactions.shop);
      await page.goto(`${base}/${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' });
      await page.waitForTimeout(250);
      const text = await page.locator('body').innerText();
      if (text.includes('<script>document.title=')) withIt += 1;
      const seen = {
        elements: await page.locator('main img[src="x"], body script:not([src])').count(),
        title: (await page.title()).includes('pwned'),
        override: text.includes(OVERRIDE),
        escape: text.includes(ESCAPE),
        length: text.length > 60_000,
        overflow: await overflowOf(page),
      };
      if (Object.values(seen).some(Boolean)) wrong[screen] = seen;
      await page.setViewportSize({ width: 390, height: 900 });
      const narrow = await overflowOf(page);
      if (narrow !== 0) wrong[`${screen}, 390 px`] = narrow;
      await page.setViewportSize({ width: 1_280, height: 900 });
    }
    expect(wrong).toEqual({});
    expect(withIt).toBeGreaterThanOrEqual(LEAST_WITH_IT);
    expect(dialogs).toBe(0);
    expect(visit.unexpected()).toEqual([]);
  }, 300_000);
});
