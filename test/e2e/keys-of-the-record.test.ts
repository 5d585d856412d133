/** A new master key, new keys for one subject, and restriction, through the running gateway and the command line. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeHome, type Home } from './child.ts';

const CONFIGURATION = JSON.stringify({
  version: 1,
  applications: { desk: { capture: 'full' } },
  policies: { all: { cedar: 'permit (principal, action, resource);' } },
  providers: { simulator: { kind: 'simulator' } },
  models: { simulator: { candidates: [{ provider: 'simulator' }] } },
});
const [OLD, NEW, STRANGER] = [1, 2, 3].map(() => randomBytes(32).toString('base64')) as [
  string,
  string,
  string,
];
const both = { BARTIZAN_MASTER_KEY: NEW, BARTIZAN_MASTER_KEY_PREVIOUS: OLD };
const alone = { BARTIZAN_MASTER_KEY: NEW };
const WHO = 'desk/user:customer-7';
const REASON = ['--reason', 'ticket 12'];

let home: Home;
let key: string;
let asked: string;

beforeAll(async () => {
  home = await makeHome({ BARTIZAN_MASTER_KEY: OLD }, CONFIGURATION);
  const gateway = await home.start();
  key = gateway.key ?? '';
  asked = await ask(gateway.url, 'before');
  expect(await gateway.stop()).toBe(0);
}, 60_000);
afterAll(() => home.remove());

async function ask(url: string, text: string): Promise<string> {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({
      model: 'simulator',
      messages: [{ role: 'user', content: `said ${text}` }],
      safety_identifier: 'customer-7',
    }),
  });
  expect(response.status).toBe(200);
  await response.text();
  return response.headers.get('x-bartizan-request-id') ?? '';
}

const show = (id: string, more: Readonly<Record<string, string>> = alone) =>
  home.run(['audit', 'show', id, '--content', ...REASON], '', more);
const entriesOf = async () =>
  JSON.parse(await home.run(['subjects', 'show', WHO], '', alone)) as Record<string, unknown>;

test('a new master key takes over secrets and record while the gateway serves, and the old one is not needed then', async () => {
  await home.run(['secrets', 'set', 'upstream'], 'sk-not-shown');
  await expect(show(asked, alone)).rejects.toThrow(/master key [0-9a-f]{16}, which is not among those given/);
  await expect(home.run(['secrets', 'rewrap'], '', { BARTIZAN_MASTER_KEY: STRANGER })).rejects.toThrow(
    /not among those given/,
  );

  const gateway = await home.start(both);
  const output = await home.run(['secrets', 'rewrap'], '', both);
  const [, keys] = /^1 secrets and (\d+) keys of the record are wrapped/.exec(output) ?? [];
  expect(Number(keys)).toBeGreaterThan(2);
  const during = await ask(gateway.url, 'during');
  expect(await gateway.stop()).toBe(0);
  expect(await home.run(['secrets', 'rewrap'], '', both)).toMatch(/^0 secrets and 0 keys/);

  for (const [id, text] of [
    [asked, 'before'],
    [during, 'during'],
  ] as const)
    expect(await show(id)).toContain(`said ${text}`);
  const after = await home.start(alone);
  expect(await show(await ask(after.url, 'after'))).toContain('said after');
  expect(await after.stop()).toBe(0);
  expect(await home.run(['secrets', 'list'], '', alone)).toMatch(/^upstream {2}\S+\n$/);
  await expect(home.run(['secrets', 'list'], '', { BARTIZAN_MASTER_KEY: OLD })).rejects.toThrow(
    /not among those given/,
  );
  expect(await home.run(['audit', 'export'], '', alone)).toContain('"master_key.rewrap"');
}, 120_000);

test('one subject is given new keys while the gateway goes on writing about her', async () => {
  await expect(
    home.run(['subjects', 'renew-keys', 'desk/user:nobody', ...REASON], '', alone),
  ).rejects.toThrow('nothing in the record is about anybody of this name');
  const gateway = await home.start(alone);
  await ask(gateway.url, 'first');
  const renewing = home.run(['subjects', 'renew-keys', WHO, ...REASON], '', alone);
  const ids: string[] = [];
  for (let isOver = false; !isOver; ) {
    ids.push(await ask(gateway.url, 'meanwhile'));
    isOver = await Promise.race([
      renewing.then(() => true),
      new Promise<false>((later) => setTimeout(later, 200, false)),
    ]);
  }
  ids.push(await ask(gateway.url, 'meanwhile'));
  expect(await gateway.stop()).toBe(0);
  expect(await renewing).toMatch(/^\d+ keys of records are wrapped anew\n$/);
  expect(Number.parseInt(await renewing, 10)).toBeGreaterThan(3);
  for (const id of [ids[0]!, ids[Math.floor(ids.length / 2)]!, ids.at(-2)!, ids.at(-1)!])
    expect(await show(id)).toContain('said meanwhile');
  expect(await show(asked)).toContain('said before');
  expect(await entriesOf()).toMatchObject({ entries: ids.length + 4, withContent: ids.length + 4 });
}, 120_000);

test('what is restricted is kept and read by nobody until that is lifted, and what is said meanwhile is kept too', async () => {
  await expect(home.run(['subjects', 'restrict', 'desk/user:nobody', ...REASON], '', alone)).rejects.toThrow(
    'nothing in the record',
  );
  expect(await home.run(['subjects', 'restrict', WHO, ...REASON], '', alone)).toBe(
    'it is kept, and not read\n',
  );
  const gateway = await home.start(alone);
  const meanwhile = await ask(gateway.url, 'in between');
  expect(await gateway.stop()).toBe(0);
  expect(await entriesOf()).toMatchObject({ isRestricted: true });
  for (const id of [asked, meanwhile]) expect(await show(id)).not.toContain('"content"');
  await expect(home.run(['subjects', 'export', WHO, ...REASON], '', alone)).rejects.toThrow('restricted');
  expect(await home.run(['subjects', 'unrestrict', WHO, ...REASON], '', alone)).toBe('it is read again\n');
  expect(await entriesOf()).toMatchObject({ isRestricted: false });
  expect(await show(asked)).toContain('said before');
  expect(await show(meanwhile)).toContain('said in between');
  expect(await home.run(['subjects', 'export', WHO, ...REASON], '', alone)).toContain('said in between');
}, 120_000);
