/** Joins who somebody is with what they may: the two rooms know nothing of each other. */
import type { Gatekeeper } from '../control-plane/gatekeeper.ts';
import type { Authorization } from '../governance/authorization/authorization.ts';

export interface GatekeeperRooms {
  readonly authenticate: Gatekeeper['authenticate'];
  readonly authorization: Authorization;
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
