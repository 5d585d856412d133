/** Personal data through the API: where it went, whose it is, what is kept, and that nothing is done without a reason. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../../src/contract/api/client.ts';
import { ALICE, startWithData, type DataHouse } from './house-with-data.ts';
import { problemOf } from './owner.ts';

const DAY_MS = 86_400_000;
const reason = 'ticket 12';
const nobody = { subject: 'nobody@example.com' };

let house: DataHouse;
let owner: Client;
let auditor: Client;
beforeAll(async () => {
  house = await startWithData();
  ({ client: owner, auditor } = house);
});
afterAll(() => house.gateway.stop());

const actions = async () =>
  (await house.gateway.record()).flatMap(({ entry }) =>
    entry.kind === 'administration' ? [[entry.action, entry.reason ?? '']] : [],
  );

describe('what personal data went where', () => {
  const wide = () => ({ fromMs: Date.now() - DAY_MS, toMs: Date.now() + DAY_MS });

  test('is counted by kind, application and provider, with what became of it', async () => {
    const counted = await auditor.call('getPersonalData', { query: wide() });
    expect(counted).toMatchObject({ interactions: 5, withPersonalData: 4, isComplete: true });
    const email = { kind: 'EMAIL_ADDRESS', provider: 'sim', direction: 'request' };
    expect(counted.items).toEqual(
      expect.arrayContaining([
        { ...email, application: 'desk', interactions: 2, findings: 3, clear: 0, rewritten: 3, blocked: 0 },
        { ...email, application: 'shop', interactions: 1, findings: 1, clear: 1, rewritten: 0, blocked: 0 },
        {
          kind: 'CREDIT_CARD',
          application: 'desk',
          provider: null,
          direction: 'request',
          interactions: 1,
          findings: 1,
          clear: 0,
          rewritten: 0,
          blocked: 1,
        },
      ]),
    );
    const shop = await auditor.call('getPersonalData', { query: { ...wide(), application: 'shop' } });
    expect(shop).toMatchObject({ interactions: 2, withPersonalData: 1 });
    expect(await auditor.call('getSealedData')).toMatchObject({ vaults: 2, vaultTexts: 3 });
  });
});

describe('whoever asks for somebody', () => {
  test('has to say why, and that stands in the record', async () => {
    const ask = { body: { subject: ALICE } };
    expect((await problemOf(owner.call('findSubject', ask))).code).toBe('reason_missing');
    expect((await problemOf(owner.call('findSubject', { ...ask, reason: '  ' }))).code).toBe(
      'reason_missing',
    );
    expect((await problemOf(owner.download('exportSubject', ask))).code).toBe('reason_missing');
    const found = await owner.call('findSubject', { ...ask, reason });
    expect(found).toMatchObject({
      entries: 2,
      identifiers: [{ kind: 'EMAIL_ADDRESS', count: 1 }],
      isRestricted: false,
      holds: [],
    });
    expect(JSON.stringify(found)).not.toContain('alice');
    expect(await actions()).toContainEqual(['subject.show', reason]);
  });

  test('is given what is hers, as JSON and as a page', async () => {
    const ask = { body: { subject: ALICE }, reason };
    const json = (await (await owner.download('exportSubject', ask)).json()) as { entries: unknown[] };
    expect(json.entries).toHaveLength(2);
    expect(JSON.stringify(json)).toContain(ALICE);
    expect(JSON.stringify(json)).not.toContain('bob@example.com');
    const page = await owner.download('exportSubjectPage', ask);
    expect(page.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(await page.text()).toContain('<!doctype html>');
    expect(await actions()).toContainEqual(['subject.export', reason]);
  });

  test.each([
    ['findSubject', nobody],
    ['exportSubject', nobody],
    ['exportSubjectPage', nobody],
    ['eraseSubject', { ...nobody, basis: 'art17-1-b', confirmation: nobody.subject }],
    ['restrictSubject', { ...nobody, restricted: true }],
  ] as const)('%s: somebody whom the record does not know is not found', async (name, body) => {
    expect(await problemOf(owner.download(name, { body, reason }))).toMatchObject({
      code: 'not_found',
      status: 404,
    });
  });

  test('is kept from what is restricted, until that is lifted', async () => {
    const body = { subject: 'bob@example.com' };
    await owner.call('restrictSubject', { body: { ...body, restricted: true }, reason });
    expect(await owner.call('findSubject', { body, reason })).toMatchObject({ isRestricted: true });
    expect((await problemOf(owner.download('exportSubject', { body, reason }))).status).toBe(409);
    await owner.call('restrictSubject', { body: { ...body, restricted: false }, reason });
    expect((await owner.download('exportSubject', { body, reason })).status).toBe(200);
  });
});

describe('an erasure', () => {
  const body = { subject: ALICE, basis: 'art17-1-b', confirmation: ALICE } as const;

  test('needs the name again, and waits for legal holds', async () => {
    const other = { ...body, confirmation: 'alice' };
    expect((await problemOf(owner.call('eraseSubject', { body: other, reason }))).code).toBe('unacceptable');
    const hold = await owner.call('placeHold', { body: { matter: 'case 7', subject: ALICE }, reason });
    expect(hold).toMatchObject({ matter: 'case 7', application: null });
    expect(hold.subjects).toContain(`EMAIL_ADDRESS:${ALICE}`);
    const [seen] = (await auditor.call('listHolds')).items;
    expect(seen).toMatchObject({ id: hold.id, subjects: null, matter: null });
    expect(await owner.call('findSubject', { body: { subject: ALICE }, reason })).toMatchObject({
      holds: [hold.id],
    });
    expect(await problemOf(owner.call('eraseSubject', { body, reason }))).toMatchObject({
      code: 'conflict',
      status: 409,
    });
    await owner.call('releaseHold', { path: { id: hold.id }, reason });
    expect(await owner.call('eraseSubject', { body, reason })).toMatchObject({ entries: 2 });
    expect((await problemOf(owner.call('findSubject', { body: { subject: ALICE }, reason }))).code).toBe(
      'not_found',
    );
    expect((await problemOf(owner.call('eraseSubject', { body, reason }))).status).toBe(404);
    for (const action of ['hold.add', 'hold.release', 'subject.erase'])
      expect(await actions()).toContainEqual([action, reason]);
  });
});

describe('a legal hold', () => {
  test.each([
    [{ matter: 'case 7' }, 'unacceptable'],
    [{ matter: '', application: 'desk' }, 'invalid_request'],
    [{ matter: 'case 7', application: 'gone' }, 'unacceptable'],
    [{ matter: 'case 7', fromMs: 2, toMs: 1 }, 'unacceptable'],
    [{ matter: 'case 7', subject: 'x'.repeat(513) }, 'invalid_request'],
    [{ matter: 'case 7', application: 'desk', extra: 1 }, 'invalid_request'],
  ])('%j is refused as %s', async (body, code) => {
    expect((await problemOf(owner.call('placeHold', { body, reason }))).code).toBe(code);
  });

  test('that is not there cannot be released', async () => {
    const path = { id: 'hold_gone' };
    expect((await problemOf(owner.call('releaseHold', { path, reason }))).code).toBe('not_found');
    expect((await problemOf(owner.call('releaseHold', { path }))).code).toBe('reason_missing');
  });
});

describe('retention', () => {
  test('tells what is in force, and what regimes ask of it', async () => {
    const { classes, regimes } = await auditor.call('getRetention');
    expect(classes).toContainEqual(
      expect.objectContaining({
        class: 'interactions',
        duration: '1 year',
        floors: [{ regime: 'eu-ai-act-high-risk', application: 'desk', duration: '6 months' }],
        ceilings: [],
      }),
    );
    expect(regimes.find(({ id }) => id === 'eu-ai-act-high-risk')?.applications).toEqual(['desk']);
  });

  test('purges nothing where nothing has had its time', async () => {
    expect(await owner.call('planPurge')).toEqual({ items: [] });
    expect(await owner.call('runPurge')).toEqual({ items: [] });
  });
});

test.each([
  ['findSubject', { body: { subject: ALICE } }],
  ['exportSubject', { body: { subject: ALICE } }],
  ['exportSubjectPage', { body: { subject: ALICE } }],
  ['eraseSubject', { body: { subject: ALICE, basis: 'art17-1-b', confirmation: ALICE } }],
  ['restrictSubject', { body: { subject: ALICE, restricted: true } }],
  ['placeHold', { body: { matter: 'x', application: 'desk' } }],
  ['releaseHold', { path: { id: 'hold_1' } }],
  ['planPurge', {}],
  ['runPurge', {}],
] as const)('an auditor may not %s', async (name, ask) => {
  expect(await problemOf(auditor.call(name, { ...ask, reason } as never))).toMatchObject({
    code: 'permission_denied',
    status: 403,
  });
});

test.each([
  ['getPersonalData', { query: { fromMs: 2, toMs: 1 } }, 'invalid_request'],
  ['getPersonalData', { query: { fromMs: 'x', toMs: 1 } }, 'invalid_request'],
  ['getPersonalData', { query: {} }, 'invalid_request'],
  ['findSubject', { body: { subject: ' ' } }, 'invalid_request'],
  ['findSubject', { body: { subject: 1 } }, 'invalid_request'],
  ['eraseSubject', { body: { subject: 'x', basis: 'whim', confirmation: 'x' } }, 'invalid_request'],
  ['restrictSubject', { body: { subject: 'x' } }, 'invalid_request'],
] as const)('%s with %j is refused as %s', async (name, ask, code) => {
  expect((await problemOf(owner.call(name, { ...ask, reason } as never))).code).toBe(code);
});
