/** Models through the console: how they are, a test call, the switch and its effect, providers and secrets. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithChromium } from '../chromium.ts';
import { startVisit, type Visit } from './visit.ts';

const YAML = `version: 1
providers:
  sim: { kind: simulator, region: eu, labels: [eu] }
  priced: { kind: openai, region: us }
models:
  small: { candidates: [{ provider: sim }] }
  gpt-4o: { candidates: [{ provider: priced }, { provider: sim, priority: 1 }] }
applications: { demo: {} }
policies: { all: { cedar: 'permit (principal, action, resource);' } }
`;

describeWithChromium('models', () => {
  let visit: Visit;
  let page: Page;
  beforeAll(async () => {
    visit = await startVisit(YAML);
    ({ page } = visit);
  }, 180_000);
  afterAll(() => visit?.end());

  async function statusOf(model: string): Promise<number> {
    const response = await fetch(`${visit.house.gateway.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${visit.house.gateway.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model, messages: [{ role: 'user', content: 'hello' }] }),
    });
    await response.text();
    return response.status;
  }

  test('are shown as they are, and tried through the gateway', async () => {
    await page.goto(`${visit.base}/models`);
    const list = page.getByRole('region', { name: 'Models' });
    await list.getByRole('link', { name: 'small', exact: true }).waitFor();
    await list.getByText(/\$2\.50 in, \$10\.00 out/).waitFor();
    await visit.look('models');
    await list.getByRole('button', { name: 'Try small' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Make the call' }).click();
    await dialog.getByText('It answered').waitFor();
    await dialog.getByRole('link', { name: /^req_/ }).waitFor();
    await visit.look('model-test-call', 'quick');
    await page.keyboard.press('Escape');
  }, 60_000);

  test('are stopped for a reason, at once, and let go on', async () => {
    expect(await statusOf('small')).toBe(200);
    await page.getByRole('button', { name: 'Stop small' }).click();
    const dialog = page.getByRole('dialog');
    const stop = dialog.getByRole('button', { name: 'Stop it now' });
    expect(await stop.isDisabled()).toBe(true);
    await dialog.getByRole('textbox', { name: /^Reason/ }).fill('it leaks');
    await stop.click();
    await page.getByRole('button', { name: 'Resume small' }).waitFor();
    expect(await statusOf('small')).toBe(503);
    const reasons = (await visit.house.gateway.record()).map(({ entry }) =>
      entry.kind === 'administration' ? entry.reason : undefined,
    );
    expect(reasons).toContain('it leaks');
    await visit.look('model-stopped', 'quick');
    await page.getByRole('button', { name: 'Resume small' }).click();
    await dialog.getByRole('button', { name: 'Let it go on' }).click();
    await page.getByRole('button', { name: 'Stop small' }).waitFor();
    expect(await statusOf('small')).toBe(200);
  }, 60_000);

  test('have secrets that go in and never come out', async () => {
    await page.goto(`${visit.base}/models/secrets`);
    await page.getByText('The vault is empty').waitFor();
    await page.getByRole('button', { name: 'New secret' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: /^Name/ }).fill('house-key');
    await dialog.getByLabel(/^Value/).fill('sk-very-secret');
    await dialog.getByRole('button', { name: 'Put it in' }).click();
    await page.getByRole('region', { name: 'Secrets' }).getByText('house-key').waitFor();
    expect(await page.content()).not.toContain('very-secret');
    await visit.look('secrets', 'quick');
  }, 60_000);

  test('have providers that are drawn from the schema of their kind, with a credential by its name', async () => {
    await page.goto(`${visit.base}/models/new-provider`);
    await page.getByRole('combobox', { name: 'Kind', exact: true }).click();
    await page.getByRole('option', { name: /^Simulator/ }).click();
    await page.getByRole('textbox', { name: /^Name \(required\)/ }).fill('second');
    await page.getByRole('textbox', { name: 'Delay ms' }).fill('5');
    await page.getByRole('combobox', { name: 'Where it comes from' }).click();
    await page.getByRole('option', { name: 'A secret of the vault' }).click();
    await page.getByRole('combobox', { name: /^Secret/ }).waitFor();
    await visit.look('provider-new');
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'second' }).waitFor();
    const { value } = await visit.house.client.call('getProvider', { path: { name: 'second' } });
    expect(value).toMatchObject({ kind: 'simulator', delay_ms: 5, credential: { secret: 'house-key' } });
  }, 60_000);

  test('are made of candidates', async () => {
    await page.goto(`${visit.base}/models/new-model`);
    await page.getByRole('textbox', { name: /^Name/ }).fill('house/large');
    await page.getByRole('button', { name: 'Add a candidate' }).click();
    await page.getByRole('combobox', { name: 'Provider' }).nth(1).click();
    await page.getByRole('option', { name: 'second' }).click();
    await page.getByRole('combobox', { name: 'Provider' }).nth(0).click();
    await page.getByRole('option', { name: 'sim', exact: true }).click();
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'house/large' }).waitFor();
    await page.getByText('Serving').waitFor();
    await visit.look('model');
    expect(await statusOf('house/large')).toBe(200);
    expect(visit.unexpected()).toEqual([]);
  }, 60_000);
});
