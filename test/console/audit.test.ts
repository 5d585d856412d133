/** The audit page in a real browser: it verifies the log itself, and refuses what does not hold. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { endorsementText, KEY_ROTATED } from '../../src/contract/handover.ts';
import type { AdministrationEntry } from '../../src/domain/record.ts';
import { sourceOfBytes, verifyKit } from '../../src/modules/audit/audit.ts';
import { ED25519, formatVerifierKey, noteSigner, parseVerifierKey } from '../../src/tlog/keys.ts';
import { policyOfKeys } from '../../src/tlog/policy.ts';
import { describeWithChromium } from '../chromium.ts';
import { AUDITOR, AUDITOR_PASSWORD } from '../control-plane/house-with-data.ts';
import { until } from '../e2e/gateway.ts';
import type { Watched } from './browser.ts';
import { look, openProofHouse, type ProofHouse } from './proof-house.ts';

/** A key that somebody made up, and calls the log's. */
const strangerOf = (origin: string) => noteSigner(origin, ED25519, new Uint8Array(32).fill(5));

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

  const remembered = () => page.evaluate<string>('localStorage.getItem("bartizan.log-checkpoint")');
  const remember = (kept: string) =>
    page.evaluate(`localStorage.setItem('bartizan.log-checkpoint', ${JSON.stringify(kept)})`);
  const act = (more: Partial<AdministrationEntry>): AdministrationEntry => {
    const at = Date.now();
    return {
      kind: 'administration',
      id: newId('adm', at),
      at,
      actor: 'ops',
      action: 'test.done',
      subject: 'x',
      ...more,
    };
  };

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
    await result().getByRole('link', { name: 'The interaction' }).click();
    await page.getByRole('heading', { level: 1, name: /^req_/ }).waitFor();
    await page
      .getByRole('link', { name: /^Entry/ })
      .first()
      .click();
    const asked = page.getByRole('textbox', { name: 'One entry as well' });
    await asked.waitFor();
    expect(world.house.addresses[0]).toMatch(new RegExp(`/${await asked.inputValue()}$`));
    await verify();
    await result().getByText('Entry holds.').waitFor();
  }, 60_000);

  test('is told where an answer was tampered with, and what her browser remembers stays', async () => {
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
    await remember(before);
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

  test('follows the log to a key that it was handed over to', async () => {
    await page.goto(`${world.base}/console/audit`);
    await verify();
    await result().getByText('History holds.').waitFor();
    const before = await remembered();
    const { audit, log } = world.house.gateway.gateway.office;
    const keys = await log.rotation.rotate({ append: audit.append, actor: 'ops', overlapMs: 0 });
    await audit.append(act({}));
    const handedOver = (await log.keys())[0]?.toSize ?? Number.POSITIVE_INFINITY;
    await until(async () => (await world.house.auditor.call('getLog')).published > handedOver || undefined);

    // Somebody on the way: to another key than the log's own.
    await page.route('**/api/v1/log/handovers/1', async (route) => {
      const response = await route.fetch();
      const text = await response.text();
      const leaf = Buffer.from(/extra (.*)/.exec(text)?.[1] ?? '', 'base64').toString('utf8');
      const forged = leaf.replace(keys.after, formatVerifierKey(strangerOf(log.origin).verifier));
      expect(forged).not.toBe(leaf);
      const extra = `extra ${Buffer.from(forged).toString('base64')}`;
      await route.fulfill({ response, body: text.replace(/extra .*/, extra) });
    });
    await verify();
    await result().getByText('Key DOES NOT HOLD.').waitFor();
    await result().getByText('root_mismatch').waitFor();
    expect(await remembered()).toBe(before);
    await page.unroute('**/api/v1/log/handovers/1');

    await verify();
    await result().getByText('Key holds.').waitFor();
    await result().getByText('has handed over to another one').waitFor();
    await result().getByText('History holds.').waitFor();
    expect(JSON.parse(await remembered())).toMatchObject({ verifierKey: keys.after });
    await look(page, 'audit-handed-over');
  }, 60_000);

  test('does not follow an entry that somebody slipped into the log, without the word of the key before', async () => {
    const { audit, log } = world.house.gateway.gateway.office;
    const stranger = strangerOf(log.origin);
    const [before, after] = [log.verifierKey, formatVerifierKey(stranger.verifier)];
    const endorsement = Buffer.from(stranger.sign(endorsementText(before, after)).signature).toString(
      'base64',
    );
    const { index } = await audit.append(
      act({ action: KEY_ROTATED, subject: log.origin, before, after, endorsement }),
    );
    await until(async () => (await world.house.auditor.call('getLog')).published > index || undefined);
    const bundle = Buffer.from((await log.prove(index)) ?? []);
    await page.route('**/api/v1/log', async (route) => {
      const response = await route.fetch();
      const state = (await response.json()) as { keys: object[] };
      const key = { generation: 2, verifierKey: after, fromSize: 1, toSize: null, untilMs: null };
      await route.fulfill({ response, json: { ...state, keys: [...state.keys, key] } });
    });
    await page.route('**/api/v1/log/handovers/2', (route) =>
      route.fulfill({ status: 200, contentType: 'text/plain; charset=utf-8', body: bundle }),
    );
    const kept = await remembered();
    await verify();
    await result().getByText('The key before has not signed for the one after it.').waitFor();
    await result().getByText('bad_signature').waitFor();
    expect(await remembered()).toBe(kept);
    await look(page, 'audit-not-handed-over');
    await page.unroute('**/api/v1/log');
    await page.unroute('**/api/v1/log/handovers/2');
  }, 60_000);

  test('had no complaint, and asked nobody else', () => {
    expect(iris.complaints.filter((each) => !each.includes('status of 401'))).toEqual([]);
    expect(
      iris.asked.filter((address) => !address.startsWith(world.base) && !address.startsWith('blob:')),
    ).toEqual([]);
  });
});
