import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { randomBytes } from 'node:crypto';
import { openMemoryStores } from '../../adapters/memory/memory.ts';
import { systemClock } from '../../base/clock.ts';
import { createAudit, createKeyring, type Audit } from '../../modules/audit/audit.ts';
import type { Cursors } from './cursors.ts';
import type { Destination, Siem, SiemObserver } from './siem.ts';
import { createSiem, sendOne, statusOf } from './siem.ts';
import { SinkError, Unacceptable, type ExportItem, type Rejection, type Sink } from './sink.ts';
import { applied } from './testdata/records.ts';

const MASTER_KEYS = [{ id: 'master', key: randomBytes(32) }];
const PRODUCT = { version: '1', log: 'log.test' };
const PACE = { idleMs: 2, firstRetryMs: 1, longestRetryMs: 4, leaseMs: 1_000 };
type Deliver = Sink['deliver'];

const started: Siem[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((siem) => siem.stop(0)));
});

function observed() {
  const seen = { sent: 0, rejected: [] as number[], failures: [] as string[], lost: 0, behind: 0 };
  const observer: SiemObserver = {
    sent: (_, count) => void (seen.sent += count),
    rejected: (_, { position }) => void seen.rejected.push(position),
    failed: (_, reason) => void seen.failures.push(reason),
    lost: (_, count) => void (seen.lost += count),
    behind: (_, entries) => void (seen.behind = entries),
  };
  return { seen, observer };
}

interface World {
  readonly source: Audit;
  readonly cursors: Cursors;
}

async function world(count: number): Promise<World> {
  const stores = openMemoryStores({ instance: 'one' });
  const source = createAudit({
    store: stores.audit,
    keyring: await createKeyring({ store: stores.keys, masterKeys: MASTER_KEYS, clock: systemClock }),
    origin: 'log.test',
    timeoutMs: 1_000,
    clock: systemClock,
  });
  for (let i = 0; i < count; i++) await source.append({ ...applied, id: `adm_${i}` });
  return { source, cursors: stores.siemCursors };
}

function destination(deliver: Deliver, options: Partial<Destination> = {}): Destination {
  return {
    name: 'there',
    format: 'json',
    from: 'beginning',
    batch: 7,
    timeoutMs: 200,
    settings: '1',
    open: async () => ({ deliver, close: () => Promise.resolve() }),
    ...options,
  };
}

function start({ source, cursors }: World, destinations: readonly Destination[], holder = 'one') {
  const { seen, observer } = observed();
  const siem = createSiem({
    destinations,
    source,
    cursors,
    observer,
    product: PRODUCT,
    holder,
    pace: PACE,
  });
  started.push(siem);
  return { siem, seen };
}

const arrivesAt = async (cursors: Cursors, position: number, name = 'there') =>
  vi.waitFor(async () => expect((await cursors.read(name))?.position).toBe(position), {
    timeout: 5_000,
    interval: 2,
  });

/** Positions in the order in which they were first seen. */
const firsts = (positions: readonly number[]) => [...new Set(positions)];
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('every entry arrives at least once and in order', () => {
  type Fate = 'take' | 'throw' | 'take and throw' | 'hang' | 'nonsense' | 'restart';
  const fates = fc.array(
    fc.constantFrom<Fate>('take', 'throw', 'take and throw', 'hang', 'nonsense', 'restart'),
    { maxLength: 12 },
  );

  test('however the record is cut into batches, whatever fails, and whenever the process ends', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 1, max: 9 }),
        fates,
        async (count, batch, plan) => {
          const place = await world(count);
          const arrived: number[] = [];
          const waiting = [...plan];
          let restart: (() => void) | undefined;
          const deliver: Deliver = async (items) => {
            const fate = waiting.shift() ?? 'take';
            if (fate === 'throw') throw new SinkError('no');
            if (fate === 'hang') return new Promise(() => undefined);
            if (fate === 'nonsense') return undefined as unknown as Rejection[];
            if (fate !== 'restart') arrived.push(...items.map(({ position }) => position));
            if (fate === 'take and throw') throw new SinkError('no');
            if (fate === 'restart') {
              restart?.();
              return new Promise(() => undefined);
            }
            return [];
          };
          const to = () => [destination(deliver, { batch, timeoutMs: 5 })];
          for (;;) {
            const restarted = new Promise<'restart'>((resolve) => (restart = () => resolve('restart')));
            const { siem } = start(place, to());
            const whole = count === 0 ? sleep(5) : arrivesAt(place.cursors, count);
            const end = await Promise.race([whole, restarted]);
            await siem.stop(0);
            if (end !== 'restart') break;
          }
          expect(firsts(arrived)).toEqual(upTo(count));
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);

  test('to two destinations apart: one that fails does not hold up the other', async () => {
    const place = await world(30);
    const arrived: number[] = [];
    const { seen } = start(place, [
      destination(async (items) => (arrived.push(...items.map(({ position }) => position)), []), {
        name: 'good',
      }),
      destination(() => Promise.reject(new SinkError('down')), { name: 'bad' }),
    ]);
    await arrivesAt(place.cursors, 30, 'good');
    await vi.waitFor(() => expect(seen.failures.length).toBeGreaterThan(3));
    expect(arrived).toEqual(upTo(30));
    expect(await statusOf('bad', { source: place.source, cursors: place.cursors })).toMatchObject({
      entries: 30,
      cursor: { position: 0, failure: { reason: 'down' } },
    });
    await vi.waitFor(() => expect(seen.behind).toBeGreaterThan(0));
  });

  test('and is never sent by two processes at once', async () => {
    const place = await world(0);
    let busy = 0;
    const arrived: number[] = [];
    const deliver: Deliver = async (items) => {
      busy++;
      expect(busy).toBe(1);
      await sleep(1);
      busy--;
      arrived.push(...items.map(({ position }) => position));
      return [];
    };
    start(place, [destination(deliver, { batch: 2 })], 'one');
    start(place, [destination(deliver, { batch: 2 })], 'two');
    for (let i = 0; i < 60; i++) await place.source.append(applied);
    await arrivesAt(place.cursors, 60);
    expect(arrived).toEqual(upTo(60));
  });
});

describe('a guard', () => {
  const guards: readonly (readonly [string, () => Promise<readonly Rejection[]>, string])[] = [
    [
      'throws at once',
      () => {
        throw new TypeError('quotes alice@example.com');
      },
      'TypeError',
    ],
    ['rejects', () => Promise.reject(new SinkError('refused')), 'refused'],
    ['hangs', () => new Promise(() => undefined), 'deadline'],
    ['answers with nothing', async () => undefined as unknown as Rejection[], 'nonsense'],
    ['rejects what it was not given', async () => [{ position: 99, reason: 'x' }], 'nonsense'],
    [
      'rejects one entry twice',
      async () => [
        { position: 1, reason: 'x' },
        { position: 1, reason: 'x' },
      ],
      'nonsense',
    ],
    [
      'rejects everything',
      async () => upTo(3).map((position) => ({ position, reason: 'x' })),
      'rejects_everything',
    ],
    ['gives a reason that quotes', () => Promise.reject(new SinkError('bad: alice@example.com')), 'unknown'],
  ];

  test.each(guards)(
    'against a sink that %s: nothing is taken for sent, and a code says why',
    async (_, deliver, code) => {
      const place = await world(3);
      const { seen } = start(place, [destination(deliver, { timeoutMs: 20 })]);
      await vi.waitFor(() => expect(seen.failures.length).toBeGreaterThan(1));
      expect(new Set(seen.failures)).toEqual(new Set([code]));
      expect((await place.cursors.read('there'))?.position).toBe(0);
      expect(seen.sent).toBe(0);
    },
  );

  test.each([
    ['throws', () => Promise.reject(new Error('no'))],
    ['hangs', () => new Promise<Sink>(() => undefined)],
  ])('against a destination that %s when it is opened', async (_, open) => {
    const place = await world(3);
    const { seen, siem } = start(place, [destination(async () => [], { open, timeoutMs: 10 })]);
    await vi.waitFor(() => expect(seen.failures.length).toBeGreaterThan(0), { timeout: 8_000 });
    await siem.stop(0);
    expect((await place.cursors.read('there'))?.position).toBe(0);
  });

  const sources: readonly (readonly [string, World['source']['read']])[] = [
    ['throws', () => Promise.reject(new Error('no'))],
    [
      'gives what was asked for before',
      async () => ({
        entries: [{ instance: 'one', sequence: 1, index: 0, hasContent: false, position: 0, entry: applied }],
      }),
    ],
    ['gives nothing that could be read', async () => ({}) as never],
  ];
  test.each(sources)('against a record that %s: the cursor does not move', async (_, read) => {
    const place = await world(0);
    const { seen } = start({ ...place, source: { ...place.source, read } }, [destination(async () => [])]);
    await vi.waitFor(() => expect(seen.failures.length).toBeGreaterThan(1));
    expect((await place.cursors.read('there'))?.position ?? 0).toBe(0);
  });

  test('against cursors that cannot be kept: the batch is sent again, none is skipped', async () => {
    const place = await world(20);
    let saves = 0;
    const cursors: Cursors = {
      ...place.cursors,
      save: (...args) =>
        ++saves % 3 === 0 ? Promise.reject(new Error('disk full')) : place.cursors.save(...args),
    };
    const arrived: number[] = [];
    start({ ...place, cursors }, [
      destination(async (items) => (arrived.push(...items.map(({ position }) => position)), []), {
        batch: 3,
      }),
    ]);
    await arrivesAt(place.cursors, 20);
    expect(firsts(arrived)).toEqual(upTo(20));
  });
});

describe('an entry that is rejected for good', () => {
  const bad = new Set([4, 9, 10]);
  const sinks: Readonly<Record<string, Deliver>> = {
    'is named by the sink': async (items) =>
      items.filter(({ position }) => bad.has(position)).map(({ position }) => ({ position, reason: 'odd' })),
    'is pointed at': async (items) => {
      const index = items.findIndex(({ position }) => bad.has(position));
      if (index >= 0) throw new Unacceptable('odd', index);
      return [];
    },
    'is searched for': async (items) => {
      if (items.some(({ position }) => bad.has(position))) throw new Unacceptable('odd');
      return [];
    },
  };

  test.each(Object.entries(sinks))(
    'and %s is passed, counted and told by its position',
    async (_, deliver) => {
      const place = await world(24);
      const arrived: number[] = [];
      const { seen } = start(place, [
        destination(async (items, signal) => {
          const rejections = await deliver(items, signal);
          const rejected = new Set(rejections.map(({ position }) => position));
          arrived.push(
            ...items.map(({ position }) => position).filter((position) => !rejected.has(position)),
          );
          return rejections;
        }),
      ]);
      await arrivesAt(place.cursors, 24);
      expect(firsts(arrived)).toEqual(upTo(24).filter((position) => !bad.has(position)));
      await vi.waitFor(() => expect(seen.rejected).toEqual([...bad]));
      expect(await place.cursors.read('there')).toMatchObject({
        sent: 21,
        rejected: 3,
        rejectedPositions: [...bad],
        failure: null,
      });
    },
  );
});

describe('destinations', () => {
  const collector = () => {
    const items: ExportItem[] = [];
    const deliver: Deliver = async (batch) => (items.push(...batch), []);
    return { items, deliver };
  };

  test('begin now, or at the beginning', async () => {
    const place = await world(5);
    const [now, all] = [collector(), collector()];
    start(place, [
      destination(now.deliver, { name: 'now', from: 'now' }),
      destination(all.deliver, { name: 'all' }),
    ]);
    await arrivesAt(place.cursors, 5, 'now');
    await place.source.append(applied);
    await arrivesAt(place.cursors, 6, 'now');
    await arrivesAt(place.cursors, 6, 'all');
    expect(now.items.map(({ position }) => position)).toEqual([6]);
    expect(all.items.map(({ position }) => position)).toEqual(upTo(6));
  });

  test('are added, changed and removed while others go on, and continue where they stopped', async () => {
    const place = await world(4);
    const [first, second] = [collector(), collector()];
    let opened = 0;
    const open = async () => (opened++, { deliver: first.deliver, close: () => Promise.resolve() });
    const kept = destination(first.deliver, { name: 'kept', open });
    const { siem } = start(place, [kept, destination(second.deliver)]);
    await arrivesAt(place.cursors, 4);
    await siem.configure([{ ...kept }]);
    await place.source.append(applied);
    await arrivesAt(place.cursors, 5, 'kept');
    expect(second.items).toHaveLength(4);
    await siem.configure([{ ...kept }, destination(second.deliver, { settings: '2', from: 'now' })]);
    await arrivesAt(place.cursors, 5);
    expect(second.items.map(({ position }) => position)).toEqual(upTo(5));
    expect(opened).toBe(1);
  });

  test('are told of what was removed from the record before they took it, but not of what went before them', async () => {
    const place = await world(30);
    const removed = new Set([1, 2, 3, 12, 13, 20]);
    const read: Audit['read'] = async (query) => {
      const { entries } = await place.source.read({ ...query, limit: 100 });
      return { entries: entries.filter(({ position }) => !removed.has(position)).slice(0, query.limit) };
    };
    const { items, deliver } = collector();
    const { seen } = start({ ...place, source: { ...place.source, read } }, [destination(deliver)]);
    await arrivesAt(place.cursors, 30);
    await vi.waitFor(() => expect(seen.lost).toBe(3));
    expect(items.map(({ position }) => position)).toEqual(
      upTo(30).filter((position) => !removed.has(position)),
    );
  });

  test('are rewound while they run', async () => {
    const place = await world(6);
    const { items, deliver } = collector();
    start(place, [destination(deliver)]);
    await arrivesAt(place.cursors, 6);
    await place.cursors.rewind('there', 3);
    await place.source.append(applied);
    await arrivesAt(place.cursors, 7);
    const positions = items.map(({ position }) => position);
    expect(positions.slice(-4)).toEqual([4, 5, 6, 7]);
  });

  test('finish the batch under way when the gateway stops', async () => {
    const place = await world(3);
    const arrived: number[] = [];
    const { siem } = start(place, [
      destination(async (items) => {
        await sleep(40);
        arrived.push(...items.map(({ position }) => position));
        return [];
      }),
    ]);
    await sleep(15);
    await siem.stop(1_000);
    expect(arrived).toEqual([1, 2, 3]);
    expect((await place.cursors.read('there'))?.position).toBe(3);
    expect(await place.cursors.take('there', 'another', { nowMs: Date.now(), untilMs: 0 }, 0)).toBeDefined();
  });

  test('let go of a sink that hangs when the gateway stops', async () => {
    const place = await world(3);
    const { siem } = start(place, [destination(() => new Promise(() => undefined), { timeoutMs: 60_000 })]);
    await sleep(10);
    const begin = performance.now();
    await siem.stop(20);
    expect(performance.now() - begin).toBeLessThan(2_000);
  });

  test('hold no more than one batch in memory, however slow they are', async () => {
    const place = await world(50);
    let most = 0;
    const read: Audit['read'] = async (query) => {
      most = Math.max(most, query.limit);
      return place.source.read(query);
    };
    let reads = 0;
    const counted: Audit['read'] = (query) => (query.after !== undefined && reads++, read(query));
    start({ ...place, source: { ...place.source, read: counted } }, [
      destination(async () => {
        await sleep(50);
        return [];
      }),
    ]);
    await sleep(80);
    expect(most).toBe(7);
    expect(reads).toBeLessThan(6);
  });

  test('take one entry on demand, and say why they do not', async () => {
    const recorded = {
      instance: 'one',
      sequence: 1,
      index: 0,
      hasContent: false,
      position: 1,
      entry: applied,
    };
    const { items, deliver } = collector();
    await sendOne(destination(deliver), recorded, PRODUCT);
    expect(items).toHaveLength(1);
    const refusing = destination(async () => [{ position: 1, reason: 'odd' }]);
    await expect(sendOne(refusing, recorded, PRODUCT)).rejects.toThrow('odd');
    await expect(
      sendOne(
        destination(() => Promise.reject(new SinkError('down'))),
        recorded,
        PRODUCT,
      ),
    ).rejects.toThrow('down');
  });
});
