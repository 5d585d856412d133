/** Who is at the door of the control plane, and how far they may go. */
import type { Permission } from '../contract/api/permissions.ts';
import type { Reach, SignedIn } from '../domain/administrator.ts';

/** What a request presents. */
export interface Presented {
  /** Value of the session's cookie. */
  readonly cookie: string | undefined;
  /** An access token. */
  readonly bearer: string | undefined;
}

export interface Gatekeeper {
  /** @throws Refusal `missing_credential`, `expired_credential`, `invalid_credential` */
  authenticate(presented: Presented): Promise<SignedIn>;
  reach(signedIn: SignedIn, permission: Permission): Promise<Reach>;
}

/** The same change, asked for twice, is done once. */
export interface Idempotency {
  /**
   * Does the work, or gives what it gave the first time.
   * @throws Refusal `idempotency_conflict` where the key came with another request
   */
  once<Answer>(
    request: { readonly administrator: string; readonly key: string; readonly digest: string },
    work: () => Promise<Answer>,
  ): Promise<Answer>;
}

export const SESSION_COOKIE = 'bartizan_session';
