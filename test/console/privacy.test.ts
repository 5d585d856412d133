/** The privacy page in a real browser: what went where, a person found, held, exported and erased; and that an auditor changes nothing. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithChromium } from '../chromium.ts';
import { ALICE, AUDITOR, AUDITOR_PASSWORD } from '../control-plane/house-with-data.ts';
import { OWNER, OWNER_PASSWORD } from '../control-plane/owner.ts';
import type { Watched } from './browser.ts';
import { look, openProofHouse, type ProofHouse } from './proof-house.ts';

describeWithChromium('whoever answers for personal data', () => {
  let world: ProofHouse;
  let ada: Watched;
  let page: Page;
  beforeAll(async () => {
    world = await openProofHouse();
    ada = await world.signIn(OWNER, OWNER_PASSWORD);
    page = ada.page;
  }, 180_000);
  afterAll(() => world?.close());

  async function find(): Promise<void> {
    await page.getByRole('textbox', { name: 'Who' }).fill(ALICE);
    await page.getByRole('textbox', { name: 'Why' }).fill('ticket 12');
    await page.getByRole('button', { name: 'Find' }).click();
  }

  test('sees what went where', async () => {
    await page.goto(`${world.base}/console/privacy`);

    await page.getByText('CREDIT_CARD').waitFor();
    expect(await page.getByRole('main').locator('a[href*=finding]').first().getAttribute('href')).toContain(
      '/activity?finding=',
    );
    await look(page, 'privacy-flows');
    const row = page.getByRole('row').filter({ hasText: 'EMAIL_ADDRESS' }).filter({ hasText: 'shop' });
    await row.getByRole('link', { name: '1', exact: true }).click();
    await page.getByText('1 shown of 1').waitFor();
    expect(page.url()).toMatch(/[?&]from=\d+&to=\d+/);
  }, 60_000);

  test('finds a person for a stated reason, and exports what is hers', async () => {
    await page.goto(`${world.base}/console/privacy`);
    await page.getByRole('link', { name: 'Persons' }).click();
    await page.getByText('Nobody is shown').waitFor();
    await find();
    await page.getByText('2, 2 of them with content').waitFor();
    await look(page, 'privacy-person');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export as a page' }).click(),
    ]);
    expect(await readFile(await download.path(), 'utf8')).toContain(ALICE);
  }, 60_000);

  test('places a hold, which an erasure waits for', async () => {
    await page.getByRole('link', { name: 'Legal holds' }).click();
    await page.getByText('Nothing is held').waitFor();
    await page.getByRole('button', { name: 'Place a hold' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: /^Matter/ }).fill('Case <b>7</b>');
    await dialog.getByRole('textbox', { name: /^Why/ }).fill('letter of counsel');
    await dialog.getByRole('button', { name: 'Place the hold' }).click();
    await dialog.getByRole('alert').waitFor();
    await dialog.getByRole('textbox', { name: 'About whom' }).fill(ALICE);
    await dialog.getByRole('button', { name: 'Place the hold' }).click();
    await page.getByText('Case <b>7</b>').waitFor();
    await look(page, 'privacy-holds');

    await page.getByRole('link', { name: 'Persons' }).click();
    await find();
    await page.getByText('A legal hold names her').waitFor();
    await erase();
    await page.getByRole('dialog').getByRole('alert').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();

    await page.getByRole('link', { name: 'Legal holds' }).click();
    await page.getByRole('button', { name: 'Release' }).click();
    const release = page.getByRole('dialog');
    await release.getByRole('textbox', { name: 'Why' }).fill('settled');
    await release.getByRole('textbox', { name: /^Type/ }).fill(await release.locator('code').innerText());
    await release.getByRole('button', { name: 'Release it' }).click();
    await page.getByText('Nothing is held').waitFor();
  }, 60_000);

  async function erase(): Promise<void> {
    await page.getByRole('button', { name: 'Erase…' }).click();
    const dialog = page.getByRole('dialog');
    const confirm = dialog.getByRole('button', { name: 'Erase', exact: true });
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill(ALICE.toUpperCase());
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill(ALICE);
    await confirm.click();
  }

  test('erases a person once her identifier is typed again, and nothing is found of her then', async () => {
    await page.getByRole('link', { name: 'Persons' }).click();
    await find();
    await page.getByText('2, 2 of them with content').waitFor();
    await page.getByRole('button', { name: 'Erase…' }).click();
    await look(page, 'privacy-erase');
    await page.keyboard.press('Escape');
    await erase();
    await page.getByText('Erased', { exact: true }).waitFor();
    await page.getByText('Nobody is shown').waitFor();
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('textbox', { name: 'Who' }).inputValue()).toBe(ALICE);
  }, 60_000);

  test('sees what is kept how long, and what would go now', async () => {
    await page.getByRole('link', { name: 'Retention' }).click();
    await page.getByText('6 months').first().waitFor();
    await page.getByRole('button', { name: 'Look' }).click();
    await page.getByText('Nothing has had its time').waitFor();
    await look(page, 'privacy-retention');
  }, 60_000);

  test('as an auditor sees the same counts, and is offered no change', async () => {
    const iris = await world.signIn(AUDITOR, AUDITOR_PASSWORD);
    await iris.page.goto(`${world.base}/console/privacy`);
    await iris.page.getByText('CREDIT_CARD').waitFor();
    expect(await iris.page.getByRole('link', { name: 'Persons' }).count()).toBe(0);
    await iris.page.getByRole('link', { name: 'Legal holds' }).click();
    await iris.page.getByText('Nothing is held').waitFor();
    expect(await iris.page.getByRole('button', { name: 'Place a hold' }).count()).toBe(0);
    await iris.page.getByRole('link', { name: 'Retention' }).click();
    await iris.page.getByText('6 months').first().waitFor();
    expect(await iris.page.getByRole('button', { name: 'Look' }).count()).toBe(0);
    expect(iris.complaints.filter((each) => !each.includes('status of 401'))).toEqual([]);
  }, 60_000);

  test('had no complaint but what was refused on purpose', () => {
    const refused = /status of (401|404|409|422)/;
    expect(ada.complaints.filter((complaint) => !refused.test(complaint))).toEqual([]);
  });
});
