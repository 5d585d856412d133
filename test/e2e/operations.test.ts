/** The operator's door, as real processes: plan, apply, export, keys, secrets, audit, usage, and how a gateway ends. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOffice, type Office } from '../../src/compose/office.ts';
import { readSettings } from '../../src/config.ts';
import type { RecordedEntry } from '../../src/domain/record.ts';
import { makeHome, type ChildGateway, type Home } from './child.ts';
import { ask, OPENAI_CHAT } from './dialects.ts';
import { until } from './gateway.ts';
import { chatClient, openaiClient } from './openai-clients.ts';
import { SLOW_TEXT, startUpstream, type Upstream } from './upstream.ts';
import { configuration, CREDENTIALS } from './world.ts';

let upstream: Upstream;
let home: Home;
let child: ChildGateway;
let key: string;

beforeAll(async () => {
  upstream = await startUpstream();
  home = await makeHome({ ...CREDENTIALS, BARTIZAN_DRAIN_MS: '5000' });
  child = await home.start();
  if (child.key === undefined) throw new Error('the first start prints a key');
  key = child.key;
});
afterAll(async () => {
  await home.remove();
  await upstream.stop();
});

const access = () => ({ url: child.url, key });

/** Beside the running gateway, as a second process would: a command of its own takes a second to start. */
async function withOffice<T>(work: (office: Office) => Promise<T>): Promise<T> {
  const office = await openOffice(readSettings(home.environment));
  try {
    return await work(office);
  } finally {
    await office.close();
  }
}

test('a first start serves with the simulator, and shows its key this once', async () => {
  const said = await chatClient(access()).ask('simulator', false, 'Hello');
  expect(said.text).toMatch(/simulator.*Hello/);
});

describe('the declarative tree', () => {
  const file = (name: string) => join(home.directory, name);

  test('is planned, applied, in force in the running gateway at once, and exported as it was', async () => {
    await writeFile(
      file('bartizan.yaml'),
      configuration(upstream.url, { applications: { demo: {}, desk: {} } }),
    );
    expect(await home.run(['plan', '-f', file('bartizan.yaml')])).toMatch(/anthropic/);
    expect(await ask(OPENAI_CHAT, access(), { model: 'anthropic.plain' })).toMatchObject({ status: 404 });

    expect(await home.run(['apply', '-f', file('bartizan.yaml')])).toMatch(/version 2 is in force/);
    await until(async () =>
      (await ask(OPENAI_CHAT, access(), { model: 'anthropic.plain' })).status === 200 ? true : undefined,
    );

    const [again] = await Promise.all([
      home.run(['apply', '-f', file('bartizan.yaml')]),
      home.run(['export', '-o', file('exported.yaml')]),
    ]);
    expect(again).toMatch(/nothing to change: version 2/);
    expect(await readFile(file('exported.yaml'), 'utf8')).toContain('anthropic');
    expect(await home.run(['plan', '-f', file('exported.yaml')])).toMatch(/nothing would change/);
  });

  test('with something wrong in it is refused by the line, and the old one stays', async () => {
    await writeFile(
      file('odd.yaml'),
      'version: 1\napplications:\n  demo:\n    purpose: x\n    colour: red\n',
    );
    await writeFile(
      file('broken.yaml'),
      'version: 1\napplications: { demo: {} }\npolicies:\n  broken:\n    cedar: permit (principal, action, resource) when { context.nonsense };\n',
    );
    await Promise.all([
      expect(home.run(['apply', '-f', file('odd.yaml')])).rejects.toThrow(/5.*colour|colour.*5/s),
      expect(home.run(['apply', '-f', file('broken.yaml')])).rejects.toThrow(/broken/),
    ]);
    expect(await ask(OPENAI_CHAT, access(), { model: 'anthropic.plain' })).toMatchObject({ status: 200 });
  });
});

test('keys are made, listed without their value, rotated and revoked, in the running gateway within a second', async () => {
  const [created] = await Promise.all([
    home.run(['keys', 'create', '-a', 'desk', '-p', 'person:ada']),
    expect(home.run(['keys', 'create', '-a', 'nobody'])).rejects.toThrow(
      /^there is no application "nobody"\s*$/,
    ),
  ]);
  const [id = '', made = ''] = created.split('\n');
  expect(made).toMatch(/^bz_/);
  const status = async (of: string) =>
    (await ask(OPENAI_CHAT, { ...access(), key: of }, { model: 'openai.plain' })).status;
  expect(await status(made)).toBe(200);
  const [listed, rotated] = await Promise.all([home.run(['keys', 'list']), home.run(['keys', 'rotate', id])]);
  expect(listed).toMatch(new RegExp(`${id}.*desk.*person:ada.*active`));
  expect(listed).not.toContain(made);
  const [, next = ''] = rotated.split('\n');
  expect([await status(made), await status(next)]).toEqual([200, 200]);
  await home.run(['keys', 'revoke', id]);
  const revokedAt = performance.now();
  await until(async () => ((await status(made)) === 401 ? true : undefined));
  expect(performance.now() - revokedAt).toBeLessThan(1_000);
  expect(await status(next)).toBe(200);
});

test('secrets are read from standard input, never shown, and used for the provider that names them', async () => {
  await Promise.all([
    expect(home.run(['secrets', 'set', 'openai-key'], '')).rejects.toThrow(/standard input/),
    home.run(['secrets', 'set', 'openai-key'], 'sk-from-the-secret-store\n'),
  ]);
  const tree = JSON.parse(configuration(upstream.url, { applications: { demo: {}, desk: {} } })) as {
    providers: { openai: Record<string, unknown> };
  };
  tree.providers.openai['credential'] = { secret: 'openai-key' };
  const file = join(home.directory, 'secret.yaml');
  await writeFile(file, JSON.stringify(tree));
  const [listed] = await Promise.all([home.run(['secrets', 'list']), home.run(['apply', '-f', file])]);
  expect(listed).toContain('openai-key');
  expect(listed).not.toContain('sk-from');
  const isUsed = (secret: string) =>
    until(async () => {
      await ask(OPENAI_CHAT, access(), { model: 'openai.plain' });
      return upstream.last('plain').headers.authorization === `Bearer ${secret}` ? true : undefined;
    });
  await isUsed('sk-from-the-secret-store');
  await home.run(['secrets', 'set', 'openai-key'], 'sk-the-next-one\n');
  await isUsed('sk-the-next-one');
});

test('the record is tailed, shown and exported, administration and the first key included', async () => {
  const { id } = await ask(OPENAI_CHAT, access(), { model: 'openai.plain', prompt: 'grace@example.org' });
  const [tail, shown, exported] = await Promise.all([
    home.run(['audit', 'tail', '-n', '50']),
    home.run(['audit', 'show', id]),
    home.run(['audit', 'export']),
  ]);
  expect(tail).toMatch(new RegExp(`child/\\d+  ${id}  service:demo  openai.plain  .*answered`));
  expect(tail).not.toContain('grace@example.org');
  expect(JSON.parse(shown)).toMatchObject({ id, outcome: 'answered', instance: 'child' });
  const all = exported
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as RecordedEntry]));
  const actionsOf = (entries: readonly RecordedEntry[]) =>
    entries.flatMap(({ entry }) => (entry.kind === 'administration' ? [entry.action] : []));
  expect(actionsOf(all)).toEqual(
    expect.arrayContaining(['configuration.apply', 'key.create', 'key.rotate', 'key.revoke', 'secret.set']),
  );
  expect(actionsOf(all.filter(({ instance }) => instance === 'child'))).toContain('key.create');
  for (const instance of new Set(all.map((entry) => entry.instance))) {
    const numbers = all.filter((entry) => entry.instance === instance).map(({ sequence }) => sequence);
    expect(numbers).toEqual(numbers.map((_, i) => i + 1));
  }
});

test('usage is told by application, principal and model', async () => {
  const isFlushed = () =>
    withOffice(async ({ stores, clock }) => {
      const rows = await stores.usage.read({ fromMs: 0, toMs: clock.now() + 86_400_000 });
      return rows.some(
        ({ application, model }) => application === 'demo' && /^openai\.(?:plain|\*)$/.test(model),
      )
        ? true
        : undefined;
    });
  await until(isFlushed, 15_000);
  expect(await home.run(['usage'])).toMatch(/demo {2}service:demo {2}openai\.(?:plain|\*)/);
});

test('health, readiness and metrics are told to whoever asks, without content', async () => {
  expect(await (await fetch(`${child.url}/healthz`)).json()).toEqual({ status: 'alive' });
  expect(await (await fetch(`${child.url}/readyz`)).json()).toEqual({ status: 'ready' });
  const metrics = await (await fetch(`${child.url}/metrics`)).text();
  expect(metrics).toMatch(/^bartizan_requests_total\{.*\} [1-9]/m);
  expect(metrics).not.toContain('grace@example.org');
});

test('SIGTERM lets a running stream finish, refuses what comes meanwhile, and loses nothing recorded', async () => {
  const { data: stream, response } = await openaiClient(access())
    .chat.completions.create({
      model: 'openai.slow',
      messages: [{ role: 'user', content: 'go on' }],
      stream: true,
    })
    .withResponse();
  const pieces = stream[Symbol.asyncIterator]();
  await pieces.next();
  const ended = child.stop();
  await new Promise((resolve) => setTimeout(resolve, 100));
  const late = await ask(OPENAI_CHAT, access(), { model: 'openai.plain' }).then(
    ({ status }) => status,
    () => 'refused',
  );
  expect([503, 'refused']).toContain(late);
  let heard = '';
  for (let step = await pieces.next(); !step.done; step = await pieces.next())
    heard += step.value.choices[0]?.delta.content ?? '';
  expect(SLOW_TEXT.slice(-heard.length)).toBe(heard);
  expect(heard.length).toBeGreaterThan(SLOW_TEXT.length - 20);
  expect(await ended).toBe(0);
  const id = response.headers.get('x-bartizan-request-id');
  const { entries } = await withOffice(({ audit }) => audit.read({ id: id ?? '', limit: 10 }));
  const recorded = entries.map(({ entry }) => entry);
  expect(recorded).toMatchObject([{ outcome: 'released' }, { kind: 'interaction_end', outcome: 'answered' }]);
});
