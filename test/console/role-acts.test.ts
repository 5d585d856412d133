/** That each role's own part works in the console, and that the API keeps to it. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithChromium } from '../chromium.ts';
import { startRolesHouse, type RolesHouse } from './roles-house.ts';

describeWithChromium('in the console', () => {
  let world: RolesHouse;
  let base: string;
  beforeAll(async () => {
    world = await startRolesHouse();
    ({ base } = world.visit);
  }, 180_000);
  afterAll(() => world?.visit.end());

  /** As a page of theirs asks. */
  function statusOf(page: Page, path: string): Promise<number> {
    return page.evaluate<number>(`fetch(${JSON.stringify(`/api/v1/${path}`)}).then(({ status }) => status)`);
  }
  function itemsOf(page: Page, path: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    return page.evaluate<readonly Record<string, unknown>[]>(
      `fetch(${JSON.stringify(`/api/v1/${path}`)}).then((answer) => answer.json()).then(({ items }) => items)`,
    );
  }

  test('an auditor verifies the log and an entry of it, and reads no word of what was said', async () => {
    const { page } = await world.visit.visitAs('auditor');
    await page.goto(`${base}/audit`);
    await page.getByRole('textbox', { name: 'One entry as well' }).fill(world.address);
    await page.getByRole('button', { name: /^Verify the log/ }).click();
    const result = page.getByRole('region', { name: 'Result' });
    await result.getByText('Verified by this browser.').waitFor();
    await result.getByText('Entry holds.').waitFor();
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Workbench' }).click();
    await page.waitForURL(`${base}/workbench/objections`);
    await page.getByRole('button', { name: 'Open the objection of mia@example.com' }).waitFor();
    await page.goto(`${base}/activity/${world.interactions.desk}`);
    await page.getByText('Its entries in the log').waitFor();
    expect(await page.getByRole('textbox', { name: 'Reason' }).count()).toBe(0);
    expect(await page.content()).not.toContain('alice@example.com');
    await page.context().close();
  }, 120_000);

  test('an application owner makes a key of theirs, and knows of no other application', async () => {
    const { page } = await world.visit.visitAs('application-owner', { kind: 'application', id: 'desk' });
    await page.goto(`${base}/access/applications/desk`);
    await page.getByRole('button', { name: 'New credential' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Make the credential' }).click();
    const key = await page.getByRole('group', { name: 'Key of desk' }).locator('code').first().innerText();
    const models = `${world.visit.house.gateway.url}/v1/models`;
    expect((await fetch(models, { headers: { authorization: `Bearer ${key}` } })).status).toBe(200);
    await page.goto(`${base}/guardrails/mail`);
    await page.getByText('You may look at it: changing it needs guardrails.write.').waitFor();
    await world.visit.lookAt(page, 'roles-read-only', 'quick');
    await page.goto(`${base}/access/applications/shop`);
    await page.getByText('It is not here').waitFor();
    await world.visit.lookAt(page, 'roles-absent', 'quick');

    for (const path of [
      'applications/shop',
      'guardrails/shop-fish',
      'limits/shop-day',
      'groups/sales',
      'principals/sid@example.com',
      `interactions/${world.interactions.shop}`,
    ])
      expect([path, await statusOf(page, path)]).toEqual([path, 404]);
    for (const path of ['administration', 'configuration', 'administrators', 'log', 'privacy/holds'])
      expect([path, await statusOf(page, path)]).toEqual([path, 403]);
    const applications = (await itemsOf(page, 'interactions')).map(({ application }) => application);
    expect(new Set(applications)).toEqual(new Set(['desk']));
    expect(new Set((await itemsOf(page, 'consumption')).map(({ limit }) => limit))).toEqual(
      new Set(['desk-day', 'each-day']),
    );
    expect(new Set((await itemsOf(page, 'credentials')).map(({ application }) => application))).toEqual(
      new Set(['desk']),
    );
    await page.context().close();
  }, 120_000);

  test('a champion reads an objection, and leaves the answer to others', async () => {
    const { page } = await world.visit.visitAs('champion');
    await page.goto(`${base}/workbench/objections`);
    await page.getByRole('button', { name: 'Open the objection of mia@example.com' }).click();
    const drawer = page.getByRole('dialog', { name: 'Objection' });
    await drawer.getByText('It is a wolf in a tale.').waitFor();
    expect(await drawer.getByRole('radio').count()).toBe(0);
    expect(await drawer.getByRole('button', { name: 'Answer' }).count()).toBe(0);
    await drawer.getByRole('link', { name: /^req_/ }).click();
    await page.getByText('because of the guardrail wolves').waitFor();
    await page.context().close();
  }, 120_000);

  test('a security analyst publishes a guardrail, lets somebody read, and answers an objection', async () => {
    const { client } = world.visit.house;
    const { page } = await world.visit.visitAs('security-analyst');
    await page.goto(`${base}/guardrails/new`);
    await page.getByRole('button', { name: /^Keywords/ }).click();
    await page.getByRole('textbox', { name: 'Name (required)', exact: true }).fill('otters');
    const lists = page.getByRole('group', { name: 'Lists' }).first();
    await lists.getByRole('textbox', { name: 'New name' }).fill('otters');
    await lists.getByRole('button', { name: 'Add' }).click();
    await lists.getByRole('textbox', { name: /^otters/ }).fill('sea otter');
    await page.getByRole('button', { name: 'Publish in shadow' }).click();
    await page.getByRole('heading', { level: 1, name: 'otters' }).waitFor();
    expect((await client.call('getGuardrail', { path: { name: 'otters' } })).value.scanner).toBe('keywords');

    const { index } = await client.call('getInteraction', { path: { id: world.interactions.desk } });
    await client.call('requestApproval', { body: { index, reason: 'Incident 12' } });
    await page.goto(`${base}/activity/requests`);
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
    await page.getByText('Approved').waitFor();

    await page.goto(`${base}/workbench/objections`);
    await page.getByRole('button', { name: 'Open the objection of mia@example.com' }).click();
    const drawer = page.getByRole('dialog', { name: 'Objection' });
    await drawer.getByRole('radio', { name: /^The objection is right/ }).click();
    await drawer.getByRole('textbox', { name: 'Your answer (required)' }).fill('So it is.');
    await drawer.getByRole('button', { name: 'Answer' }).click();
    await drawer.getByText('What security-analyst@example.com answered').waitFor();
    await page.context().close();
  }, 120_000);

  test('whoever is on call by a role of the house’s own stops a model, and lets it go on', async () => {
    const { page } = await world.visit.visitAs('on-call');
    await page.goto(`${base}/models/model/small`);
    await page.getByRole('button', { name: 'Stop small' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: /^Reason/ }).fill('it leaks');
    await dialog.getByRole('button', { name: 'Stop it now' }).click();
    await page.getByRole('button', { name: 'Resume small' }).click();
    await dialog.getByRole('button', { name: 'Let it go on' }).click();
    await page.getByRole('button', { name: 'Stop small' }).waitFor();
    await page.context().close();
  }, 120_000);

  test('a member talks to a model, and objects to a refusal', async () => {
    const { page } = await world.visit.visitAs('member');
    await page.waitForURL(`${base}/workbench`);
    await page.getByRole('button', { name: 'Begin' }).click();
    const said = page.getByRole('region', { name: 'What was said' });
    const box = page.getByRole('textbox', { name: 'Your question' });
    await box.fill('say hello');
    await box.press('Enter');
    await said.getByText('You said: say hello').waitFor();
    await box.fill('a greywolf');
    await box.press('Enter');
    await said.getByRole('region', { name: 'Refused' }).waitFor();
    await said.getByRole('button', { name: 'Object' }).last().click();
    const dialog = page.getByRole('dialog', { name: 'Object to this' });
    await dialog.getByRole('textbox', { name: 'Why it is wrong (required)' }).fill('A tale again.');
    await dialog.getByRole('button', { name: 'Send the objection' }).click();
    await page.getByText('Your objection is sent').waitFor();
    await page.goto(`${base}/overview`);
    await page.getByText('Your roles do not reach this page').waitFor();
    await world.visit.lookAt(page, 'roles-closed');
    await page.context().close();
  }, 120_000);
});
