/** What every AdministratorStore does. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Stores } from '../../src/adapters/sql/stores.ts';
import type {
  AdministratorStore,
  StoredAdministrator,
  StoredSession,
  StoredToken,
} from '../../src/governance/administrators/store.ts';
import { backends, testShared, type Place } from './backends.ts';

function account(id: string, change: Partial<StoredAdministrator> = {}): StoredAdministrator {
  return {
    id,
    reference: `adr_${id}`,
    displayName: `Name of ${id}`,
    source: 'local',
    subject: null,
    assignments: [{ role: 'auditor', scope: { kind: 'application', id: 'desk' } }],
    providerAssignments: [],
    passwordHash: null,
    totp: null,
    createdAtMs: 1_780_000_000_000,
    disabledAtMs: null,
    lastSignInAtMs: null,
    isOwner: false,
    ...change,
  };
}

function session(id: string, change: Partial<StoredSession> = {}): StoredSession {
  return {
    id,
    hash: `hash of ${id}`,
    administrator: 'ada',
    createdAtMs: 1,
    authenticatedAtMs: 1,
    lastSeenAtMs: 1,
    expiresAtMs: 1_000,
    address: '192.0.2.1',
    userAgent: 'browser',
    methods: ['password', 'totp'],
    ...change,
  };
}

function token(id: string, change: Partial<StoredToken> = {}): StoredToken {
  return {
    id,
    hash: `hash of ${id}`,
    administrator: 'ada',
    name: 'nightly',
    hint: 'bza_a1b2c3',
    permissions: null,
    createdAtMs: 1,
    expiresAtMs: 1_000,
    lastUsedAtMs: null,
    ...change,
  };
}

const put = (store: AdministratorStore, stored: StoredAdministrator) =>
  store.accounts.edit(stored.id, () => stored);

for (const backend of backends) {
  backend.describe(`administrators in ${backend.name}`, () => {
    let place: Place;
    let stores: Stores;
    let store: AdministratorStore;
    beforeEach(async () => {
      place = await backend.prepare();
      stores = await place.open();
      store = stores.administrators;
    });
    afterEach(async () => {
      await stores.close();
      await place.discard();
    });

    test('are found as they were put, whatever the case of their id', async () => {
      expect(await store.accounts.isEmpty()).toBe(true);
      const full = account('Ada@Example.com', {
        source: 'company',
        subject: 'sub-1',
        assignments: [{ role: 'owner', scope: { kind: 'organization' } }],
        providerAssignments: [{ role: 'member', scope: { kind: 'group', id: 'eng' } }],
        passwordHash: '$argon2id$',
        totp: { sealed: 'AAAA', enrolledAtMs: 5 },
        disabledAtMs: 6,
        lastSignInAtMs: 7,
        isOwner: true,
      });
      await put(store, full);
      expect(await store.accounts.find('ada@EXAMPLE.com')).toEqual(full);
      expect(await store.accounts.bySubject('company', 'sub-1')).toEqual(full);
      expect(await store.accounts.bySubject('another', 'sub-1')).toBeUndefined();
      expect(await store.accounts.find('nobody')).toBeUndefined();
      expect(await store.accounts.isEmpty()).toBe(false);
    });

    test('are listed by id, from one on', async () => {
      for (const id of ['b', 'A', 'c']) await put(store, account(id));
      expect((await store.accounts.list({ limit: 2 })).map(({ id }) => id)).toEqual(['A', 'b']);
      expect((await store.accounts.list({ limit: 2, after: 'B' })).map(({ id }) => id)).toEqual(['c']);
    });

    test('are changed whole or not at all, in sight of the others', async () => {
      await put(store, account('ada', { isOwner: true }));
      await put(store, account('bob'));
      let seen: unknown;
      await store.accounts.edit('bob', (current, others) => {
        seen = others;
        return { ...current!, displayName: 'Bob', isOwner: true };
      });
      expect(seen).toEqual({ owners: 1, administrators: 1 });
      const failing = store.accounts.edit('bob', () => {
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(await store.accounts.find('bob')).toEqual(account('bob', { displayName: 'Bob', isOwner: true }));
      await store.accounts.signedIn('BOB', 99);
      expect((await store.accounts.find('bob'))?.lastSignInAtMs).toBe(99);
    });

    test('are removed with all that belongs to them', async () => {
      await put(store, account('ada'));
      await put(store, account('bob'));
      await store.sessions.add(session('ses_1'));
      await store.sessions.add(session('ses_2', { administrator: 'bob' }));
      await store.tokens.add(token('tok_1'));
      await store.factors.replaceRecoveryCodes('ada', ['x']);
      await store.tickets.add({
        hash: 't',
        kind: 'invitation',
        administrator: 'ada',
        data: '{}',
        expiresAtMs: 9,
      });
      await store.accounts.edit('ada', () => null);
      expect(await store.accounts.find('ada')).toBeUndefined();
      expect(await store.sessions.byHash('hash of ses_1')).toBeUndefined();
      expect(await store.tokens.byHash('hash of tok_1')).toBeUndefined();
      expect(await store.factors.recoveryCodes('ada')).toBe(0);
      expect(await store.tickets.find('t')).toBeUndefined();
      expect(await store.sessions.byHash('hash of ses_2')).toBeDefined();
    });

    test('use a time step once, and none before it', async () => {
      await put(store, account('ada'));
      const uses = await Promise.all([1, 2, 3].map(() => store.accounts.useTotpStep('ada', 10)));
      expect(uses.filter(Boolean)).toHaveLength(1);
      expect(await store.accounts.useTotpStep('ada', 9)).toBe(false);
      expect(await store.accounts.useTotpStep('ada', 11)).toBe(true);
      await store.accounts.edit('ada', (current) => ({ ...current!, displayName: 'Ada' }));
      expect(await store.accounts.useTotpStep('ada', 11)).toBe(false);
      expect(await store.accounts.useTotpStep('nobody', 1)).toBe(false);
    });

    test('keep passkeys, whose counter moves from what it was', async () => {
      const passkey = {
        id: 'pk-1',
        administrator: 'ada',
        name: 'laptop',
        publicKey: 'AAAA',
        counter: 0,
        transports: ['internal'],
        isBackedUp: false,
        createdAtMs: 1,
        lastUsedAtMs: null,
      };
      expect(await store.factors.addPasskey(passkey)).toBe(true);
      expect(await store.factors.addPasskey({ ...passkey, administrator: 'eve' })).toBe(false);
      expect(await store.factors.passkey('pk-1')).toEqual(passkey);
      const use = { from: 0, to: 4, isBackedUp: true, atMs: 8 };
      const uses = await Promise.all([1, 2].map(() => store.factors.usePasskey('pk-1', use)));
      expect(uses.filter(Boolean)).toHaveLength(1);
      expect(await store.factors.passkeys('ada')).toEqual([
        { ...passkey, counter: 4, isBackedUp: true, lastUsedAtMs: 8 },
      ]);
      expect(await store.factors.removePasskey('eve', 'pk-1')).toBe(false);
      expect(await store.factors.removePasskey('ada', 'pk-1')).toBe(true);
    });

    test('use a recovery code once', async () => {
      await store.factors.replaceRecoveryCodes('ada', ['a', 'b']);
      await store.factors.replaceRecoveryCodes('ada', ['c', 'd']);
      const uses = await Promise.all([1, 2, 3].map(() => store.factors.useRecoveryCode('ada', 'c')));
      expect(uses.filter(Boolean)).toHaveLength(1);
      expect(await store.factors.useRecoveryCode('ada', 'a')).toBe(false);
      expect(await store.factors.useRecoveryCode('eve', 'd')).toBe(false);
      expect(await store.factors.recoveryCodes('ada')).toBe(1);
      await store.factors.clear('ada');
      expect(await store.factors.recoveryCodes('ada')).toBe(0);
    });

    test('have sessions, latest seen first, which are touched, rotated once and ended', async () => {
      await store.sessions.add(session('ses_1'));
      await store.sessions.add(session('ses_2', { lastSeenAtMs: 2 }));
      await store.sessions.add(session('ses_3', { administrator: 'bob' }));
      expect(await store.sessions.byHash('hash of ses_1')).toEqual(session('ses_1'));
      await store.sessions.touch('ses_1', 5);
      expect((await store.sessions.list('ada')).map(({ id }) => id)).toEqual(['ses_1', 'ses_2']);
      const change = { from: 'hash of ses_1', to: 'new', authenticatedAtMs: 6 };
      const rotations = await Promise.all([1, 2].map(() => store.sessions.rotate('ses_1', change)));
      expect(rotations.filter(Boolean)).toHaveLength(1);
      expect(await store.sessions.byHash('new')).toMatchObject({ id: 'ses_1', authenticatedAtMs: 6 });
      expect(await store.sessions.end('bob', 'ses_1')).toBe(false);
      expect(await store.sessions.end('ada', 'ses_1')).toBe(true);
      expect(await store.sessions.endAll('ada', 'ses_2')).toBe(0);
      expect(await store.sessions.endAll('ada')).toBe(1);
      expect(await store.sessions.byHash('hash of ses_3')).toBeDefined();
    });

    test('have tokens, latest first', async () => {
      const narrow = token('tok_2', { createdAtMs: 2, permissions: ['usage.read'] });
      await store.tokens.add(token('tok_1'));
      await store.tokens.add(narrow);
      expect(await store.tokens.list('ada')).toEqual([narrow, token('tok_1')]);
      await store.tokens.touch('tok_1', 5);
      expect((await store.tokens.byHash('hash of tok_1'))?.lastUsedAtMs).toBe(5);
      expect(await store.tokens.remove('bob', 'tok_1')).toBe(false);
      expect(await store.tokens.remove('ada', 'tok_1')).toBe(true);
    });

    test('have tickets, which are taken once', async () => {
      const ticket = { hash: 't', kind: 'invitation', administrator: 'ada', data: '{"a":1}', expiresAtMs: 9 };
      await store.tickets.add(ticket);
      await expect(store.tickets.add(ticket)).rejects.toThrow();
      expect(await store.tickets.find('t')).toEqual(ticket);
      expect([await store.tickets.fail('t'), await store.tickets.fail('t')]).toEqual([1, 2]);
      expect(await store.tickets.fail('none')).toBe(Infinity);
      const takes = await Promise.all([1, 2, 3].map(() => store.tickets.take('t')));
      expect(takes.filter(Boolean)).toHaveLength(1);
      await store.tickets.add(ticket);
      await store.tickets.void('another', 'ada');
      expect(await store.tickets.find('t')).toBeDefined();
      await store.tickets.void('invitation', 'ada');
      expect(await store.tickets.find('t')).toBeUndefined();
    });

    test('count failures in one step with asking, so that many at once are many', async () => {
      const upTo = (most: number) => (failures: readonly ({ count: number } | undefined)[]) =>
        failures.every((each) => (each?.count ?? 0) < most);
      const tries = await Promise.all(
        Array.from({ length: 12 }, (_, at) =>
          store.brake.attempt(['network', `pair ${at % 2}`], 50, upTo(5)),
        ),
      );
      expect(tries.filter(Boolean)).toHaveLength(5);
      let seen: unknown;
      await store.brake.attempt(['network', 'none'], 60, (failures) => {
        seen = failures;
        return false;
      });
      expect(seen).toEqual([{ count: 5, lastAtMs: 50 }, undefined]);
      await store.brake.settle({ forget: ['pair 0'], refund: ['network', 'none'] });
      await store.brake.attempt(['network', 'pair 0'], 60, (failures) => {
        seen = failures;
        return false;
      });
      expect(seen).toEqual([{ count: 4, lastAtMs: 50 }, undefined]);
    });

    test('are tidied of what is over', async () => {
      await store.sessions.add(session('ses_1', { expiresAtMs: 10 }));
      await store.sessions.add(session('ses_2', { expiresAtMs: 11 }));
      await store.tokens.add(token('tok_1', { expiresAtMs: 10 }));
      await store.brake.attempt(['old'], 5, () => true);
      await store.brake.attempt(['young'], 9, () => true);
      await store.tidy(10, 9);
      expect((await store.sessions.list('ada')).map(({ id }) => id)).toEqual(['ses_2']);
      expect(await store.tokens.list('ada')).toEqual([]);
      let seen: readonly unknown[] = [];
      await store.brake.attempt(['old', 'young'], 9, (failures) => {
        seen = failures;
        return false;
      });
      expect(seen).toEqual([undefined, { count: 1, lastAtMs: 9 }]);
    });

    testShared(backend)(
      'are seen by another replica, and two owners who leave at once see each other',
      async () => {
        const replica = await place.open('two');
        await put(store, account('ada', { isOwner: true }));
        await put(store, account('bob', { isOwner: true }));
        const leave = (from: AdministratorStore, id: string) =>
          from.accounts.edit(id, (current, { owners }) => {
            if (owners === 0) throw new Error('the last one');
            return { ...current!, isOwner: false };
          });
        const left = await Promise.allSettled([leave(store, 'ada'), leave(replica.administrators, 'bob')]);
        expect(left.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
        await store.sessions.add(session('ses_1'));
        expect(await replica.administrators.sessions.byHash('hash of ses_1')).toEqual(session('ses_1'));
        await replica.close();
      },
    );
  });
}
