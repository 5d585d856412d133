/** Legal holds and retention, through the running gateway and the command line. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { daysLater, makeHome, type Home } from './child.ts';

const CONFIGURATION = JSON.stringify({
  version: 1,
  applications: { desk: { capture: 'full' }, shop: { capture: 'full' } },
  policies: { all: { cedar: 'permit (principal, action, resource);' } },
  providers: { simulator: { kind: 'simulator' } },
  models: { simulator: { candidates: [{ provider: 'simulator' }] } },
  retention: { content: '1 day', identities: '10 days', interactions: '30 days' },
});
const REASON = ['--reason', 'counsel asked'];
const MATTER = ['--matter', 'case 4711', ...REASON];
const ERASE = ['--basis', 'art17-1-b', '--reason', 'ticket 12', '--yes'];

let home: Home;
/** Ids of requests by who asked what where. */
const asked = { held: '', other: '', shop: '' };

async function ask(url: string, key: string, user: string): Promise<string> {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({
      model: 'simulator',
      messages: [{ role: 'user', content: `a word from ${user}` }],
      safety_identifier: user,
    }),
  });
  expect(response.status).toBe(200);
  await response.text();
  return response.headers.get('x-bartizan-request-id') ?? '';
}

const contentOf = async (id: string) =>
  /a word from [a-z]+/.exec(await home.run(['audit', 'show', id, '--content', '--reason', 'test']))?.[0];
const contents = async () => [
  await contentOf(asked.held),
  await contentOf(asked.other),
  await contentOf(asked.shop),
];

async function hold(...what: string[]): Promise<string> {
  const output = await home.run(['audit', 'hold', 'add', ...what, ...MATTER]);
  expect(output).toMatch(/^hold_\S+ is in force(?:; 1 entries are about whom it names)?\n$/);
  return output.split(' ')[0] ?? '';
}

beforeAll(async () => {
  home = await makeHome({}, CONFIGURATION);
  const gateway = await home.start();
  const desk = gateway.key ?? '';
  const [shop = ''] = /bz_[A-Za-z0-9_-]+/.exec(await home.run(['keys', 'create', '-a', 'shop'])) ?? [];
  asked.held = await ask(gateway.url, desk, 'held');
  asked.other = await ask(gateway.url, desk, 'other');
  asked.shop = await ask(gateway.url, shop, 'shopper');
  expect(await gateway.stop()).toBe(0);
}, 60_000);
afterAll(() => home.remove());

test('a hold wants to know what, and until when in dates', async () => {
  await expect(home.run(['audit', 'hold', 'add', ...MATTER])).rejects.toThrow('what is to be held?');
  await expect(home.run(['audit', 'hold', 'add', '--from', 'soon', ...MATTER])).rejects.toThrow('2026-');
  await expect(home.run(['audit', 'hold', 'add', '--subject', 'desk/user:held'])).rejects.toThrow('--matter');
  await expect(home.run(['audit', 'hold', 'release', 'hold_none', ...REASON])).rejects.toThrow(
    'there is no hold "hold_none"',
  );
  expect(await home.run(['audit', 'hold', 'list'])).toBe('');
}, 60_000);

test('what is held is neither erased nor purged until the hold is released, and all of it is on record', async () => {
  const [onHer, onShop] = [
    await hold('--subject', 'desk/user:held'),
    await hold('--application', 'shop', '--from', '2026-01-01', '--to', '2999-01-01'),
  ];
  const listed = (await home.run(['audit', 'hold', 'list'])).trim().split('\n');
  expect(listed.map((line) => JSON.parse(line) as unknown)).toEqual([
    { id: onHer, matter: 'case 4711', subjects: ['desk/user:held'], since: expect.any(String) },
    {
      id: onShop,
      matter: 'case 4711',
      application: 'shop',
      since: expect.any(String),
      from: '2026-01-01T00:00:00.000Z',
      to: '2999-01-01T00:00:00.000Z',
    },
  ]);
  for (const file of await readdir(join(home.directory, 'data')))
    expect(await readFile(join(home.directory, 'data', file), 'latin1')).not.toContain('case 4711');
  expect(await home.run(['subjects', 'show', 'desk/user:held'])).toContain(onHer);
  for (const [who, held] of [
    ['desk/user:held', onHer],
    ['shop/user:shopper', onShop],
  ] as const)
    await expect(home.run(['subjects', 'erase', who, ...ERASE])).rejects.toThrow(
      `the legal hold ${held} forbids it`,
    );

  // Nothing has had its time today; in two days the gateway looks at its start.
  expect(await home.run(['audit', 'purge'])).toBe('nothing has had its time\n');
  const dry = await home.run(['audit', 'purge', '--dry-run'], '', daysLater(2));
  expect(dry).toMatch(/^content: 1 from before \S+ \(\d+ to \d+\)\n$/);
  expect(await contents()).toEqual(['a word from held', 'a word from other', 'a word from shopper']);
  expect(await (await home.start(daysLater(2))).stop()).toBe(0);
  expect(await contents()).toEqual(['a word from held', undefined, 'a word from shopper']);

  expect(await home.run(['audit', 'hold', 'release', onHer, ...REASON])).toBe(`${onHer} is released\n`);
  await expect(home.run(['audit', 'hold', 'release', onHer, ...REASON])).rejects.toThrow('there is no hold');
  // The gateway purges once a day, and a command whenever it is told to.
  expect(await (await home.start(daysLater(2))).stop()).toBe(0);
  expect(await contents()).toEqual(['a word from held', undefined, 'a word from shopper']);
  expect(await home.run(['audit', 'purge'], '', daysLater(2))).toMatch(/^content: 1 /);
  expect(await contents()).toEqual([undefined, undefined, 'a word from shopper']);
  expect(await home.run(['subjects', 'erase', 'desk/user:held', ...ERASE])).toMatch(/^1 entries are erased/);
  expect(await home.run(['audit', 'hold', 'release', onShop, ...REASON])).toContain('is released');

  const acts = (await home.run(['audit', 'export']))
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { entry: Record<string, unknown> }).entry)
    .filter(({ action }) => /^(?:hold|retention|subject)\./.test(String(action)));
  expect(acts.map(({ action, subject, actor }) => [action, subject, String(actor).split(':')[0]])).toEqual([
    ['hold.add', onHer, expect.any(String)],
    ['hold.add', onShop, expect.any(String)],
    ['retention.purge', 'content', 'gateway'],
    ['hold.release', onHer, expect.any(String)],
    ['retention.purge', 'content', expect.not.stringContaining('gateway')],
    ['subject.erase', expect.stringMatching(/^ers_/), expect.any(String)],
    ['hold.release', onShop, expect.any(String)],
  ]);
  expect(JSON.stringify(acts)).not.toMatch(/case 4711|desk\/user:held/);
  expect(await home.run(['audit', 'fsck'])).not.toContain('missing');
}, 120_000);

test('who it was goes later, and is found no more', async () => {
  const entries = async () => JSON.parse(await home.run(['subjects', 'show', 'desk/user:other'])) as unknown;
  expect(await entries()).toMatchObject({ entries: 1, withContent: 0 });
  expect(await home.run(['audit', 'purge'], '', daysLater(11))).toMatch(
    /^(?:content: .*\n)?identities: \d+ /,
  );
  expect(await entries()).toMatchObject({ entries: 0 });
}, 60_000);
