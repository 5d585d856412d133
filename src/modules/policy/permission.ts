/** From decisions to grants, or to the refusal that names the policies. */
import type { Application } from '../../domain/application.ts';
import type { Authentication } from '../../domain/principal.ts';
import type { Grant } from '../../domain/proofs.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Route } from '../../domain/route.ts';
import type { Asker, Decision, Decisions } from './decisions.ts';
import { mintGrant } from './grant.ts';
import type { RequestContext } from './request-context.ts';

export interface Permission {
  authorize(
    authentication: Authentication,
    application: Application,
    routes: readonly Route[],
    context: RequestContext,
  ): readonly Grant[];
  review(grants: readonly Grant[], application: Application, context: RequestContext): readonly Grant[];
  mayReidentify(authentication: Authentication, application: Application, context: RequestContext): boolean;
}

/** See the door, `Policy`, for what each promises. */
export function createPermission(decisions: Decisions): Permission {
  return {
    authorize: (authentication, application, routes, context) =>
      grantsFor(decisions, { authentication, application, context }, routes),
    review(grants, application, context) {
      if (!decisions.readsLabels) return grants;
      return grants.length === 0 ? grants : reviewAll(decisions, grants, application, context);
    },
    mayReidentify: (authentication, application, context) =>
      authentication.scopes.has('reidentify') &&
      decisions.reidentify({ authentication, application, context }).kind === 'permitted',
  };
}

/** Grants of one request share their authentication; where they do not, each is asked about as its own. */
function reviewAll(
  decisions: Decisions,
  grants: readonly Grant[],
  application: Application,
  context: RequestContext,
): readonly Grant[] {
  const byAuthentication = Map.groupBy(grants, ({ authentication }) => authentication);
  return [...byAuthentication].flatMap(([authentication, mine]) =>
    grantsFor(
      decisions,
      { authentication, application, context },
      mine.map(({ route }) => route),
    ),
  );
}

function grantsFor(decisions: Decisions, asker: Asker, routes: readonly Route[]): readonly Grant[] {
  const decided = decisions.callModel(asker, routes);
  const grants: Grant[] = [];
  for (const [index, route] of routes.entries()) {
    const decision = decided[index];
    if (decision?.kind === 'permitted')
      grants.push(mintGrant(asker.authentication, route, decision.policies));
  }
  if (grants.length === 0) throw denied(asker.authentication, routes[0]?.model, decided);
  return grants;
}

function denied(
  { principal }: Authentication,
  model: string | undefined,
  decided: readonly Decision[],
): Refusal {
  const policies = [...new Set(decided.flatMap((decision) => decision.policies))].toSorted();
  const undecidable = decided.find(({ kind }) => kind === 'undecidable');
  const cause = undecidable && 'cause' in undecidable ? undecidable.cause : undefined;
  return new Refusal('policy_denied', reasonOf(), { policies, cause });

  function reasonOf(): string {
    const named = policies.length === 1 ? `policy ${policies[0]}` : `policies ${policies.join(', ')}`;
    const call = `${principal.kind} ${principal.id} calling ${model === undefined ? 'a model' : `the model ${model}`}`;
    if (decided.some(({ kind }) => kind === 'forbidden')) return `${call} is forbidden by ${named}`;
    if (policies.length > 0) return `${call} is refused because ${named} could not be evaluated`;
    if (undecidable) return `${call} is refused because policy could not be evaluated`;
    return `no policy permits ${call}`;
  }
}
