import { randomBytes } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import { openMemoryStores } from '../../adapters/memory/memory.ts';
import { createKeyring, createLog } from './audit.ts';
import type { LogStore } from './store.ts';

const clock = { now: () => 5_000 };
const body = '{"at":1,"id":"r1","kind":"interaction"}';
const entry = { kind: 'interaction', id: 'r1', at: 1, mark: '', body, subjects: [] } as const;

/** A log of one entry. Another process is at the tree as often as `busy` says. */
async function open(busy: number) {
  const stores = openMemoryStores();
  await stores.audit.append(entry);
  let left = busy;
  const store: LogStore = {
    ...stores.log,
    integrate: (maxLeaves) => (left-- > 0 ? stores.log.integrated() : stores.log.integrate(maxLeaves)),
  };
  const masterKeys = [{ id: 'master', key: randomBytes(32) }];
  const keyring = await createKeyring({ store: stores.keys, masterKeys, clock });
  return createLog({ store, keyring, origin: 'log.example/audit', clock });
}

afterEach(() => void vi.useRealTimers());

test('an entry is proven while another process is at the tree', async () => {
  const log = await open(3);
  expect(Buffer.from((await log.prove(0)) ?? '').toString()).toContain('index 0\n');
});

test('who never gets at the tree is told so', async () => {
  const log = await open(Number.POSITIVE_INFINITY);
  vi.useFakeTimers();
  const told = expect(log.prove(0)).rejects.toThrow(/does not go on/);
  await vi.advanceTimersByTimeAsync(11_000);
  await told;
});

test('two who publish at once both have the latest, whoever was the slower', async () => {
  const stores = openMemoryStores();
  const masterKeys = [{ id: 'master', key: randomBytes(32) }];
  const keyring = await createKeyring({ store: stores.keys, masterKeys, clock });
  let overtake: (() => Promise<unknown>) | undefined;
  const store: LogStore = {
    ...stores.log,
    async publish(checkpoint) {
      const first = overtake;
      overtake = undefined;
      await first?.();
      return stores.log.publish(checkpoint);
    },
  };
  const [slow, fast] = [store, stores.log].map((its) =>
    createLog({ store: its, keyring, origin: 'log.example/audit', clock }),
  );
  await stores.audit.append(entry);
  overtake = () => fast!.publish();
  expect(await slow!.publish()).toEqual(await stores.log.checkpointAt(1));
  await stores.audit.append(entry);
  overtake = async () => {
    await stores.audit.append(entry);
    await fast!.publish();
  };
  expect(await slow!.publish()).toMatchObject({ size: 3 });
  expect(await stores.log.checkpointAt(2)).toMatchObject({ size: 1 });
});
