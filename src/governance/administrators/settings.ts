/** How people sign in, as the configuration tree says it at present. */
import type { Assignment } from '../../domain/administrator.ts';

/** An identity provider (OpenID Connect). */
export interface ProviderSettings {
  readonly title: string;
  readonly issuer: string;
  readonly clientId: string;
  /** `name` tells one from another; absent: a public client. */
  readonly clientSecret?: { readonly name: string; readonly read: () => Promise<string> };
  readonly scopes: readonly string[];
  readonly idClaim: string;
  readonly nameClaim: string;
  readonly groupsClaim: string;
  readonly allowPrivateNetwork: boolean;
  /** Whether a local account of the id it names is that person's. */
  readonly linksAccounts: boolean;
  readonly roles: readonly { readonly group: string; readonly assignment: Assignment }[];
  /** For who is in none of those groups. */
  readonly defaultAssignment?: Assignment;
}

export interface SignInSettings {
  readonly organization: string;
  /** Where the console is reached: scheme, host and port. Undefined: as the browser says. */
  readonly publicOrigin: string | undefined;
  readonly idleMs: number;
  readonly absoluteMs: number;
  /** Whether there are passwords at all. */
  readonly password: boolean;
  readonly passkey: boolean;
  readonly providers: ReadonlyMap<string, ProviderSettings>;
}

/** Who is at the door, before it is known who. */
export interface Visitor {
  readonly address: string;
  readonly userAgent: string;
  /** What a browser that has signed in before brings. */
  readonly device: string | undefined;
  /** Scheme, host and port that the browser asked. */
  readonly origin: string;
}
