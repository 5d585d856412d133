/** Who administers the house: an account, the roles it holds and over what, and how it was proven this time. */

/** What a role extends over. */
export type AdministrationScope =
  | { readonly kind: 'organization' }
  | { readonly kind: 'group'; readonly id: string }
  | { readonly kind: 'application'; readonly id: string };

export interface Assignment {
  readonly role: string;
  readonly scope: AdministrationScope;
}

export interface Administrator {
  /** The same as the person's id as a principal: `alice@example.com`. */
  readonly id: string;
  readonly displayName: string;
  /** Their own, and those of their groups. */
  readonly assignments: readonly Assignment[];
}

export interface SignedIn {
  readonly administrator: Administrator;
  /** `session`: a browser, which shows that one of our own pages asks; `token`: a program. */
  readonly by: 'session' | 'token';
  /** Id of the session or token: never itself. */
  readonly credentialId: string;
  /** `password`, `totp`, `passkey`, `sso`, `token`. */
  readonly methods: readonly string[];
  /** What a page of ours sends with every change; empty for tokens. */
  readonly csrf: string;
  readonly expiresAtMs: number;
  readonly idleAtMs: number;
  /** Where a token is narrowed: no more than these, whatever the roles say. */
  readonly permissions?: readonly string[];
}

/** How far a permission reaches for somebody. */
export type Reach =
  | { readonly kind: 'everything' }
  | {
      readonly kind: 'some';
      readonly applications: ReadonlySet<string>;
      readonly groups: ReadonlySet<string>;
    }
  | { readonly kind: 'nothing' };

export function reachesApplication(reach: Reach, application: string | undefined): boolean {
  if (reach.kind === 'everything') return true;
  return reach.kind === 'some' && application !== undefined && reach.applications.has(application);
}

export function reachesGroup(reach: Reach, group: string): boolean {
  return reach.kind === 'everything' || (reach.kind === 'some' && reach.groups.has(group));
}
