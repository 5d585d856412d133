/** The record exported by a gateway in a process of its own: killed in the middle, started again, and nothing is missing. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openOffice, type Office } from '../../src/compose/office.ts';
import { readSettings } from '../../src/config.ts';
import type { RecordedEntry } from '../../src/domain/record.ts';
import { statusOf, type DestinationStatus } from '../../src/governance/siem/siem.ts';
import { startHttpServer, type HttpServer } from '../sinks/http-server.ts';
import { makeHome, type ChildGateway, type Home } from './child.ts';
import { until } from './gateway.ts';

const CLIENTS = 4;

let splunk: HttpServer;
/** Whether Splunk takes anything at present. */
let isUp = true;
let home: Home;
let child: ChildGateway;
let key: string;

const lines = (name: string) => join(home.directory, name);
const configuration = (extra: Record<string, unknown> = {}) => ({
  version: 1,
  applications: { demo: {} },
  policies: { all: { cedar: 'permit (principal, action, resource);' } },
  providers: { simulator: { kind: 'simulator' } },
  models: { simulator: { candidates: [{ provider: 'simulator' }] } },
  guardrails: { secrets: { scanner: 'secrets', action: 'block', directions: ['request'] } },
  siem: {
    file: { to: 'file', path: lines('audit.jsonl'), format: 'json', from: 'beginning' },
    splunk: {
      to: 'splunk',
      url: splunk.url,
      token: { env: 'SPLUNK_TOKEN' },
      allow_private_network: true,
      from: 'beginning',
      batch: 5,
    },
    ...extra,
  },
});

beforeAll(async () => {
  splunk = await startHttpServer(() => (isUp ? [200, { text: 'Success', code: 0 }] : [503, { code: 9 }]));
  home = await makeHome({ SPLUNK_TOKEN: 'splunk-token-value' });
  await writeFile(lines('bartizan.yaml'), JSON.stringify(configuration()));
  child = await home.start();
  key = child.key ?? '';
  await home.run(['apply', '-f', lines('bartizan.yaml')]);
});
afterAll(async () => {
  await home.remove();
  await splunk.stop();
});

async function load(count: number): Promise<void> {
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_, client) => {
      for (let i = 0; i < count; i++) {
        const body = {
          model: 'simulator',
          stream: i % 2 === 0,
          messages: [{ role: 'user', content: `alice@example.com asks ${client}/${i}` }],
        };
        const answer = await fetch(`${child.url}/v1/chat/completions`, {
          method: 'POST',
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }).catch(() => undefined);
        if (answer === undefined) return;
        await answer.text().catch(() => '');
      }
    }),
  );
}

const placeOf = ({ instance, sequence }: Pick<RecordedEntry, 'instance' | 'sequence'>) =>
  `${instance}/${sequence}`;
const unique = (places: readonly string[]) => [...new Set(places)];

/** Beside the running gateway, as a second process would: a command of its own takes a second to start. */
async function withOffice<T>(work: (office: Office) => Promise<T>): Promise<T> {
  const office = await openOffice(readSettings(home.environment));
  try {
    return await work(office);
  } finally {
    await office.close();
  }
}

const recordedPlaces = () =>
  withOffice(async ({ audit }) => (await audit.read({ limit: 100_000 })).entries.map(placeOf));

const isThere = (name: string, isWanted: (status: DestinationStatus) => boolean) =>
  until(
    () =>
      withOffice(async ({ audit: source, stores: { siemCursors: cursors } }) =>
        isWanted(await statusOf(name, { source, cursors })) ? true : undefined,
      ),
    30_000,
  );

async function filedPlaces(name = 'audit.jsonl'): Promise<string[]> {
  const text = await readFile(lines(name), 'utf8').catch(() => '');
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => placeOf(JSON.parse(line) as RecordedEntry));
}

function splunkPlaces(): string[] {
  return splunk.requests.flatMap(({ body }) =>
    body.split('\n').map((line) => {
      const { event } = JSON.parse(line) as { event: { metadata: { uid: string } } };
      return event.metadata.uid;
    }),
  );
}

async function everythingArrived(): Promise<readonly string[]> {
  const recorded = await recordedPlaces();
  const has = (places: readonly string[]) => recorded.every((place) => places.includes(place));
  await until(async () => (has(await filedPlaces()) && has(splunkPlaces()) ? true : undefined), 60_000);
  return recorded;
}

test('everything arrives at two destinations, in order, over a kill in the middle of load and an outage', async () => {
  await load(10);
  isUp = false;
  const loading = load(1_000);
  await new Promise((resolve) => setTimeout(resolve, 700));
  await child.kill();
  await loading;
  isUp = true;
  child = await home.start();
  await load(10);
  const recorded = await everythingArrived();
  expect(recorded.length).toBeGreaterThan(100);
  expect(unique(await filedPlaces())).toEqual(recorded);
  expect(unique(splunkPlaces())).toEqual(recorded);
  const sent =
    splunk.requests.map(({ body }) => body).join('\n') + (await readFile(lines('audit.jsonl'), 'utf8'));
  expect(sent).not.toMatch(/alice|splunk-token-value/);
  expect(splunk.requests[0]?.headers['authorization']).toBe('Splunk splunk-token-value');
}, 180_000);

test('a destination that is added begins without a restart, and one that is taken away ends', async () => {
  const more = { more: { to: 'file', path: lines('more.jsonl'), format: 'json' } };
  await writeFile(lines('bartizan.yaml'), JSON.stringify(configuration(more)));
  expect(await home.run(['apply', '-f', lines('bartizan.yaml')])).toContain('+ siem.more');
  expect(await home.run(['export'])).toContain('more.jsonl');
  await isThere('more', ({ cursor }) => cursor !== undefined);
  await load(1);
  const recorded = await everythingArrived();
  const last = recorded.at(-1) ?? '';
  await until(async () => ((await filedPlaces('more.jsonl')).includes(last) ? true : undefined));
  expect((await filedPlaces('more.jsonl')).length).toBeLessThan(recorded.length);
  await writeFile(lines('bartizan.yaml'), JSON.stringify(configuration()));
  await home.run(['apply', '-f', lines('bartizan.yaml')]);
  // The running gateway notices by itself, a moment later.
  await until(async () => {
    const before = await filedPlaces('more.jsonl');
    await load(1);
    await everythingArrived();
    return (await filedPlaces('more.jsonl')).length === before.length ? true : undefined;
  }, 60_000);
}, 180_000);
