/** Reading what was said: who may, for which reason, with whose approval, and what the record says of it. */
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openMemoryStores } from '../../src/adapters/memory/memory.ts';
import { configurationSchema, type Configuration } from '../../src/contract/configuration.ts';
import { approvalHandlers } from '../../src/control-plane/approvals/approvals.ts';
import { contentHandlers } from '../../src/control-plane/content/content.ts';
import { createApprovals, type Approvals } from '../../src/governance/approvals/approvals.ts';
import {
  interaction,
  openRooms,
  record,
  type Rooms,
} from '../../src/governance/subjects/testdata/recorded.ts';
import { serve } from './served.ts';

const NOW = 10_000;
const MINUTE = 60_000;
const tree = configurationSchema.parse({ version: 1, applications: { desk: {}, shop: {} } });
const SHOP_INDEX = 5;

let rooms: Rooms;
let approvals: Approvals;
let app: FastifyInstance;
let access: Configuration['content_access'];
let now: number;
/** What was done in which order. */
let steps: string[];
let append: Rooms['audit']['append'];

beforeEach(async () => {
  const stores = openMemoryStores();
  rooms = await openRooms(stores, NOW);
  await record(rooms);
  await rooms.audit.append(
    interaction('req_6', { application: 'shop', content: '{"request":"of the shop"}' }),
  );
  access = { approval: 'none', valid_minutes: 60 };
  now = NOW;
  steps = [];
  append = async (entry) => {
    const receipt = await rooms.audit.append(entry);
    if (entry.kind === 'administration') steps.push(entry.action);
    return receipt;
  };
  const audit: Rooms['audit'] = {
    ...rooms.audit,
    append: (entry) => append(entry),
    content: (index) => (steps.push('opened'), rooms.audit.content(index)),
    pseudonyms: (index) => (steps.push('opened'), rooms.audit.pseudonyms(index)),
  };
  approvals = createApprovals({
    store: stores.approvals,
    append: (entry) => append(entry),
    key: rooms.keyring.houseKey('approvals'),
    clock: { now: () => now },
  });
  ({ app } = await serve({
    tree,
    handlers: (reach) => ({
      ...contentHandlers({ audit, approvals, access: () => access, now: () => now }),
      ...approvalHandlers({ approvals, audit, access: () => access, reach }),
    }),
  }));
});
afterEach(() => app.close());

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

async function ask(
  bearer: string,
  method: 'GET' | 'POST',
  url: string,
  { reason, body }: { reason?: string; body?: object } = {},
): Promise<Answer> {
  const answer = await app.inject({
    method,
    url: `/api/v1${url}`,
    headers: {
      authorization: `Bearer ${bearer}`,
      ...(reason === undefined ? {} : { 'x-bartizan-reason': encodeURIComponent(reason) }),
    },
    ...(body === undefined ? {} : { payload: body }),
  });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
}

const read = (bearer: string, index: number, what = 'content', reason: string | undefined = 'a complaint') =>
  ask(bearer, 'GET', `/interactions/${index}/${what}`, reason === undefined ? {} : { reason });
const administration = async () =>
  (await rooms.audit.read({ limit: 100 })).entries.flatMap(({ entry }) =>
    entry.kind === 'administration' ? [entry] : [],
  );

const ANALYST = 'security-analyst';

describe('what was said', () => {
  test('is shown for a reason, once that is on record', async () => {
    expect(await read(ANALYST, 0)).toEqual({
      status: 200,
      body: { interaction: 'req_1', index: 0, content: { request: 'hello from ada' } },
    });
    expect(steps).toEqual(['content.read', 'opened']);
    expect(await administration()).toMatchObject([
      { action: 'content.read', actor: 'ada', subject: 'req_1', reason: 'a complaint' },
    ]);
  });

  test('is followed by what stood for what, and whose it was', async () => {
    expect((await read(ANALYST, 1, 'pseudonyms')).body.pseudonyms).toEqual([
      {
        standIn: '<EMAIL_ADDRESS_aaaaaaaaaa>',
        value: 'Bob@example.com',
        identifier: 'EMAIL_ADDRESS:bob@example.com',
      },
      {
        standIn: '<PHONE_NUMBER_bbbbbbbbbb>',
        value: '+49 30 1234567',
        identifier: 'PHONE_NUMBER:+49301234567',
      },
    ]);
    expect((await read(ANALYST, 4, 'identity')).body).toEqual({
      interaction: 'req_5',
      index: 4,
      principal: { kind: 'person', id: 'eve' },
      assertedBy: null,
      credential: 'key_7',
    });
    expect(steps).toEqual(['pseudonyms.read', 'opened', 'identity.read']);
  });

  test.each(['content', 'pseudonyms', 'identity'])('(%s) is not shown without a reason', async (what) => {
    for (const reason of [undefined, '   ']) {
      const answer = await ask(
        ANALYST,
        'GET',
        `/interactions/0/${what}`,
        reason === undefined ? {} : { reason },
      );
      expect(answer).toMatchObject({ status: 403, body: { code: 'reason_missing' } });
    }
    expect(steps).toEqual([]);
  });

  test.each(['administrator', 'auditor', 'application-owner', 'champion', 'member', 'emperor'])(
    'is not shown to the role %s',
    async (role) => {
      expect(await read(role, 0)).toMatchObject({ status: 403, body: { code: 'permission_denied' } });
      expect(steps).toEqual([]);
    },
  );

  test('of another application is not there', async () => {
    expect(await read(`${ANALYST}@desk`, 0)).toMatchObject({ status: 200 });
    for (const what of ['content', 'pseudonyms', 'identity'])
      expect(await read(`${ANALYST}@desk`, SHOP_INDEX, what)).toMatchObject({ status: 404 });
    expect(await read(`${ANALYST}@shop`, SHOP_INDEX)).toMatchObject({ status: 200 });
    expect(steps).toEqual(['content.read', 'opened', 'content.read', 'opened']);
  });

  test.each([
    ['beyond the log', 999],
    ["of an administrator's entry", 6],
  ])('at an index %s is not there', async (_, index) => {
    await read(ANALYST, 0);
    steps.length = 0;
    expect(await read(ANALYST, index)).toMatchObject({ status: 404 });
    expect(steps).toEqual([]);
  });

  test('that was not captured, or is restricted, is not there', async () => {
    expect(await read(ANALYST, 4)).toMatchObject({ status: 404 });
    await rooms.subjects.restrict('person:ada', true, { actor: 'a', reason: 'r' });
    expect(await read(ANALYST, 0)).toMatchObject({ status: 404 });
    expect(await read(ANALYST, 0, 'identity')).toMatchObject({ status: 200, body: { principal: null } });
  });

  test.each<[string, () => Promise<never>]>([
    ['throws', () => Promise.reject(new Error('the disk is full'))],
    [
      'throws at once',
      () => {
        throw new Error('broken');
      },
    ],
  ])('is not opened where the record %s', async (_, broken) => {
    append = broken;
    for (const what of ['content', 'pseudonyms', 'identity'])
      expect((await read(ANALYST, 0, what)).status).toBe(500);
    expect(steps).toEqual([]);
  });

  test('is not opened while the record hangs', async () => {
    append = () => new Promise(() => {});
    void read(ANALYST, 0);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(steps).toEqual([]);
  });
});

describe('with a second person', () => {
  beforeEach(() => {
    access = { approval: 'second_person', valid_minutes: 30 };
  });
  const request = (bearer: string, index = 0, reason = 'a complaint') =>
    ask(bearer, 'POST', '/approvals', { body: { index, reason } });
  const decide = (bearer: string, id: unknown, decision = 'approve', reason?: string) =>
    ask(bearer, 'POST', `/approvals/${String(id)}/decision`, {
      body: { decision, ...(reason === undefined ? {} : { reason }) },
    });
  const list = async (bearer: string, query = '') =>
    (await ask(bearer, 'GET', `/approvals${query}`)).body.items as readonly Record<string, unknown>[];

  test('nothing is shown before the yes, and nothing after its time', async () => {
    expect(await read(ANALYST, 0)).toMatchObject({ status: 403, body: { code: 'approval_needed' } });
    const { status, body } = await request(ANALYST);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      interaction: 'req_1',
      state: 'pending',
      requester: 'ada',
      isMineToDecide: false,
    });
    expect(await read(ANALYST, 0)).toMatchObject({ status: 403, body: { code: 'approval_needed' } });
    expect(await decide(`bob:${ANALYST}`, body.id, 'approve', 'go on')).toMatchObject({
      status: 200,
      body: { state: 'approved', decidedBy: 'bob', decisionReason: 'go on', expiresAtMs: NOW + 30 * MINUTE },
    });
    expect(await read(ANALYST, 0)).toMatchObject({ status: 200 });
    expect(await read(ANALYST, 0, 'pseudonyms')).toMatchObject({ status: 200 });
    now += 30 * MINUTE;
    expect(await read(ANALYST, 0)).toMatchObject({ status: 403, body: { code: 'approval_needed' } });
    expect(await list(ANALYST)).toMatchObject([{ state: 'expired' }]);
    expect(steps).toEqual([
      'approval.request',
      'approval.approve',
      'content.read',
      'opened',
      'pseudonyms.read',
      'opened',
    ]);
    expect((await administration())[2]).toMatchObject({ action: 'content.read', after: body.id });
  });

  test('a yes is for one person and one interaction', async () => {
    const { body } = await request(ANALYST);
    await decide(`bob:${ANALYST}`, body.id);
    expect(await read(ANALYST, 1)).toMatchObject({ status: 403 });
    expect(await read(`cat:${ANALYST}`, 0)).toMatchObject({ status: 403 });
    expect(await read(`bob:${ANALYST}`, 0)).toMatchObject({ status: 403 });
  });

  test('nobody decides their own request, in whichever role', async () => {
    const { body } = await request(ANALYST);
    for (const role of [ANALYST, 'owner'])
      expect(await decide(role, body.id)).toMatchObject({ status: 403, body: { code: 'permission_denied' } });
    expect(await read(ANALYST, 0)).toMatchObject({ status: 403 });
    expect(steps).toEqual(['approval.request']);
  });

  test.each(['administrator', 'auditor', 'member'])('the role %s decides nothing', async (role) => {
    const { body } = await request(ANALYST);
    expect(await decide(`bob:${role}`, body.id)).toMatchObject({ status: 403 });
  });

  test('a request about another application is not there', async () => {
    const { body } = await request(ANALYST, SHOP_INDEX);
    expect(await decide(`bob:${ANALYST}@desk`, body.id)).toMatchObject({ status: 404 });
    expect(await list(`bob:${ANALYST}@desk`)).toEqual([]);
    expect(await request(`${ANALYST}@desk`, SHOP_INDEX)).toMatchObject({ status: 404 });
    expect(await list(`bob:${ANALYST}@shop`)).toMatchObject([{ id: body.id, isMineToDecide: true }]);
  });

  test('a no is a no, and is decided once', async () => {
    const { body } = await request(ANALYST);
    expect(await decide(`bob:${ANALYST}`, body.id, 'decline', 'why?')).toMatchObject({
      body: { state: 'declined', decisionReason: 'why?' },
    });
    expect(await decide(`cat:${ANALYST}`, body.id)).toMatchObject({ status: 409 });
    expect(await read(ANALYST, 0)).toMatchObject({ status: 403 });
    expect(await request(ANALYST)).toMatchObject({ status: 201 });
  });

  test('of two who decide at once, one is told no', async () => {
    const { body } = await request(ANALYST);
    const answers = await Promise.all([
      decide(`bob:${ANALYST}`, body.id, 'approve'),
      decide(`cat:${ANALYST}`, body.id, 'decline'),
    ]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  });

  test('the same wish waits once, and lapses after a day', async () => {
    const { body } = await request(ANALYST);
    expect(await request(ANALYST)).toMatchObject({ status: 409 });
    expect(await request(`bob:${ANALYST}`)).toMatchObject({ status: 201 });
    now += 24 * 60 * MINUTE;
    expect(await decide(`bob:${ANALYST}`, body.id)).toMatchObject({ status: 409 });
    expect(await request(ANALYST)).toMatchObject({ status: 201 });
  });

  test('who asks sees their own, who decides sees what they reach, and nobody else sees any', async () => {
    const mine = (await request(ANALYST)).body.id;
    now += 1;
    const others = (await request(`bob:${ANALYST}`, SHOP_INDEX)).body.id;
    const ids = async (bearer: string, query?: string) => (await list(bearer, query)).map(({ id }) => id);
    expect(await ids(ANALYST)).toEqual([others, mine]);
    expect(await ids(ANALYST, '?of=mine')).toEqual([mine]);
    expect(await ids(ANALYST, '?of=others')).toEqual([others]);
    expect(await ids(ANALYST, '?state=approved')).toEqual([]);
    expect(await ids('cat:auditor')).toEqual([]);
    expect(await ids('ada:auditor')).toEqual([mine]);
    const first = await ask(ANALYST, 'GET', '/approvals?limit=1');
    expect(first.body).toMatchObject({ items: [{ id: others }], next: others });
    const second = await ask(ANALYST, 'GET', `/approvals?limit=1&cursor=${String(others)}`);
    expect(second.body).toMatchObject({ items: [{ id: mine }], next: null });
  });

  test('where the record does not take the decision, nothing is decided', async () => {
    const { body } = await request(ANALYST);
    const works = append;
    append = () => Promise.reject(new Error('the disk is full'));
    expect(await decide(`bob:${ANALYST}`, body.id)).toMatchObject({ status: 500 });
    append = works;
    expect(await list(ANALYST)).toMatchObject([{ state: 'pending' }]);
  });

  test('where none is needed, none can be asked for', async () => {
    access = { approval: 'none', valid_minutes: 60 };
    expect(await request(ANALYST)).toMatchObject({ status: 409 });
  });
});
