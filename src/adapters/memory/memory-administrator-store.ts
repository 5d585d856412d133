/** Administrators in memory. */
import type {
  AccountStore,
  AdministratorStore,
  BrakeStore,
  FactorStore,
  Failures,
  SessionStore,
  StoredAdministrator,
  StoredPasskey,
  StoredSession,
  StoredTicket,
  StoredToken,
  TicketStore,
  TokenStore,
} from '../../governance/administrators/store.ts';

interface Kept {
  readonly accounts: Map<string, StoredAdministrator>;
  readonly totpSteps: Map<string, number>;
  readonly passkeys: Map<string, StoredPasskey>;
  readonly recoveryCodes: Map<string, Set<string>>;
  readonly sessions: Map<string, StoredSession>;
  readonly tokens: Map<string, StoredToken>;
  readonly tickets: Map<string, StoredTicket & { readonly failures: number }>;
  readonly failures: Map<string, Failures>;
}

export function createMemoryAdministratorStore(): AdministratorStore {
  const kept: Kept = {
    accounts: new Map(),
    totpSteps: new Map(),
    passkeys: new Map(),
    recoveryCodes: new Map(),
    sessions: new Map(),
    tokens: new Map(),
    tickets: new Map(),
    failures: new Map(),
  };
  return {
    accounts: accounts(kept),
    factors: factors(kept),
    sessions: sessions(kept),
    tokens: tokens(kept),
    tickets: tickets(kept),
    brake: brake(kept),
    async tidy(nowMs, failuresBeforeMs) {
      for (const rows of [kept.sessions, kept.tokens, kept.tickets])
        dropWhere<{ readonly expiresAtMs: number }>(rows, ({ expiresAtMs }) => expiresAtMs <= nowMs);
      dropWhere(kept.failures, ({ lastAtMs }) => lastAtMs < failuresBeforeMs);
    },
  };
}

const keyOf = (id: string) => id.toLowerCase();

function accounts(kept: Kept): AccountStore {
  const all = () => [...kept.accounts.values()];
  return {
    find: async (id) => kept.accounts.get(keyOf(id)),
    bySubject: async (source, subject) =>
      all().find((each) => each.source === source && each.subject === subject),
    async list({ after, limit }) {
      return all()
        .filter(({ id }) => after === undefined || keyOf(id) > keyOf(after))
        .toSorted((a, b) => (keyOf(a.id) < keyOf(b.id) ? -1 : 1))
        .slice(0, limit);
    },
    isEmpty: async () => kept.accounts.size === 0,
    async edit(id, change) {
      const current = kept.accounts.get(keyOf(id));
      const others = all().filter((each) => each !== current);
      const next = change(current, {
        owners: others.filter(({ isOwner }) => isOwner).length,
        administrators: others.length,
      });
      if (next !== null) kept.accounts.set(keyOf(id), next);
      else removeAll(kept, current?.id ?? id);
    },
    async signedIn(id, lastSignInAtMs) {
      const current = kept.accounts.get(keyOf(id));
      if (current) kept.accounts.set(keyOf(id), { ...current, lastSignInAtMs });
    },
    async useTotpStep(id, step) {
      if ((kept.totpSteps.get(keyOf(id)) ?? 0) >= step || !kept.accounts.has(keyOf(id))) return false;
      kept.totpSteps.set(keyOf(id), step);
      return true;
    },
  };
}

function removeAll(kept: Kept, id: string): void {
  kept.accounts.delete(keyOf(id));
  kept.totpSteps.delete(keyOf(id));
  kept.recoveryCodes.delete(id);
  for (const rows of [kept.passkeys, kept.sessions, kept.tokens, kept.tickets])
    dropWhere<{ readonly administrator: string }>(rows, ({ administrator }) => administrator === id);
}

function dropWhere<Row>(rows: Map<string, Row>, isOver: (row: Row) => boolean): number {
  const over = [...rows].filter(([, row]) => isOver(row));
  for (const [key] of over) rows.delete(key);
  return over.length;
}

function factors({ passkeys, recoveryCodes }: Kept): FactorStore {
  const of = (administrator: string) =>
    [...passkeys.values()].filter((each) => each.administrator === administrator);
  return {
    passkeys: async (administrator) => of(administrator),
    passkey: async (id) => passkeys.get(id),
    async addPasskey(passkey) {
      if (passkeys.has(passkey.id)) return false;
      passkeys.set(passkey.id, passkey);
      return true;
    },
    async usePasskey(id, { from, to, isBackedUp, atMs }) {
      const passkey = passkeys.get(id);
      if (passkey?.counter !== from) return false;
      passkeys.set(id, { ...passkey, counter: to, isBackedUp, lastUsedAtMs: atMs });
      return true;
    },
    async removePasskey(administrator, id) {
      return passkeys.get(id)?.administrator === administrator && passkeys.delete(id);
    },
    recoveryCodes: async (administrator) => recoveryCodes.get(administrator)?.size ?? 0,
    async replaceRecoveryCodes(administrator, hashes) {
      recoveryCodes.set(administrator, new Set(hashes));
    },
    useRecoveryCode: async (administrator, hash) => recoveryCodes.get(administrator)?.delete(hash) ?? false,
    async clear(administrator) {
      dropWhere(passkeys, (each) => each.administrator === administrator);
      recoveryCodes.delete(administrator);
    },
  };
}

function sessions({ sessions: rows }: Kept): SessionStore {
  return {
    async add(session) {
      rows.set(session.id, session);
    },
    byHash: async (hash) => [...rows.values()].find((each) => each.hash === hash),
    list: async (administrator) =>
      [...rows.values()]
        .filter((each) => each.administrator === administrator)
        .toSorted((a, b) => b.lastSeenAtMs - a.lastSeenAtMs || (a.id < b.id ? 1 : -1)),
    async touch(id, lastSeenAtMs) {
      const session = rows.get(id);
      if (session) rows.set(id, { ...session, lastSeenAtMs });
    },
    async rotate(id, { from, to, authenticatedAtMs }) {
      const session = rows.get(id);
      if (session?.hash !== from) return false;
      rows.set(id, { ...session, hash: to, authenticatedAtMs });
      return true;
    },
    end: async (administrator, id) => rows.get(id)?.administrator === administrator && rows.delete(id),
    endAll: async (administrator, except) =>
      dropWhere(rows, (each) => each.administrator === administrator && each.id !== except),
  };
}

function tokens({ tokens: rows }: Kept): TokenStore {
  return {
    async add(token) {
      rows.set(token.id, token);
    },
    byHash: async (hash) => [...rows.values()].find((each) => each.hash === hash),
    list: async (administrator) =>
      [...rows.values()]
        .filter((each) => each.administrator === administrator)
        .toSorted((a, b) => b.createdAtMs - a.createdAtMs || (a.id < b.id ? 1 : -1)),
    async touch(id, lastUsedAtMs) {
      const token = rows.get(id);
      if (token) rows.set(id, { ...token, lastUsedAtMs });
    },
    remove: async (administrator, id) => rows.get(id)?.administrator === administrator && rows.delete(id),
  };
}

function tickets({ tickets: rows }: Kept): TicketStore {
  return {
    async add(ticket) {
      if (rows.has(ticket.hash)) throw new Error('there is such a ticket already');
      rows.set(ticket.hash, { ...ticket, failures: 0 });
    },
    async find(hash) {
      const found = rows.get(hash);
      if (!found) return undefined;
      const { failures: _, ...ticket } = found;
      return ticket;
    },
    take: async (hash) => rows.delete(hash),
    async fail(hash) {
      const ticket = rows.get(hash);
      if (!ticket) return Infinity;
      rows.set(hash, { ...ticket, failures: ticket.failures + 1 });
      return ticket.failures + 1;
    },
    async void(kind, administrator) {
      dropWhere(rows, (each) => each.kind === kind && each.administrator === administrator);
    },
  };
}

function brake({ failures }: Kept): BrakeStore {
  return {
    async attempt(keys, atMs, permits) {
      if (!permits(keys.map((key) => failures.get(key)))) return false;
      for (const key of keys)
        failures.set(key, { count: (failures.get(key)?.count ?? 0) + 1, lastAtMs: atMs });
      return true;
    },
    async settle({ forget, refund }) {
      for (const key of forget) failures.delete(key);
      for (const key of refund) {
        const { count = 0, lastAtMs = 0 } = failures.get(key) ?? {};
        if (count > 1) failures.set(key, { count: count - 1, lastAtMs });
        else failures.delete(key);
      }
    },
  };
}
