/** From decisions to grants, or to the refusal that names the policies. */
import type { Application } from '../../domain/application.ts';
import { guardrailPrincipal, type Authentication, type Principal } from '../../domain/principal.ts';
import type { Grant, Grants } from '../../domain/proofs.ts';
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
  ): Grants;
  review(grants: Grants, application: Application, context: RequestContext): Grants;
  explain(
    authentication: Authentication,
    application: Application,
    routes: readonly Route[],
    context: RequestContext,
  ): readonly Decision[];
  mayReidentify(authentication: Authentication, application: Application, context: RequestContext): boolean;
  authorizeInquiry(
    guardrail: string,
    authentication: Authentication,
    application: Application,
    routes: readonly Route[],
    context: RequestContext,
  ): Grants;
}

/** See the door, `Policy`, for what each promises. */
export function createPermission(decisions: Decisions): Permission {
  const principalOf = createGuardrailPrincipals();
  return {
    authorize: (authentication, application, routes, context) =>
      grantsFor(decisions, { authentication, application, context }, routes),
    review(grants, application, context) {
      if (!decisions.readsLabels) return grants;
      // All grants of a request are one principal's.
      const [{ authentication }] = grants;
      return grantsFor(
        decisions,
        { authentication, application, context },
        grants.map(({ route }) => route),
      );
    },
    explain: (authentication, application, routes, context) =>
      decisions.callModel({ authentication, application, context }, routes),
    mayReidentify: (authentication, application, context) =>
      authentication.scopes.has('reidentify') &&
      decisions.reidentify({ authentication, application, context }).kind === 'permitted',
    authorizeInquiry(guardrail, authentication, application, routes, context) {
      const { assertedBy: _nobody, ...own } = authentication;
      const asking = { ...own, principal: principalOf(guardrail), scopes: INFERENCE };
      // The text is the sender's: where policy forbids the sender a route, its text does not go there either.
      const sender = decisions.callModel({ authentication, application, context }, routes);
      const open = routes.filter((_, index) => !isForbidden(sender[index]));
      if (open.length === 0) throw denied(authentication, routes[0]?.model, sender);
      return grantsFor(decisions, { authentication: asking, application, context }, open);
    },
  };
}

const INFERENCE: Authentication['scopes'] = new Set(['inference']);

/** The same object each time, so that what is made of it is found again. Guardrails are as few as a configuration names. */
function createGuardrailPrincipals(): (guardrail: string) => Principal {
  const known = new Map<string, Principal>();
  return (guardrail) => {
    const principal = known.get(guardrail) ?? guardrailPrincipal(guardrail);
    known.set(guardrail, principal);
    return principal;
  };
}

/** That nothing permits it is not to forbid it: a person need not be allowed to use a guardrail's model. */
function isForbidden(decision: Decision | undefined): boolean {
  return decision?.kind !== 'permitted' && decision?.kind !== 'not_permitted';
}

function grantsFor(decisions: Decisions, asker: Asker, routes: readonly Route[]): Grants {
  const decided = decisions.callModel(asker, routes);
  const grants: Grant[] = [];
  for (const [index, route] of routes.entries()) {
    const decision = decided[index];
    if (decision?.kind === 'permitted')
      grants.push(mintGrant(asker.authentication, route, decision.policies));
  }
  const [first, ...rest] = grants;
  if (first === undefined) throw denied(asker.authentication, routes[0]?.model, decided);
  return [first, ...rest];
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
