/** The log through the API: what it says of itself, and what others can check without it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../../src/contract/api/client.ts';
import { followHandover, sourceOfBytes, verifyKit } from '../../src/modules/audit/audit.ts';
import { openCheckpoint } from '../../src/tlog/checkpoint.ts';
import { fromBase64 } from '../../src/tlog/encoding.ts';
import { leafHash } from '../../src/tlog/hashes.ts';
import { formatVerifierKey, parseVerifierKey } from '../../src/tlog/keys.ts';
import { policyOfKeys } from '../../src/tlog/policy.ts';
import { parseProof, verifyProof } from '../../src/tlog/proof.ts';
import { verifyConsistency } from '../../src/tlog/verify.ts';
import { until } from '../e2e/gateway.ts';
import { startWithData, type DataHouse } from './house-with-data.ts';
import { problemOf, startOwned } from './owner.ts';

const DAY_MS = 86_400_000;

let house: DataHouse;
let auditor: Client;
beforeAll(async () => {
  house = await startWithData();
  ({ auditor } = house);
});
afterAll(() => house.gateway.stop());

const policy = async () =>
  policyOfKeys([parseVerifierKey((await auditor.call('getLog')).verifierKey)], [], 0);

test('an auditor sees how far the log is, under a checkpoint that its key has signed', async () => {
  const log = await until(async () => {
    const state = await auditor.call('getLog');
    return state.published === state.sequenced ? state : undefined;
  });
  expect(log.sequenced).toBeGreaterThan(5);
  expect(log.integrated).toBe(log.sequenced);
  expect(log.keys).toEqual([
    { generation: 0, verifierKey: log.verifierKey, fromSize: 0, toSize: null, untilMs: null },
  ]);
  const opened = openCheckpoint(Buffer.from(log.latest?.note ?? ''), {
    origin: log.origin,
    logKeys: [parseVerifierKey(log.verifierKey)],
  });
  expect(opened.checkpoint.size).toBe(log.published);
  expect(log.latest).toMatchObject({ cosigners: [], hasQuorum: true });
  expect(await auditor.call('listWitnesses')).toMatchObject({ items: [], quorum: 0 });
});

test('checkpoints come page by page, the largest first, and each follows from the one before', async () => {
  const sizes: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await auditor.call('listCheckpoints', {
      query: { limit: 2, ...(cursor === undefined ? {} : { cursor }) },
    });
    sizes.push(...page.items.map(({ size }) => size));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  expect(sizes).toEqual(sizes.toSorted((one, other) => other - one));
  const { items } = await auditor.call('listCheckpoints');
  const [newest, oldest] = [items[0], items.at(-1)];
  if (!newest || !oldest) throw new Error('there are none');
  const { hashes } = await auditor.call('proveConsistency', {
    query: { fromSize: oldest.size, toSize: newest.size },
  });
  verifyConsistency(
    { size: oldest.size, root: fromBase64(oldest.root) },
    { size: newest.size, root: fromBase64(newest.root) },
    hashes.map(fromBase64),
  );
});

test('an entry is proven by its index, by the header that the client got, and by its id', async () => {
  const [address = ''] = house.addresses;
  const index = Number(address.split('/').at(-1));
  const [recorded] = (await house.gateway.record()).filter((each) => each.index === index);
  for (const entry of [String(index), address, recorded?.entry.id ?? '']) {
    const response = await auditor.download('proveEntry', { query: { entry } });
    const bundle = Buffer.from(await response.arrayBuffer());
    const { extra } = parseProof(bundle);
    const proven = verifyProof(bundle, leafHash(extra ?? Buffer.alloc(0)), await policy());
    expect(proven.index).toBe(index);
    expect(response.headers.get('content-disposition')).toContain(`entry-${index}.tlog-proof`);
  }
});

test.each([
  ['999999', 'not_found'],
  ['req_nothing', 'not_found'],
  ['another.example/log/3', 'unacceptable'],
])('the entry %s is refused as %s', async (entry, code) => {
  expect((await problemOf(auditor.download('proveEntry', { query: { entry } }))).code).toBe(code);
});

test('the check of the log tells how far it is, and that it is intact', async () => {
  const events = [];
  for await (const event of auditor.events('checkLog', { query: { deep: 'true' } })) events.push(event);
  expect(events.at(-1)).toMatchObject({ kind: 'report', report: { isIntact: true, from: 0 } });
});

test('what a gateway counted is there without a gap, and when it last gave a sign of life', async () => {
  const { instances, gaps, gapCount, fromIndex } = await auditor.call('getCompleteness');
  expect({ gaps, gapCount, fromIndex }).toEqual({ gaps: [], gapCount: 0, fromIndex: 0 });
  expect(instances).toContainEqual(
    expect.objectContaining({ instance: 'test', firstSequence: 1, isStopped: false }),
  );
  expect(instances[0]?.lastHeartbeatMs).toBeGreaterThan(0);
});

test('a handover of the key is proven under the key before, and one that there was not is not found', async () => {
  for (const generation of [1, 0])
    expect((await problemOf(auditor.download('proveHandover', { path: { generation } }))).code).toBe(
      generation === 1 ? 'not_found' : 'invalid_request',
    );
  const own = await startOwned();
  try {
    const { audit, log } = own.gateway.gateway.office;
    const { before, after } = await log.rotation.rotate({ append: audit.append, actor: 'ops', overlapMs: 0 });
    const response = await own.client.download('proveHandover', { path: { generation: 1 } });
    const bundle = new Uint8Array(await response.arrayBuffer());
    const followed = followHandover(bundle, [parseVerifierKey(before)]);
    expect(followed && formatVerifierKey(followed.key)).toBe(after);
  } finally {
    await own.gateway.stop();
  }
});

describe("an auditor's kit", () => {
  const wide = () => ({ fromMs: Date.now() - DAY_MS, toMs: Date.now() + DAY_MS });

  test('is made by an auditor, verifies with the key alone, and stands in the record', async () => {
    const response = await auditor.download('makeKit', {
      body: { ...wide(), proofs: true, reason: 'the yearly audit' },
    });
    expect(response.headers.get('content-type')).toBe('application/zip');
    const bytes = new Uint8Array(await response.arrayBuffer());
    const report = await verifyKit(sourceOfBytes(bytes), { policy: await policy() });
    expect(report).toMatchObject({ isVerified: true, isTrusted: true });
    const entries = (await house.gateway.record()).map(({ entry }) => entry);
    expect(entries).toContainEqual(
      expect.objectContaining({ action: 'audit.kit', actor: 'iris@example.com', reason: 'the yearly audit' }),
    );
  });

  test.each([
    [() => ({ fromMs: 1, toMs: 2 }), 'unacceptable', 422],
    [() => ({ fromMs: 2, toMs: 1 }), 'unacceptable', 422],
    [() => ({ fromMs: -1, toMs: 1 }), 'invalid_request', 400],
    [() => ({ ...wide(), role: 'full' }), 'invalid_request', 400],
    [() => ({ ...wide(), reason: '' }), 'invalid_request', 400],
  ])('asked for wrongly is refused before it begins', async (body, code, status) => {
    expect(await problemOf(auditor.download('makeKit', { body: body() }))).toMatchObject({
      code,
      status,
    });
  });
});

test.each([
  ['proveConsistency', { fromSize: 5, toSize: 2 }, 'not_found'],
  ['proveConsistency', { fromSize: 0, toSize: 1e9 }, 'not_found'],
  ['proveConsistency', { fromSize: -1, toSize: 2 }, 'invalid_request'],
  ['proveConsistency', { fromSize: 0.5, toSize: 2 }, 'invalid_request'],
  ['getCompleteness', { entries: 0 }, 'invalid_request'],
  ['getCompleteness', { entries: 1e9 }, 'invalid_request'],
  ['listCheckpoints', { cursor: 'x' }, 'invalid_request'],
  ['checkLog', { deep: 'maybe' }, 'invalid_request'],
] as const)('%s with %j is refused as %s', async (name, query, code) => {
  expect((await problemOf(auditor.call(name, { query } as never))).code).toBe(code);
});
