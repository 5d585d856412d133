import { randomBytes } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { openMemoryStores } from '../../adapters/memory/memory.ts';
import { canonicalJson } from '../../base/canonical-json.ts';
import type { AdministrationEntry, InteractionEntry, Outcome } from '../../domain/record.ts';
import { Refusal } from '../../domain/refusal.ts';
import { createAudit, createKeyring } from './audit.ts';
import type { AuditStore } from './store.ts';

const clock = { now: () => 5_000 };
const masterKeys = [{ id: 'master', key: randomBytes(32) }];

function interaction(id: string, outcome: Outcome = 'answered'): InteractionEntry {
  return {
    kind: 'interaction',
    id,
    at: 1_000,
    snapshot: 's1',
    endpoint: 'openai.chat',
    stream: false,
    application: 'app',
    credential: 'key_7',
    principal: { kind: 'person', id: 'ada' },
    metadata: { ticket: 'T-1', case: 'C-2' },
    policies: ['p'],
    guardrails: [{ id: 'g', version: '1', action: 'flag', findings: 1, direction: 'request' }],
    quiet: { response: 'a@1', request: 'b@1' },
    findings: [
      {
        direction: 'request',
        guardrail: 'g',
        scanner: 'pii',
        kind: 'EMAIL_ADDRESS',
        pointer: '/messages/0/content',
        start: 3,
        end: 9,
        confidence: 0.5,
      },
    ],
    moreFindings: 0,
    action: 'flag',
    attempts: [{ provider: 'p', model: 'm', result: '200', durationMs: 3 }],
    inquiries: [
      {
        guardrail: 'j',
        direction: 'request',
        configuredModel: 'reviewer',
        provider: 'p',
        providerModel: 'm',
        result: 'answered',
        count: 2,
        attempts: 3,
        durationMs: 9.5,
        longestMs: 6,
        inputTokens: 20,
        outputTokens: 4,
        costMicros: 7,
      },
      { guardrail: 'w', direction: 'response', result: '503', count: 1, durationMs: 1, longestMs: 1 },
    ],
    refusedBy: 'w',
    outcome,
    usage: {
      inputTokens: 1,
      outputTokens: 2,
      cachedInputTokens: 0,
      cacheWriteTokens: 0,
      reasoningTokens: 0,
      source: 'reported',
    },
    timings: { total: 3, identity: 1 },
    events: {},
    content: '{"request":"what was said"}',
  };
}

const administration: AdministrationEntry = {
  kind: 'administration',
  id: 'adm_1',
  at: 2_000,
  actor: 'root@host',
  action: 'configuration.apply',
  subject: 'configuration',
  before: '1',
  after: '2',
  changes: ['+ principals.ada'],
  reason: 'Ada joins',
};

async function room(change: Partial<AuditStore> = {}, timeoutMs = 1_000) {
  const stores = openMemoryStores({ instance: 'one' });
  const keyring = await createKeyring({ store: stores.keys, masterKeys, clock });
  const store = { ...stores.audit, ...change };
  const audit = createAudit({ store, keyring, origin: 'log.test', timeoutMs, clock });
  return { audit, stores, keyring };
}

describe('a new master key', () => {
  const fresh = { id: 'fresh', key: randomBytes(32) };

  test('takes over every key of the record, after which the old one is not needed', async () => {
    const { audit, stores } = await room();
    await audit.append(interaction('req_1'));
    await audit.append(administration);
    const both = await createKeyring({ store: stores.keys, masterKeys: [fresh, ...masterKeys], clock });
    // The house's own, the one for what no person asked for, and Ada's.
    expect(await both.rewrap()).toBe(3);
    expect(await both.rewrap()).toBe(0);
    const alone = await createKeyring({ store: stores.keys, masterKeys: [fresh], clock });
    expect(alone.houseKey('log key')).toEqual(both.houseKey('log key'));
    const read = createAudit({
      store: stores.audit,
      keyring: alone,
      origin: 'log.test',
      timeoutMs: 1_000,
      clock,
    });
    expect((await read.read({ limit: 1 })).entries[0]?.entry).toMatchObject({ principal: { id: 'ada' } });
    expect(await read.content(0)).toBe('{"request":"what was said"}');
    await expect(createKeyring({ store: stores.keys, masterKeys, clock })).rejects.toThrow(/not among those/);
  });

  test('changes nothing where the old one is not given', async () => {
    const { audit, stores } = await room();
    await audit.append(interaction('req_1'));
    const before = await stores.keys.list('', 10);
    await expect(createKeyring({ store: stores.keys, masterKeys: [fresh], clock })).rejects.toThrow(
      /wrapped by the master key master, which is not among those given/,
    );
    expect(await stores.keys.list('', 10)).toEqual(before);
  });
});

test('many who are new at once have one key', async () => {
  const { keyring } = await room();
  await Promise.all(Array.from({ length: 20 }, async () => keyring.of('person:new')));
  expect(await keyring.find('person:new')).toHaveLength(1);
});

describe('an entry', () => {
  test('is read as it was written, and what was said apart from it', async () => {
    const { audit } = await room();
    expect(await audit.append(interaction('req_1'))).toEqual({ instance: 'one', sequence: 1, index: 0 });
    await audit.append(administration);
    const { content, ...known } = interaction('req_1');
    const { entries } = await audit.read({ limit: 5 });
    expect(entries.map(({ entry }) => entry)).toEqual([known, administration]);
    expect(entries.map(({ hasContent }) => hasContent)).toEqual([true, false]);
    expect(await audit.content(0)).toBe(content);
    expect(await audit.content(1)).toBeUndefined();
    expect(await audit.content(2)).toBeUndefined();
  });

  test('is known by whose it is, without being read', async () => {
    const unread = () => Promise.reject(new Error('it was read'));
    const { audit } = await room({ read: unread });
    for (const id of ['req_1', 'req_2']) await audit.append(interaction(id));
    await audit.append(administration);
    expect(await audit.beside([0, 1, 2, 3])).toEqual(
      new Map([
        [0, { principal: { kind: 'person', id: 'ada' }, hasContent: true }],
        [1, { principal: { kind: 'person', id: 'ada' }, hasContent: true }],
        [2, { hasContent: false }],
      ]),
    );
  });

  test('is read with what was said, and without who said it', async () => {
    const { audit } = await room();
    await audit.append(interaction('req_1'));
    await audit.append(administration);
    const [said, done] = await audit.readSaid({ limit: 5 });
    expect(said).toMatchObject({ index: 0, position: 1, entry: { id: 'req_1', kind: 'interaction' } });
    expect(said?.entry).not.toHaveProperty('principal');
    expect(said?.said()).toBe(interaction('req_1').content);
    expect(done?.said()).toBeUndefined();
  });

  test('has a leaf in canonical form, without who it was and what was said', async () => {
    const { audit, stores } = await room();
    await audit.append(interaction('req_1'));
    await audit.append({
      ...interaction('req_1'),
      kind: 'interaction_end',
      refusal: 'internal',
      status: 500,
    });
    await audit.append(administration);
    for (const { leaf } of await stores.audit.read({ limit: 5 })) {
      expect(leaf).toBe(canonicalJson(JSON.parse(leaf)));
      for (const secret of ['"ada"', 'key_7', 'T-1', 'said', 'root', 'Ada joins'])
        expect(leaf).not.toContain(secret);
    }
  });

  test('commits to the same person differently each time', async () => {
    const { audit, stores } = await room();
    await audit.append(interaction('req_1'));
    await audit.append(interaction('req_2'));
    const [one, two] = (await stores.audit.read({ limit: 5 })).map(
      ({ leaf }) => (JSON.parse(leaf) as { entry: { who: string } }).entry.who,
    );
    expect(one).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    expect(one).not.toBe(two);
  });
});

describe('what lies beside an entry', () => {
  const keyOf = async ({ keyring }: Awaited<ReturnType<typeof room>>) => {
    const [key] = await keyring.find('person:ada');
    return key?.id ?? '';
  };

  test('is not known any more once its key is destroyed, and the entry stands', async () => {
    const here = await room();
    await here.audit.append(interaction('req_1'));
    expect(await here.stores.keys.destroy([await keyOf(here)])).toBe(1);
    const { entries } = await here.audit.read({ limit: 5 });
    expect(entries[0]).toMatchObject({ hasContent: false, entry: { id: 'req_1', application: 'app' } });
    expect(entries[0]?.entry).not.toHaveProperty('principal');
    expect(await here.audit.content(0)).toBeUndefined();
    expect(await here.audit.beside([0])).toEqual(new Map([[0, { hasContent: false }]]));
    expect((await here.audit.readSaid({ limit: 1 }))[0]?.said()).toBeUndefined();
  });

  test('is not read while its subject is restricted', async () => {
    const here = await room();
    await here.audit.append(interaction('req_1'));
    const keys = await here.stores.keys.get([await keyOf(here)]);
    await here.stores.keys.replace(keys.map((key) => ({ ...key, restrictedAtMs: 1 })));
    const { entries } = await here.audit.read({ limit: 5 });
    expect(entries[0]?.entry).not.toHaveProperty('principal');
    expect(await here.audit.content(0)).toBeUndefined();
    expect(await here.audit.beside([0])).toEqual(new Map([[0, { hasContent: false }]]));
    expect((await here.audit.readSaid({ limit: 1 }))[0]?.said()).toBeUndefined();
  });

  test('does not open for another entry', async () => {
    const { audit, stores, keyring } = await room();
    await audit.append(interaction('req_1'));
    await audit.append({ ...interaction('req_2'), content: 'other' });
    const [one, two] = await stores.audit.read({ limit: 2 });
    const swapped = { ...one, content: two?.content };
    const read = () => Promise.resolve([swapped as never]);
    const moved = { index: 0, identity: { ...one?.identity, id: 'another' } };
    const beside = () => Promise.resolve([moved as never]);
    const forged = createAudit({
      store: { ...stores.audit, read, beside },
      keyring,
      origin: 'o',
      timeoutMs: 100,
      clock,
    });
    await expect(forged.content(0)).rejects.toThrow(/changed or moved/);
    await expect(forged.beside([0])).rejects.toThrow(/changed or moved/);
  });

  test('opens after the master key was changed, and not without the one that wraps it', async () => {
    const { audit, stores } = await room();
    await audit.append(interaction('req_1'));
    const newer = { id: 'newer', key: randomBytes(32) };
    const under = (keys: typeof masterKeys) => createKeyring({ store: stores.keys, masterKeys: keys, clock });
    const keyring = await under([newer, ...masterKeys]);
    const later = createAudit({ store: stores.audit, keyring, origin: 'o', timeoutMs: 100, clock });
    expect(await later.content(0)).toBe(interaction('req_1').content);
    await expect(under([newer])).rejects.toThrow(/wrapped by the master key master/);
  });
});

describe('a store that', () => {
  test.each<[string, AuditStore['append']]>([
    [
      'throws',
      () => {
        throw new Error('broken');
      },
    ],
    ['rejects', () => Promise.reject(new Error('the disk is full'))],
    ['hangs', () => new Promise(() => undefined)],
    ['gives no receipt', () => Promise.resolve(undefined as never)],
    ['gives no number', () => Promise.resolve({ instance: 'one', index: 0 } as never)],
    [
      'gives a number that is none',
      () => Promise.resolve({ instance: 'one', sequence: Number.NaN, index: 0 }),
    ],
    ['counts from 0', () => Promise.resolve({ instance: 'one', sequence: 0, index: 0 })],
    ['gives no index', () => Promise.resolve({ instance: 'one', sequence: 1 } as never)],
    ['names no instance', () => Promise.resolve({ instance: 7 as never, sequence: 1, index: 0 })],
  ])('%s refuses', async (_, append) => {
    const startedAt = performance.now();
    const { audit } = await room({ append }, 30);
    const error = await audit.append(interaction('a')).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Refusal);
    expect((error as Refusal).code).toBe('record_unavailable');
    expect((error as Refusal).cause).toBeInstanceOf(Error);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});

test('an entry that is larger than a leaf may be is refused', async () => {
  const { audit } = await room();
  const huge = { ...interaction('huge'), policies: ['x'.repeat(70_000)] };
  await expect(audit.append(huge)).rejects.toMatchObject({ code: 'record_unavailable' });
});

describe('interactions that a crash interrupted', () => {
  test('are ended as such, each once, with what was known of them', async () => {
    const { audit } = await room();
    await audit.append(interaction('open_1', 'released'));
    await audit.append(interaction('whole'));
    await audit.append(interaction('open_2', 'released'));
    await audit.append(interaction('ended', 'released'));
    await audit.append({ ...interaction('ended'), kind: 'interaction_end' });
    expect(await audit.closeInterrupted()).toBe(2);
    const { entries } = await audit.read({ limit: 10, after: 5 });
    const { content: _content, ...known } = interaction('open_1');
    expect(entries.map(({ entry }) => entry)).toEqual([
      { ...known, kind: 'interaction_end', at: 5_000, outcome: 'interrupted' },
      { ...known, id: 'open_2', kind: 'interaction_end', at: 5_000, outcome: 'interrupted' },
    ]);
    expect(await audit.closeInterrupted()).toBe(0);
  });

  test('keep the start from going on where they cannot be ended', async () => {
    const append = vi.fn(() => Promise.reject(new Error('gone')));
    const { audit, stores, keyring } = await room();
    await audit.append(interaction('open', 'released'));
    const store = { ...stores.audit, append };
    const broken = createAudit({ store, keyring, origin: 'o', timeoutMs: 100, clock });
    await expect(broken.closeInterrupted()).rejects.toThrow(Refusal);
  });
});
