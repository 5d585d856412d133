/** The rights of whom the record is about, through the running gateway and the command line. */
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeHome, type Home } from './child.ts';

const CONFIGURATION = JSON.stringify({
  version: 1,
  applications: { desk: { capture: 'redacted' } },
  policies: { all: { cedar: 'permit (principal, action, resource);' } },
  providers: { simulator: { kind: 'simulator' } },
  models: { simulator: { candidates: [{ provider: 'simulator' }] } },
  guardrails: {
    mail: {
      scanner: 'pii',
      config: { default_region: 'CH' },
      action: 'pseudonymize',
      directions: ['request'],
    },
  },
});
const ALICE = 'alice.liddell@example.com';
const ERASE = ['--basis', 'art17-1-b', '--reason', 'ticket 12', '--yes'];
const WHY = ['--reason', 'ticket 11'];

let home: Home;
let backup: string;
const headers: Record<string, string> = { 'content-type': 'application/json' };

beforeAll(async () => {
  home = await makeHome({}, CONFIGURATION);
  backup = await mkdtemp(join(tmpdir(), 'bartizan-backup-'));
}, 60_000);
afterAll(async () => {
  await home.remove();
  await rm(backup, { recursive: true, force: true });
});

async function post(url: string, path: string, body: unknown, more: Record<string, string> = {}) {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { ...headers, ...more },
    body: JSON.stringify(body),
  });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

const shown = async (subject: string) =>
  JSON.parse(await home.run(['subjects', 'show', subject])) as { entries: number; identifiers: string[] };

/** Puts files of the backup back, those of which the name begins so. */
async function restore(beginning: string): Promise<void> {
  const data = join(home.directory, 'data');
  for (const folder of [data, backup])
    for (const file of await readdir(folder))
      if (file.startsWith(beginning)) {
        if (folder === data) await rm(join(data, file));
        else await cp(join(backup, file), join(data, file));
      }
}

test('a configuration that keeps less than a law asks for, or more than a rule allows, is refused with its line', async () => {
  const file = join(home.directory, 'regimes.yaml');
  const yaml = (regime: string, retention: string) => `version: 1
applications:
  desk:
    regimes: [${regime}]
retention:
  interactions: 1 year
  ${retention}
`;
  const plan = async (...how: [string, string]) => {
    await writeFile(file, yaml(...how));
    return home.run(['plan', '-f', file]);
  };
  await expect(plan('pci-dss', 'identities: 11 months')).rejects.toThrow(
    /line 7, column \d+: retention\.identities: 11 months are less than the 12 months that pci-dss/,
  );
  await expect(plan('nonsense', 'content: 1 day')).rejects.toThrow(/line 4, column \d+.*no such regime/);
  await expect(plan('pci-dss', 'content: a while')).rejects.toThrow(/line 7, column \d+.*30 days, 6 months/);
}, 60_000);

test('nothing has had its time in a new record', async () => {
  expect(await home.run(['audit', 'purge', '--dry-run'])).toBe('nothing has had its time\n');
}, 60_000);

test('somebody is found, shown what is hers, and erased, and what was backed up does not bring her back', async () => {
  const gateway = await home.start();
  headers.authorization = `Bearer ${gateway.key}`;
  const messages = [{ role: 'user', content: `I write to ${ALICE} today.` }];
  const asked = await post(gateway.url, '/v1/chat/completions', {
    model: 'simulator',
    messages,
    safety_identifier: 'customer-7',
  });
  expect(asked.status).toBe(200);
  const message = { model: 'simulator', max_tokens: 9, messages: [{ role: 'user', content: 'hello' }] };
  expect(
    (await post(gateway.url, '/v1/messages', { ...message, metadata: { user_id: 'customer-7' } })).status,
  ).toBe(200);
  expect(
    (await post(gateway.url, '/v1/messages', message, { 'x-bartizan-subject': 'customer-8' })).status,
  ).toBe(200);
  const refused = await post(gateway.url, '/v1/messages', message, {
    'x-bartizan-subject': 'x'.repeat(600),
  });
  expect([refused.status, refused.text.includes('xxx')]).toEqual([400, false]);
  for (const number of ['+41 44 668 18 00', '044 668 18 00'])
    expect(
      (
        await post(gateway.url, '/v1/chat/completions', {
          model: 'simulator',
          messages: [{ role: 'user', content: `Please call her phone, ${number}, today.` }],
        })
      ).status,
    ).toBe(200);
  await gateway.stop();

  // However a number is written.
  for (const number of ['0041446681800', '+41 (0)44 668 18 00', '044/668 18 00'])
    expect(await shown(number)).toMatchObject({ entries: 2, identifiers: ['PHONE_NUMBER:+41446681800'] });
  expect(await shown(ALICE)).toMatchObject({ entries: 1, identifiers: [`EMAIL_ADDRESS:${ALICE}`] });
  expect(await shown('desk/user:customer-7')).toMatchObject({ entries: 2 });
  expect(await shown('desk/user:customer-8')).toMatchObject({ entries: 1 });
  const data = join(home.directory, 'data');
  for (const file of await readdir(data)) {
    const bytes = await readFile(join(data, file), 'latin1');
    for (const name of [ALICE, 'customer-7', 'customer-8']) expect(bytes).not.toContain(name);
  }
  await cp(data, backup, { recursive: true });

  const file = join(home.directory, 'alice.json');
  await home.run(['subjects', 'export', ALICE, ...WHY, '-o', file]);
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
    isComplete: true,
    entries: [
      {
        role: 'mentioned',
        application: 'desk',
        excerpts: [`I write to ${ALICE} today.`, expect.stringContaining(ALICE)],
      },
    ],
  });
  expect(
    await home.run(['subjects', 'export', 'desk/user:customer-7', ...WHY, '--format', 'html']),
  ).toContain('[another person]');
  await expect(home.run(['subjects', 'erase', ALICE, ...ERASE.slice(0, -1)])).rejects.toThrow('say --yes');
  expect(await home.run(['subjects', 'erase', ALICE, ...ERASE])).toMatch(/^1 entries are erased; entry \d+/);
  expect(await home.run(['subjects', 'erase', 'desk/user:customer-7', ...ERASE])).toMatch(/^2 entries/);
  expect(await shown(ALICE)).toMatchObject({ entries: 0, identifiers: [] });

  // The entry is still in the log, and shown to be.
  const index = asked.headers.get('x-bartizan-record')!;
  const proof = join(home.directory, 'proof');
  await home.run(['audit', 'prove', index, '-o', proof]);
  const key = (await home.run(['audit', 'key'])).trim();
  expect(await home.run(['audit', 'verify', proof, '--key', key])).toContain('verified');
  expect(await home.run(['subjects', 'coverage', index.split('/').at(-1)!])).toContain('"salt"');

  // A key store of before: the keys are destroyed again at the next start.
  await restore('keys.sqlite');
  expect(await shown(ALICE)).toMatchObject({ entries: 0, identifiers: [] });
  expect(await shown('desk/user:customer-8')).toMatchObject({ entries: 1 });

  // A record of before, with the keys of now: it cannot be read.
  await restore('bartizan.sqlite');
  expect(await shown('desk/user:customer-7')).toMatchObject({ entries: 0, identifiers: [] });
  const id = asked.headers.get('x-bartizan-request-id')!;
  const read = await home.run(['audit', 'show', id, '--content', ...WHY]);
  expect(read).toContain(id);
  expect(read).not.toContain('I write to');
}, 120_000);
