/** `bartizan api`: the REST API from the command line, with an access token. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeHome, type Home } from '../e2e/child.ts';
import { startOwned, type Owned } from './owner.ts';

let house: Owned;
let home: Home;
let environment: Record<string, string>;
beforeAll(async () => {
  house = await startOwned();
  home = await makeHome();
  const { token } = await house.client.call('createToken', {
    body: { name: 'shell', expiresInDays: 1, permissions: ['configuration.read', 'guardrails.write'] },
  });
  environment = { BARTIZAN_URL: house.gateway.url, BARTIZAN_TOKEN: token };
});
afterAll(async () => {
  await home.remove();
  await house.gateway.stop();
});

const api = (args: readonly string[], input?: string) => home.run(['api', ...args], input, environment);

test('operations are listed, called and refused with a reason', async () => {
  expect(await home.run(['api'])).toContain('listGuardrails');
  const listed = JSON.parse(await api(['listGuardrails', '-q', 'limit=2'])) as { items: unknown[] };
  expect(listed.items).toHaveLength(2);
  const body = JSON.stringify({ name: 'birds', value: { scanner: 'keywords', action: 'flag' } });
  await expect(api(['createGuardrail', '-b', '-'], body)).rejects.toThrow(/unacceptable|config/);
  await expect(api(['listCredentials'])).rejects.toThrow('permission_denied');
  await expect(api(['nothing'])).rejects.toThrow('there is no operation nothing');
  await expect(home.run(['api', 'listGuardrails'])).rejects.toThrow('BARTIZAN_TOKEN');
}, 120_000);
