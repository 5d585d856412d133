import { describe, expect, test } from 'vitest';
import { TlogError } from '../../../tlog/errors.ts';
import { parseVerifierKey } from '../../../tlog/keys.ts';
import { checkLog } from '../audit.ts';
import { readLeaf } from '../kit/read-kit.ts';
import { busyHouse, openHouse, type House } from '../kit/testdata/house.ts';
import type { AuditStore, LogStore, StoredEntry } from '../store.ts';
import { quickLeaf } from './quick-leaf.ts';

async function check(
  { store, entries, keyring, log }: House,
  change: { store?: Partial<LogStore>; entries?: Partial<AuditStore> } = {},
  order: { from?: number; isDeep?: boolean } = {},
) {
  const progress: number[] = [];
  const report = await checkLog(
    {
      store: { ...store, ...change.store },
      entries: { ...entries, ...change.entries },
      keyring,
      origin: log.origin,
      logKeys: [parseVerifierKey(log.verifierKey)],
    },
    { from: 0, isDeep: true, ...order, onProgress: (done) => void progress.push(done) },
  );
  const codes = Object.fromEntries(
    report.checks
      .filter(({ failureCount }) => failureCount > 0)
      .map(({ id, failures }) => [id, [...new Set(failures.map(({ code }) => code))]]),
  );
  return { report, codes, progress };
}

async function bigHouse(): Promise<House> {
  const house = await openHouse();
  await house.beat('gateway.started');
  await house.apply();
  for (let i = 0; i < 700; i++) {
    await house.interact(i === 650 ? { content: '{"request":"said"}' } : {});
    if (i % 90 === 0) {
      house.wait(60_000);
      await house.beat();
      await house.log.publish();
    }
  }
  await house.log.publish();
  return house;
}

describe('a log that is intact', () => {
  test.each([0, 256, 300, 600, 10_000])('is found so from %d on', async (from) => {
    const house = await bigHouse();
    const { report, codes, progress } = await check(house, {}, { from });
    expect(codes).toEqual({});
    const start = Math.floor(Math.min(from, report.size) / 256) * 256;
    expect(report).toMatchObject({ isIntact: true, from: start, size: 710, opened: 710 - start });
    expect(progress.at(-1)).toBe(710 - start);
  });

  test('is found so by a sample, and when it is empty', async () => {
    expect((await check(await bigHouse(), {}, { isDeep: false })).codes).toEqual({});
    expect((await check(await openHouse())).report).toMatchObject({ isIntact: true, size: 0 });
  });
});

describe('fails by name', () => {
  const changedBytes = (bytes: Uint8Array | undefined) => {
    const copy = Buffer.from(bytes ?? []);
    copy[0] = (copy[0] ?? 0) ^ 1;
    return copy;
  };
  const leaves =
    ({ store }: House, change: (leaf: string, index: number) => string | undefined): LogStore['leaves'] =>
    async (from, to) =>
      (await store.leaves(from, to)).map((leaf, i) => {
        const changed = change(Buffer.from(leaf ?? []).toString('utf8'), from + i);
        return changed === undefined ? undefined : Buffer.from(changed);
      });
  const rows =
    (
      { store }: House,
      change: (row: Awaited<ReturnType<LogStore['indexRows']>>[number]) => object | undefined,
    ) =>
    async (from: number, to: number) =>
      (await store.indexRows(from, to)).flatMap((row) => (change(row) ?? []) as typeof row);

  const cases: readonly [string, (house: House) => Partial<LogStore>, Record<string, string[]>][] = [
    [
      'a leaf that was changed',
      (house) => ({
        leaves: leaves(house, (leaf, i) => (i === 300 ? leaf.replace('allow', 'block') : leaf)),
      }),
      { tiles: ['tile_mismatch'], tree: ['tree_mismatch'], checkpoints: ['root_mismatch'] },
    ],
    [
      'a leaf that is none',
      (house) => ({ leaves: leaves(house, (leaf, i) => (i === 709 ? '{}' : leaf)) }),
      {
        leaves: ['leaf_malformed'],
        tiles: ['tile_mismatch'],
        tree: ['tree_mismatch'],
        checkpoints: ['root_mismatch'],
      },
    ],
    [
      'a leaf that was taken out',
      (house) => ({ leaves: leaves(house, (leaf, i) => (i === 300 ? undefined : leaf)) }),
      { purges: ['purged_without_entry'] },
    ],
    ...(['0/1', '0/2', '1/0'] as const).map(
      (name) =>
        [
          `tile ${name} changed`,
          ({ store }: House) => ({
            tiles: async (names: Parameters<LogStore['tiles']>[0]) =>
              (await store.tiles(names)).map((bytes, i) =>
                `${names[i]?.level}/${names[i]?.index}` === name ? changedBytes(bytes) : bytes,
              ),
          }),
          { tiles: ['tile_mismatch'] },
        ] as [string, (house: House) => Partial<LogStore>, Record<string, string[]>],
    ),
    [
      'a tile that is missing',
      ({ store }) => ({
        tiles: async (names) =>
          (await store.tiles(names)).map((bytes, i) => (names[i]?.index === 1 ? undefined : bytes)),
      }),
      { tiles: ['tile_missing'] },
    ],
    [
      'another root',
      ({ store }) => ({
        integrated: async () => ({ ...(await store.integrated()), root: Buffer.alloc(32) }),
      }),
      { tree: ['tree_mismatch'] },
    ],
    [
      'a checkpoint that was changed',
      ({ store }) => ({
        checkpointsAfter: async (size, limit) =>
          (await store.checkpointsAfter(size, limit)).map((each) => ({
            ...each,
            note: each.note.replace(/\n\d+\n/, '\n7\n'),
          })),
      }),
      { checkpoints: ['bad_signature'] },
    ],
    [
      'a checkpoint of another size',
      ({ store }) => ({
        checkpointsAfter: async (size, limit) =>
          (await store.checkpointsAfter(size, limit)).map((each, i, all) =>
            i === 2 ? { ...each, note: all[1]?.note ?? '' } : each,
          ),
      }),
      { checkpoints: ['malformed_checkpoint'] },
    ],
    [
      'a checkpoint of more than there is',
      ({ store }) => ({
        checkpointsAfter: async (size, limit) =>
          size < 710 ? store.checkpointsAfter(size, limit) : [{ size: 999, atMs: 0, note: '' }],
      }),
      { checkpoints: ['size_out_of_range'] },
    ],
    [
      'an index row that is missing',
      (house) => ({ indexRows: rows(house, (row) => (row.index === 5 ? undefined : row)) }),
      { rows: ['index_row_missing'] },
    ],
    ...(['id', 'at', 'kind', 'instance', 'sequence'] as const).map(
      (member) =>
        [
          `an index row with another ${member}`,
          (house: House) => ({
            indexRows: rows(house, (row) => (row.index === 5 ? { ...row, [member]: 'x' } : row)),
          }),
          { rows: ['index_row_mismatch'] },
        ] as [string, (house: House) => Partial<LogStore>, Record<string, string[]>],
    ),
  ];

  test.each(cases)('%s', async (_, change, expected) => {
    const house = await bigHouse();
    const { report, codes } = await check(house, { store: change(house) });
    expect(codes).toEqual(expected);
    expect(report.isIntact).toBe(false);
  });

  const closed = (house: House, bundle: number): Partial<LogStore> => ({
    leaves: async (from, to) => {
      if (from < (bundle + 1) * 256 && to > bundle * 256) throw new TlogError('malformed_bundle');
      return house.store.leaves(from, to);
    },
  });

  test.each([
    [0, 'bundle 0, entries 0 to 255'],
    [1, 'bundle 1, entries 256 to 511'],
    [2, 'bundle 2, entries 512 to 709'],
  ])(
    'bundle %d, which does not open, with its place, and what stands elsewhere besides',
    async (bundle, place) => {
      const house = await bigHouse();
      const elsewhere = bundle === 1 ? 5 : 300;
      const { report, codes } = await check(house, {
        store: {
          ...closed(house, bundle),
          indexRows: rows(house, (row) => (row.index === elsewhere ? undefined : row)),
        },
        entries: {
          read: async (query) => {
            const { after = 0, limit } = query;
            if (after < (bundle + 1) * 256 && after + limit > bundle * 256)
              throw new TlogError('malformed_bundle');
            return house.entries.read(query);
          },
        },
      });
      expect(codes).toEqual({ leaves: ['malformed_bundle'], rows: ['index_row_missing'] });
      const [leaves] = report.checks;
      expect(leaves?.failures).toMatchObject([{ message: expect.stringContaining(place) as string }]);
      expect(report.opened).toBe(710 - (bundle === 2 ? 198 : 256));
    },
  );

  test('a leaf that was changed in one bundle, where another does not open', async () => {
    const house = await bigHouse();
    const changed = leaves(house, (leaf, i) => (i === 600 ? leaf.replace('allow', 'block') : leaf));
    const closing = closed(house, 0).leaves ?? house.store.leaves;
    const { codes } = await check(house, {
      store: { leaves: async (from, to) => (from >= 256 ? changed(from, to) : closing(from, to)) },
    });
    expect(codes).toEqual({
      leaves: ['malformed_bundle'],
      tiles: ['tile_mismatch'],
      tree: ['tree_mismatch'],
      checkpoints: ['root_mismatch'],
    });
  });

  test('what lies beside one entry and is no JSON any more', async () => {
    const house = await bigHouse();
    const { report, codes } = await check(house, {
      entries: {
        read: async (query) => {
          const { after = 0, limit } = query;
          if (after <= 300 && after + limit > 300) JSON.parse('[');
          return house.entries.read(query);
        },
      },
    });
    expect(codes).toEqual({ beside: ['opening_mismatch'] });
    expect(report.checks.at(-1)?.failures).toMatchObject([{ index: 300 }]);
  });

  describe('what lies beside leaves no more', () => {
    const lacking =
      (house: House, index: number, change: object): LogStore['indexRows'] =>
      async (from, to) =>
        (await house.store.indexRows(from, to)).map((row) =>
          row.index === index ? { ...row, ...change } : row,
        );
    const said = async (house: House) =>
      (await house.entries.read({ after: 0, limit: 800 })).find(({ content }) => content)?.index ?? -1;
    const purge = (what: string, ranges: string) => (house: House) =>
      house.appendRaw({
        action: 'retention.purge',
        at: house.now(),
        kind: 'administration',
        id: 'prg',
        after: ranges,
        subject: what,
      });

    test.each([
      ['who it was about', { hasIdentity: false }, 'opening_missing'],
      ['what was said', { hasContent: false }, 'content_missing'],
    ])('is found: %s', async (_, change, code) => {
      const house = await bigHouse();
      const index = await said(house);
      const { report, codes } = await check(
        house,
        { store: { indexRows: lacking(house, index, change) } },
        { isDeep: false },
      );
      expect(codes).toEqual({ beside: [code] });
      expect(report.checks.at(-1)?.failures).toMatchObject([{ index }]);
    });

    test.each([
      ['accounts for it', 'content', 0, {}],
      ['of other entries does not', 'content', 1, { beside: ['content_missing'] }],
      ['of who it was about does not', 'identities', 0, { beside: ['content_missing'] }],
    ])('a purge %s', async (_, what, off, expected) => {
      const house = await bigHouse();
      const index = await said(house);
      const store = { indexRows: lacking(house, index, { hasContent: false }) };
      await purge(what, `1 in ${index + off}-${index + off}`)(house);
      // Not in the tree yet: it was recorded while the log is looked at.
      expect((await check(house, { store })).codes).toEqual(expected);
      await house.log.publish();
      expect((await check(house, { store })).codes).toEqual(expected);
    });

    test.each([
      ['an erasure of as many accounts for it', 1, {}],
      ['an erasure of fewer does not', 0, { beside: ['erased_not_covered'] }],
    ])('%s', async (_, count, expected) => {
      const house = await bigHouse();
      const index = await said(house);
      const { index: by } = await house.appendRaw({
        action: 'subject.erase',
        at: house.now(),
        erasure: { basis: 'art17-1-b', count, keys: [], root: '' },
        id: 'ers_1',
        kind: 'administration',
        subject: 'ers_1',
      });
      await house.log.publish();
      const gone = { hasIdentity: false, hasContent: false };
      const erased = (entry: number) => ({ indexRows: lacking(house, index, { ...gone, erasedBy: entry }) });
      expect((await check(house, { store: erased(by) })).codes).toEqual(expected);
      expect((await check(house, { store: erased(5) })).codes).toEqual({ beside: ['erased_without_entry'] });
    });
  });

  test('tiles that give no edge to begin with: everything is read', async () => {
    const house = await bigHouse();
    const cut: Partial<LogStore> = {
      tiles: async (names) =>
        (await house.store.tiles(names)).map((bytes, i) =>
          names[i]?.level === 1 ? bytes?.subarray(0, 31) : bytes,
        ),
    };
    const { report, codes } = await check(house, { store: cut }, { from: 300 });
    expect(report.from).toBe(0);
    expect(codes).toEqual({ tiles: ['edge_mismatch', 'tile_mismatch'] });
  });

  test('a gateway that was silent', async () => {
    const house = await busyHouse();
    house.wait(600_000);
    await house.beat();
    await house.log.publish();
    expect((await check(house)).codes).toEqual({ counters: ['silence'] });
  });

  test('somebody else beside a leaf, or what was said moved to another', async () => {
    const house = await bigHouse();
    const moved = (change: (entries: readonly StoredEntry[]) => readonly StoredEntry[]) =>
      check(house, { entries: { read: async (query) => change(await house.entries.read(query)) } });
    const identity = (await house.entries.read({ after: 0, limit: 1 }))[0]?.identity;
    const who = await moved((page) =>
      page.map((each) => (each.index === 9 && identity ? { ...each, identity } : each)),
    );
    expect(who.codes).toEqual({ beside: ['opening_mismatch'] });
    const content = await moved((page) => {
      const said = page.find((each) => each.content)?.content;
      return page.map((each) => (said && each.index === 600 ? { ...each, content: said } : each));
    });
    expect(content.codes).toEqual({ beside: ['opening_mismatch'] });
  });
});

test('what is read quickly is what is parsed', async () => {
  const house = await bigHouse();
  await house.interact({ application: 'with "quotes" and \\', id: 'req_"' });
  let quick = 0;
  for (const bytes of await house.store.leaves(0, 711)) {
    const text = Buffer.from(bytes ?? []).toString('utf8');
    const read = quickLeaf(text);
    if (!read) continue;
    quick++;
    const parsed = readLeaf(text);
    expect(parsed).toMatchObject(read);
  }
  expect(quick).toBe(700);
  expect(quickLeaf('{"v":1}')).toBeUndefined();
});
