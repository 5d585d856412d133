/** Sessions of browsers: begun, recognized, given a new cookie, ended. Every replica sees an end within half a second. */
import { createHmac } from 'node:crypto';
import { createBoundedCache } from '../../base/bounded-cache.ts';
import type { Clock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import type { SignedIn } from '../../domain/administrator.ts';
import { Refusal } from '../../domain/refusal.ts';
import { administratorOf } from './account.ts';
import type { SignInSettings, Visitor } from './settings.ts';
import type { AccountStore, SessionStore, StoredAdministrator, StoredSession } from './store.ts';
import { hashOf, newToken } from './token.ts';

export interface NewCookie {
  /** The cookie's value: stored nowhere. */
  readonly cookie: string;
  readonly csrf: string;
  readonly expiresAtMs: number;
}

export interface Sessions {
  begin(account: StoredAdministrator, visitor: Visitor, methods: readonly string[]): Promise<NewCookie>;
  /** @throws Refusal `expired_credential` */
  authenticate(cookie: string): Promise<SignedIn>;
  /** The session goes on under another cookie. @throws Refusal `expired_credential` */
  rotate(signedIn: SignedIn, options?: { readonly isConfirmed?: boolean }): Promise<NewCookie>;
  /** @throws Refusal `expired_credential` */
  own(signedIn: SignedIn): Promise<StoredSession>;
  list(administrator: string): Promise<readonly StoredSession[]>;
  end(administrator: string, id: string): Promise<boolean>;
  endAll(administrator: string, except?: string): Promise<number>;
  /** Looks again at what the accounts say. */
  forget(): void;
}

export interface SessionMeans {
  readonly sessions: SessionStore;
  readonly accounts: AccountStore;
  readonly settings: () => SignInSettings;
  readonly clock: Clock;
  readonly csrfKey: Buffer;
}

/** Every authenticated call looks here first. */
const REMEMBERED_MS = 500;
const MAX_REMEMBERED = 10_000;
const TOUCH_EVERY_MS = 60_000;
const MAX_USER_AGENT = 300;

interface Recognized {
  readonly session: StoredSession;
  readonly account: StoredAdministrator;
  readonly untilMs: number;
}

interface Recognition {
  /** @throws Refusal `expired_credential` */
  recognize(hash: string): Promise<Recognized>;
  /** Marks that they were here, now and then. */
  touch(session: StoredSession): Promise<StoredSession>;
  forget(): void;
}

function createRecognition({ sessions, accounts, clock }: SessionMeans): Recognition {
  const remembered = createBoundedCache<Recognized>(MAX_REMEMBERED);
  const touching = new Set<string>();
  return {
    async recognize(hash) {
      const known = remembered.get(hash);
      if (known !== undefined && clock.now() < known.untilMs) return known;
      const session = await sessions.byHash(hash);
      const account = session && (await accounts.find(session.administrator));
      // A stranger's answer to another question is none.
      if (session?.hash !== hash || account?.id !== session.administrator)
        throw new Refusal('expired_credential');
      const found = { session, account, untilMs: clock.now() + REMEMBERED_MS };
      remembered.set(hash, found);
      return found;
    },
    async touch(session) {
      const nowMs = clock.now();
      if (nowMs - session.lastSeenAtMs < TOUCH_EVERY_MS) return session;
      const seen = { ...session, lastSeenAtMs: nowMs };
      // Of many calls at once one writes.
      if (touching.has(session.id)) return seen;
      touching.add(session.id);
      try {
        await sessions.touch(session.id, nowMs);
      } finally {
        touching.delete(session.id);
      }
      const known = remembered.get(session.hash);
      if (known) remembered.set(session.hash, { ...known, session: seen });
      return seen;
    },
    forget: remembered.clear,
  };
}

export function createSessions(means: SessionMeans): Sessions {
  const { sessions, settings, clock } = means;
  const recognition = createRecognition(means);
  const csrfOf = (cookie: string) => createHmac('sha256', means.csrfKey).update(cookie).digest('base64url');
  const ending = async <T>(work: Promise<T>): Promise<T> => {
    const ended = await work;
    recognition.forget();
    return ended;
  };
  return {
    async begin(account, visitor, methods) {
      const cookie = newToken();
      const session = newSession(account, visitor, { cookie, methods, nowMs: clock.now(), ...settings() });
      await sessions.add(session);
      return { cookie, csrf: csrfOf(cookie), expiresAtMs: session.expiresAtMs };
    },
    async authenticate(cookie) {
      const { session, account } = await recognition.recognize(hashOf(cookie));
      const nowMs = clock.now();
      const { idleMs } = settings();
      const isAlive = nowMs < session.expiresAtMs && nowMs < session.lastSeenAtMs + idleMs;
      if (!isAlive || account.disabledAtMs !== null) throw new Refusal('expired_credential');
      const { lastSeenAtMs } = await recognition.touch(session);
      return {
        administrator: administratorOf(account),
        by: 'session',
        credentialId: session.id,
        methods: session.methods,
        csrf: csrfOf(cookie),
        expiresAtMs: session.expiresAtMs,
        idleAtMs: Math.min(session.expiresAtMs, lastSeenAtMs + idleMs),
      };
    },
    async rotate(signedIn, { isConfirmed = false } = {}) {
      const session = await ownOf(sessions, signedIn);
      const cookie = newToken();
      const authenticatedAtMs = isConfirmed ? clock.now() : session.authenticatedAtMs;
      const change = { from: session.hash, to: hashOf(cookie), authenticatedAtMs };
      if ((await ending(sessions.rotate(session.id, change))) !== true)
        throw new Refusal('expired_credential');
      return { cookie, csrf: csrfOf(cookie), expiresAtMs: session.expiresAtMs };
    },
    own: (signedIn) => ownOf(sessions, signedIn),
    list: (administrator) => sessions.list(administrator),
    end: (administrator, id) => ending(sessions.end(administrator, id)),
    endAll: (administrator, except) => ending(sessions.endAll(administrator, except)),
    forget: recognition.forget,
  };
}

interface Beginning {
  readonly cookie: string;
  readonly methods: readonly string[];
  readonly nowMs: number;
  readonly absoluteMs: number;
}

function newSession(
  { id: administrator }: StoredAdministrator,
  { address, userAgent }: Visitor,
  { cookie, methods, nowMs, absoluteMs }: Beginning,
): StoredSession {
  return {
    id: newId('ses', nowMs),
    hash: hashOf(cookie),
    administrator,
    createdAtMs: nowMs,
    authenticatedAtMs: nowMs,
    lastSeenAtMs: nowMs,
    expiresAtMs: nowMs + absoluteMs,
    address,
    userAgent: userAgent.slice(0, MAX_USER_AGENT),
    methods,
  };
}

async function ownOf(sessions: SessionStore, signedIn: SignedIn): Promise<StoredSession> {
  const all = await sessions.list(signedIn.administrator.id);
  const own = all.find(({ id }) => id === signedIn.credentialId);
  if (signedIn.by !== 'session' || own === undefined) throw new Refusal('expired_credential');
  return own;
}
