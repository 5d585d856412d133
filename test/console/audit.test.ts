/** The audit page in a real browser: it verifies the log itself, and refuses what does not hold. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sourceOfBytes, verifyKit } from '../../src/modules/audit/audit.ts';
import { parseVerifierKey } from '../../src/tlog/keys.ts';
import { policyOfKeys } from '../../src/tlog/policy.ts';
import { describeWithChromium } from '../chromium.ts';
import { AUDITOR, AUDITOR_PASSWORD } from '../control-plane/house-with-data.ts';
import type { Watched } from './browser.ts';
import { look, openProofHouse, type ProofHouse } from './proof-house.ts';

describeWithChromium('an auditor', () => {
  let world: ProofHouse;
  let iris: Watched;
  let page: Page;
  beforeAll(async () => {
    world = await openProofHouse();
    iris = await world.signIn(AUDITOR, AUDITOR_PASSWORD);
    page = iris.page;
  }, 180_000);
  afterAll(() => world?.close());

  const result = () => page.getByRole('region', { name: 'Result' });
  const verify = () => page.getByRole('button', { name: /^Verify the log/ }).click();

  test('verifies the log and one entry in her own browser, which remembers it', async () => {
    await page.goto(`${world.base}/console/audit`);
    await page.getByText('Nothing yet. Verify once').waitFor();
    await page.getByRole('textbox', { name: 'One entry as well' }).fill(world.house.addresses[0] ?? '');
    await verify();
    await result().getByText('Verified by this browser.').waitFor();
    await result().getByText('begins here').waitFor();
    expect(await result().locator('pre').innerText()).toContain('"kind": "interaction"');
    await look(page, 'audit-verified');
    await verify();
    await result().getByText('History holds.').waitFor();
  }, 60_000);

  test('is told where an answer was tampered with, and what her browser remembers stays', async () => {
    const remembered = () => page.evaluate<string>('localStorage.getItem("bartizan.log-checkpoint")');
    const before = await remembered();
    await page.route('**/api/v1/log/proof?*', async (route) => {
      const response = await route.fetch();
      const text = await response.text();
      const leaf = Buffer.from(/extra (.*)/.exec(text)?.[1] ?? '', 'base64').toString('utf8');
      const changed = Buffer.from(leaf.replace('"answered"', '"refused"')).toString('base64');
      await route.fulfill({ response, body: text.replace(/extra .*/, `extra ${changed}`) });
    });
    await verify();
    await result()
      .getByText(/^NOT verified/)
      .waitFor();
    await result().getByText('root_mismatch').waitFor();
    await look(page, 'audit-tampered');
    await page.unroute('**/api/v1/log/proof?*');

    await page.route('**/api/v1/log', async (route) => {
      const response = await route.fetch();
      const state = (await response.json()) as { latest: { note: string } };
      // One entry fewer, under the signature that was made for all of them.
      const note = state.latest.note.replace(/\n(\d+)\n/, (_, size: string) => `\n${Number(size) - 1}\n`);
      await route.fulfill({ response, json: { ...state, latest: { ...state.latest, note } } });
    });
    await verify();
    await result().getByText('bad_signature').waitFor();
    await page.unroute('**/api/v1/log');
    expect(JSON.parse(await remembered())).toMatchObject({ root: JSON.parse(before).root });

    // A log that was rewritten, with signatures that are right: what the browser remembers is not of it.
    await page.evaluate(
      `localStorage.setItem('bartizan.log-checkpoint', JSON.stringify({ ...${before}, root: 'A'.repeat(43) + '=' }))`,
    );
    await verify();
    await result().getByText('History DOES NOT HOLD.').waitFor();
    await page.evaluate(`localStorage.setItem('bartizan.log-checkpoint', ${JSON.stringify(before)})`);
  }, 60_000);

  test('sees checkpoints, witnesses and keys', async () => {
    await page.getByRole('link', { name: 'Checkpoints' }).click();
    await page
      .getByRole('button', { name: /^Show checkpoint/ })
      .first()
      .click();
    await page.getByRole('dialog').getByText('bartizan.invalid/').first().waitFor();
    await page.keyboard.press('Escape');
    await look(page, 'audit-checkpoints');
    await page.getByRole('link', { name: 'Witnesses and keys' }).click();
    await page.getByText('No witness is configured').waitFor();
    await page.getByText('Signs now').waitFor();
    await look(page, 'audit-witnesses');
  }, 60_000);

  test('has the whole log checked', async () => {
    await page.getByRole('link', { name: 'Check', exact: true }).click();
    await page.getByText('No gap').waitFor();
    await page.getByRole('button', { name: 'Check the whole log' }).click();
    await page.getByText('The log is intact').waitFor();
    await look(page, 'audit-check');
  }, 60_000);

  test('sees what administrators did, each with the way to its proof', async () => {
    await page.getByRole('link', { name: 'Administration' }).click();
    await page.getByText('administrator.invite').first().waitFor();
    await look(page, 'audit-administration');
    await page
      .getByRole('link', { name: /^Verify entry/ })
      .first()
      .click();
    await verify();
    await result().getByText('Entry holds.').waitFor();
  }, 60_000);

  test('makes a kit that verifies without this server', async () => {
    await page.getByRole('link', { name: 'Auditor’s kit' }).click();
    await page.getByRole('textbox', { name: 'Why' }).fill('the yearly audit');
    await look(page, 'audit-kit');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Make the kit' }).click(),
    ]);
    const bytes = await readFile(await download.path());
    const { verifierKey } = await world.house.auditor.call('getLog');
    const policy = policyOfKeys([parseVerifierKey(verifierKey)], [], 0);
    expect(await verifyKit(sourceOfBytes(bytes), { policy })).toMatchObject({ isVerified: true });
  }, 60_000);

  test('had no complaint, and asked nobody else', () => {
    expect(iris.complaints.filter((each) => !each.includes('status of 401'))).toEqual([]);
    expect(
      iris.asked.filter((address) => !address.startsWith(world.base) && !address.startsWith('blob:')),
    ).toEqual([]);
  });
});
