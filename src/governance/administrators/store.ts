/** The ports behind the administrators' room: accounts and what they sign in with. Secrets are here as hashes, or sealed. */
import type { Assignment } from '../../domain/administrator.ts';

export interface StoredAdministrator {
  /** As a principal is called; no two differ in upper and lower case alone. */
  readonly id: string;
  /** `adr_…`: what the record and passkeys call them, which names nobody. */
  readonly reference: string;
  readonly displayName: string;
  /** `local`, or the name of an identity provider. */
  readonly source: string;
  /** What the identity provider calls them: `sub`. */
  readonly subject: string | null;
  readonly assignments: readonly Assignment[];
  /** What the identity provider's groups gave at the last sign-in. */
  readonly providerAssignments: readonly Assignment[];
  /** With its parameters and salt. */
  readonly passwordHash: string | null;
  /** Sealed secret of an authenticator application. */
  readonly totp: { readonly sealed: string; readonly enrolledAtMs: number } | null;
  readonly createdAtMs: number;
  readonly disabledAtMs: number | null;
  readonly lastSignInAtMs: number | null;
  /** Whether this is one whom the house must not lose the last of: can sign in, and is its owner. */
  readonly isOwner: boolean;
}

export interface AdministratorQuery {
  /** Ids beyond this one. */
  readonly after?: string;
  readonly limit: number;
}

/** Who else is there, as the change finds it. */
export interface Others {
  readonly owners: number;
  readonly administrators: number;
}

export interface AccountStore {
  /** Upper and lower case do not count. */
  find(id: string): Promise<StoredAdministrator | undefined>;
  bySubject(source: string, subject: string): Promise<StoredAdministrator | undefined>;
  /** By id in lower case. */
  list(query: AdministratorQuery): Promise<readonly StoredAdministrator[]>;
  isEmpty(): Promise<boolean>;
  /**
   * Changes one account, and no other change anywhere comes between: `change` gets what is there and gives what shall be,
   * null to remove it with all that belongs to it. Where it throws, nothing is changed. MUST be called with `change` again
   * never.
   */
  edit(
    id: string,
    change: (current: StoredAdministrator | undefined, others: Others) => StoredAdministrator | null,
  ): Promise<void>;
  signedIn(id: string, atMs: number): Promise<void>;
  /** Whether no code of this time step or a later one was used before; from now on this one is. */
  useTotpStep(id: string, step: number): Promise<boolean>;
}

export interface StoredPasskey {
  /** The credential's id, base64url. */
  readonly id: string;
  readonly administrator: string;
  readonly name: string;
  /** COSE, base64url. */
  readonly publicKey: string;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly isBackedUp: boolean;
  readonly createdAtMs: number;
  readonly lastUsedAtMs: number | null;
}

export interface FactorStore {
  passkeys(administrator: string): Promise<readonly StoredPasskey[]>;
  passkey(id: string): Promise<StoredPasskey | undefined>;
  /** Resolves to whether it is new. */
  addPasskey(passkey: StoredPasskey): Promise<boolean>;
  /** Whether the counter was what it is expected to be: of two uses at once of one counter, one is a copy's. */
  usePasskey(
    id: string,
    use: { from: number; to: number; isBackedUp: boolean; atMs: number },
  ): Promise<boolean>;
  removePasskey(administrator: string, id: string): Promise<boolean>;
  recoveryCodes(administrator: string): Promise<number>;
  replaceRecoveryCodes(administrator: string, hashes: readonly string[]): Promise<void>;
  /** Whether there was such a code; now there is not. */
  useRecoveryCode(administrator: string, hash: string): Promise<boolean>;
  /** Passkeys and recovery codes. */
  clear(administrator: string): Promise<void>;
}

export interface StoredSession {
  /** `ses_…` */
  readonly id: string;
  /** SHA-256 of the cookie's value in hexadecimal. */
  readonly hash: string;
  readonly administrator: string;
  readonly createdAtMs: number;
  /** When they last showed who they are. */
  readonly authenticatedAtMs: number;
  readonly lastSeenAtMs: number;
  readonly expiresAtMs: number;
  readonly address: string;
  readonly userAgent: string;
  readonly methods: readonly string[];
}

export interface SessionStore {
  add(session: StoredSession): Promise<void>;
  byHash(hash: string): Promise<StoredSession | undefined>;
  list(administrator: string): Promise<readonly StoredSession[]>;
  touch(id: string, atMs: number): Promise<void>;
  /** Whether it was there under the old hash. */
  rotate(id: string, change: { from: string; to: string; authenticatedAtMs: number }): Promise<boolean>;
  end(administrator: string, id: string): Promise<boolean>;
  /** All but one. Resolves to how many. */
  endAll(administrator: string, except?: string): Promise<number>;
}

export interface StoredToken {
  /** `tok_…` */
  readonly id: string;
  readonly hash: string;
  readonly administrator: string;
  readonly name: string;
  readonly hint: string;
  readonly permissions: readonly string[] | null;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  readonly lastUsedAtMs: number | null;
}

export interface TokenStore {
  add(token: StoredToken): Promise<void>;
  byHash(hash: string): Promise<StoredToken | undefined>;
  list(administrator: string): Promise<readonly StoredToken[]>;
  touch(id: string, atMs: number): Promise<void>;
  remove(administrator: string, id: string): Promise<boolean>;
}

/** What a link, or a step that a sign-in waits for, is known by: good once, and until then. */
export interface StoredTicket {
  readonly hash: string;
  readonly kind: string;
  /** Empty: nobody's yet. */
  readonly administrator: string;
  /** JSON. */
  readonly data: string;
  readonly expiresAtMs: number;
}

export interface TicketStore {
  add(ticket: StoredTicket): Promise<void>;
  find(hash: string): Promise<StoredTicket | undefined>;
  /** Whether it was there; now it is not. */
  take(hash: string): Promise<boolean>;
  /** Counts one more failed use, and resolves to how many there were in all. */
  fail(hash: string): Promise<number>;
  /** Those of one kind and administrator. */
  void(kind: string, administrator: string): Promise<void>;
}

/** How often a door was tried in vain, and when last. */
export interface Failures {
  readonly count: number;
  readonly lastAtMs: number;
}

export interface BrakeStore {
  /**
   * Asks and counts in one step, so that many who try at once are many: `permits` gets what stands for each key, in order
   * (undefined: nothing); where it says yes, each counts one more. Of those who share the first key, none comes between.
   */
  attempt(
    keys: readonly string[],
    atMs: number,
    permits: (failures: readonly (Failures | undefined)[]) => boolean,
  ): Promise<boolean>;
  /** Those were no failures after all: `forget` is as if nothing ever was, `refund` takes back one. */
  settle(keys: { readonly forget: readonly string[]; readonly refund: readonly string[] }): Promise<void>;
}

export interface AdministratorStore {
  readonly accounts: AccountStore;
  readonly factors: FactorStore;
  readonly sessions: SessionStore;
  readonly tokens: TokenStore;
  readonly tickets: TicketStore;
  readonly brake: BrakeStore;
  /** Throws away what is over: sessions, tokens, tickets, and failures that were last before `failuresBeforeMs`. */
  tidy(nowMs: number, failuresBeforeMs: number): Promise<void>;
}
