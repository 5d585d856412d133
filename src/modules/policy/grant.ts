/** Mints grants: the one place that may say that policy has permitted a call. */
import type { Authentication } from '../../domain/principal.ts';
import type { Grant } from '../../domain/proofs.ts';
import type { Route } from '../../domain/route.ts';

/** MUST be called for what policy has permitted, and for nothing else. */
export function mintGrant(authentication: Authentication, route: Route, policies: readonly string[]): Grant {
  return { authentication, route, policies } as Grant;
}
