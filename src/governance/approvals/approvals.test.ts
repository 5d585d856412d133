import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createMemoryCaseStore } from '../../adapters/memory/memory-case-store.ts';
import { createApprovals } from './approvals.ts';
import type { ApprovalStore } from './store.ts';

const DAY = 86_400_000;
const WISH = { interaction: 'req_1', application: 'desk', index: 3, reason: 'Bob complained' };
const YES = { isApproved: true, reason: undefined, validMs: 1_000 };

function roomWith(store: ApprovalStore = createMemoryCaseStore()) {
  let now = 100 * DAY;
  const room = createApprovals({
    store,
    append: async () => {},
    key: randomBytes(32),
    clock: { now: () => now },
  });
  return { ...room, store, pass: (ms: number) => (now += ms) };
}

test('the store learns neither who asks nor why', async () => {
  const room = roomWith();
  const { id } = await room.request('ada@example.com', WISH);
  const stored = (await room.store.find(id))!;
  expect(Buffer.from(stored.sealed).toString('latin1') + JSON.stringify(stored)).not.toMatch(/ada|Bob/);
});

test.each<[string, (room: ReturnType<typeof roomWith>, id: string) => Promise<void>]>([
  [
    'with a bit turned',
    async ({ store }, id) => {
      const { sealed, version } = (await store.find(id))!;
      const turned = Buffer.from(sealed);
      turned.writeUInt8(turned.readUInt8(20) ^ 1, 20);
      await store.change(id, version, turned);
    },
  ],
  [
    'that says again what it said before',
    async ({ store, decide }, id) => {
      const { sealed } = (await store.find(id))!;
      await decide(id, 'bob', { ...YES, isApproved: false });
      await store.change(id, 2, sealed);
    },
  ],
  [
    'that was said of another interaction',
    async ({ store, request, decide }, id) => {
      const other = await request('ada', { ...WISH, interaction: 'req_2' });
      await decide(other.id, 'bob', YES);
      const { sealed } = (await store.find(other.id))!;
      await store.change(id, 1, sealed);
    },
  ],
])('an approval %s approves nothing', async (_, forge) => {
  const room = roomWith();
  const { id } = await room.request('ada', WISH);
  await forge(room, id);
  await expect(room.inForce('ada', 'req_1')).rejects.toThrow(/does not open|not the version/);
  await expect(room.decide(id, 'bob', YES)).rejects.toThrow(/does not open|not the version/);
});

test('a yes holds as long as it was given, to the millisecond', async () => {
  const room = roomWith();
  const { id } = await room.request('ada', WISH);
  await room.decide(id, 'bob', YES);
  room.pass(999);
  expect(await room.inForce('ada', 'req_1')).toMatchObject({ id, decidedBy: 'bob' });
  room.pass(1);
  expect(await room.inForce('ada', 'req_1')).toBeUndefined();
  await expect(room.decide(id, 'cat', YES)).rejects.toMatchObject({ code: 'conflict' });
});

test('what was asked for long ago is forgotten', async () => {
  const room = roomWith();
  const { id } = await room.request('ada', WISH);
  room.pass(90 * DAY);
  expect(await room.purge()).toBe(0);
  room.pass(1);
  expect(await room.purge()).toBe(1);
  await expect(room.find(id)).rejects.toMatchObject({ code: 'not_found' });
});

test('pages of a long list follow one another without a gap', async () => {
  const room = roomWith();
  for (let index = 0; index < 450; index++) {
    room.pass(1);
    await room.request(index % 2 === 0 ? 'ada' : 'bob', { ...WISH, interaction: `req_${index}` });
  }
  const seen: string[] = [];
  for (let before: string | undefined; ; ) {
    const { items, next } = await room.list({ before, limit: 100 }, ({ requester }) => requester === 'ada');
    seen.push(...items.map(({ interaction }) => interaction));
    if (next === null) break;
    before = next;
  }
  expect(seen).toEqual(Array.from({ length: 225 }, (_, index) => `req_${448 - 2 * index}`));
});
