/** Which models the asking application may use, as its dialect lists them. */
import { Refusal } from '../domain/refusal.ts';
import type { Route } from '../domain/route.ts';
import { requireScope, type PresentedCredentials } from '../modules/identity/identity.ts';
import type { Snapshot } from './house.ts';

/** One route for each model that policy permits this principal, by name. @throws Refusal */
export async function permittedModels(
  snapshot: Snapshot,
  presented: PresentedCredentials,
  address: string,
): Promise<readonly Route[]> {
  const { identity, routing, policy, gates } = snapshot;
  const authentication = await identity.authenticate(presented);
  requireScope(authentication, 'inference');
  const application = routing.application(authentication.applicationId);
  const context = {
    nowMs: Date.now(),
    address,
    labels: new Set<string>(),
    gates: gates.passed(authentication.principal),
  };
  return routing.models(application).filter((route) => {
    try {
      return policy.authorize(authentication, application, [route], context).length > 0;
    } catch (error) {
      if (error instanceof Refusal && error.code === 'policy_denied') return false;
      throw error;
    }
  });
}
