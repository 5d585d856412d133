/** Alerts in the console: made by a form, tried, and removed, in a real browser at a gateway that runs. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithChromium } from '../chromium.ts';
import { startVisit, type Visit } from './visit.ts';

describeWithChromium('alerts', () => {
  let visit: Visit;
  let receiver: Server;
  const taken: string[] = [];

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
      request.on('end', () => {
        taken.push(body);
        response.end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    visit = await startVisit();
  }, 240_000);
  afterAll(async () => {
    await visit?.end();
    receiver?.close();
  });

  test('one is made by its form, tried, and removed by its name', async () => {
    const { page, base } = visit;
    await page.goto(`${base}/settings/alerts`);
    await page.getByText('Nobody is told yet').waitFor();
    await page.getByRole('button', { name: 'New alert' }).click();
    const form = page.getByRole('dialog', { name: 'New alert' });
    await form.getByRole('textbox', { name: /^Name/ }).fill('many');
    const { port } = receiver.address() as AddressInfo;
    await form.getByRole('textbox', { name: /^Address/ }).fill(`http://127.0.0.1:${port}/`);
    await form.getByRole('checkbox', { name: /^Allow private network/ }).click();
    await visit.look('alerts-form');
    await form.getByRole('button', { name: 'Create' }).click();
    await form.waitFor({ state: 'detached' });
    const alerts = page.getByRole('region', { name: 'Alerts' });
    await alerts.getByText('Many refusals').waitFor();
    await page.waitForTimeout(500);
    await alerts.getByRole('button', { name: 'Test' }).click();
    await page
      .getByRole('region', { name: 'Last messages' })
      .getByText('Delivered', { exact: true })
      .waitFor();
    expect(JSON.parse(taken[0] ?? '')).toMatchObject({ alert: 'many', test: true });
    await visit.look('alerts');
    await alerts.getByRole('button', { name: 'Remove' }).click();
    const question = page.getByRole('dialog');
    await question.getByRole('textbox').fill('many');
    await question.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('Nobody is told yet').waitFor();
    expect(visit.unexpected()).toEqual([]);
  }, 120_000);
});
