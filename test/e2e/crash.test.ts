/** `kill -9` in the middle of load: no answer that anybody received is without its record, and no number is missing. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openOffice } from '../../src/compose/office.ts';
import { readSettings } from '../../src/config.ts';
import type { RecordedEntry } from '../../src/domain/record.ts';
import { makeHome, type Home } from './child.ts';
import { DIALECTS, type Dialect } from './dialects.ts';

/** Rounds of load, kill and restart; more of them look longer for what is rare. */
const ROUNDS = Number(process.env['BARTIZAN_CRASH_ROUNDS'] ?? 5);
const CLIENTS = 16;

let home: Home;

beforeAll(async () => {
  home = await makeHome(
    {},
    JSON.stringify({
      version: 1,
      applications: { demo: {} },
      policies: { all: { cedar: 'permit (principal, action, resource);' } },
      providers: { quick: { kind: 'simulator' }, slow: { kind: 'simulator', delay_ms: 3 } },
      models: {
        quick: { candidates: [{ provider: 'quick' }] },
        slow: { candidates: [{ provider: 'slow' }] },
      },
      guardrails: { 'personal-data': { scanner: 'pii', action: 'pseudonymize', directions: ['request'] } },
    }),
  );
});
afterAll(() => home.remove());

interface Received {
  readonly id: string;
  readonly isStream: boolean;
  /** Whether the answer was read to its end. */
  readonly isWhole: boolean;
}

/** Asks one after the other until the gateway is gone; everything of which at least the head arrived is noted. */
async function load(
  access: { url: string; key: string },
  client: number,
  received: Received[],
): Promise<void> {
  for (let i = 0; ; i++) {
    const isStream = (client + i) % 2 === 0;
    const dialect = DIALECTS[i % DIALECTS.length]!;
    const answer = await request(dialect, access, isStream).catch(() => undefined);
    if (answer === undefined) return;
    const id = answer.headers.get('x-bartizan-request-id') ?? '';
    const isWhole = await answer.text().then(
      () => true,
      () => false,
    );
    received.push({ id, isStream, isWhole });
    if (!isWhole) return;
  }
}

function request(
  dialect: Dialect,
  { url, key }: { url: string; key: string },
  stream: boolean,
): Promise<Response> {
  const model = stream ? 'slow' : 'quick';
  return fetch(url + dialect.path(model, stream), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...dialect.credential(key) },
    body: JSON.stringify(dialect.body(model, 'Tell me a story of some length, '.repeat(20), stream)),
  });
}

async function record(): Promise<readonly RecordedEntry[]> {
  const office = await openOffice(readSettings(home.environment));
  try {
    const entries: RecordedEntry[] = [];
    for (let after = 0; ; ) {
      const page = (await office.audit.read({ instance: 'child', after, limit: 10_000 })).entries;
      entries.push(...page);
      const last = page.at(-1);
      if (!last) return entries;
      after = last.position;
    }
  } finally {
    await office.close();
  }
}

test(`after each of ${ROUNDS} kills, all that was received is recorded, and what was cut off is ended`, async () => {
  let key = '';
  const received: Received[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const child = await home.start();
    key = child.key ?? key;
    const before = received.length;
    const clients = Array.from({ length: CLIENTS }, (_, client) =>
      load({ url: child.url, key }, client, received),
    );
    // Under load, however slow the machine is: a process that answered nobody yet has nothing to lose.
    await vi.waitUntil(() => received.length > before, { timeout: 10_000, interval: 5 });
    await new Promise((resolve) => setTimeout(resolve, 200 + 97 * round));
    await child.kill();
    await Promise.all(clients);
    expect(received.length).toBeGreaterThan(before);
  }
  // What the last kill cut off is ended by the next start.
  const last = await home.start();
  expect(await last.stop()).toBe(0);

  const entries = await record();
  expect(entries.map(({ sequence }) => sequence)).toEqual(entries.map((_, i) => i + 1));
  const first = new Map<string, RecordedEntry['entry']>();
  const ends = new Map<string, RecordedEntry['entry']>();
  for (const { entry } of entries) {
    if (entry.kind === 'interaction') first.set(entry.id, entry);
    if (entry.kind === 'interaction_end') {
      expect(ends.has(entry.id)).toBe(false);
      ends.set(entry.id, entry);
    }
  }
  expect(received.filter(({ id }) => !first.has(id))).toEqual([]);
  const released = [...first.values()].filter(
    (entry) => entry.kind === 'interaction' && entry.outcome === 'released',
  );
  expect(released.length).toBeGreaterThan(0);
  expect(released.filter(({ id }) => !ends.has(id))).toEqual([]);
  const cut = received.filter(({ isWhole, isStream }) => isStream && !isWhole);
  expect(cut.length).toBeGreaterThanOrEqual(ROUNDS);
  for (const { id } of cut) expect(ends.get(id)).toMatchObject({ outcome: 'interrupted' });
  expect(
    [...ends.values()].filter((entry) => entry.kind === 'interaction_end' && entry.outcome === 'answered')
      .length,
  ).toBeGreaterThan(0);
}, 120_000);
