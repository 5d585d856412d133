/** Joins who somebody is with what they may: the two rooms know nothing of each other. */
import { BUILT_IN_ROLES, type Permission } from '../contract/api/permissions.ts';
import type { Gatekeeper } from '../control-plane/gatekeeper.ts';
import type { Reach, SignedIn } from '../domain/administrator.ts';

export interface GatekeeperRooms {
  readonly authenticate: Gatekeeper['authenticate'];
  readonly authorization: { reach(signedIn: SignedIn, permission: Permission): Promise<Reach> };
}

export function createGatekeeper({ authenticate, authorization }: GatekeeperRooms): Gatekeeper {
  return {
    authenticate,
    async reach(signedIn, permission) {
      // A token may carry less than the one whose it is; never more.
      const { permissions } = signedIn;
      if (permissions !== undefined && !permissions.includes(permission)) return { kind: 'nothing' };
      return authorization.reach(signedIn, permission);
    },
  };
}

/** The roles of the house over the whole organization. */
export async function builtInReach({ administrator }: SignedIn, permission: Permission): Promise<Reach> {
  const permits = administrator.assignments.some(({ role, scope }) => {
    const known = Object.entries(BUILT_IN_ROLES).find(([name]) => name === role)?.[1];
    const permissions: readonly Permission[] = known?.permissions ?? [];
    return scope.kind === 'organization' && permissions.includes(permission);
  });
  return { kind: permits ? 'everything' : 'nothing' };
}
