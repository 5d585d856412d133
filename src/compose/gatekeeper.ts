/** Joins who is at the door with how far they may go: a token that is narrowed goes no further than it says. */
import type { Permission } from '../contract/api/permissions.ts';
import type { Gatekeeper } from '../control-plane/gatekeeper.ts';
import type { Reach, SignedIn } from '../domain/administrator.ts';
import type { Administrators } from '../governance/administrators/administrators.ts';

export function createGatekeeper(
  administrators: Administrators,
  reach: (signedIn: SignedIn, permission: Permission) => Promise<Reach>,
): Gatekeeper {
  return {
    authenticate: administrators.authenticate,
    async reach(signedIn, permission) {
      if (signedIn.permissions?.includes(permission) === false) return { kind: 'nothing' };
      return reach(signedIn, permission);
    },
  };
}
