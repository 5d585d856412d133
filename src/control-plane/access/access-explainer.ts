/** Answers "who can use what, and why" by asking the rooms that decide it on live traffic. */
import type { z } from 'zod';
import type { accessAnswerSchema, accessQuestionSchema } from '../../contract/api/access.ts';
import type { Configuration } from '../../contract/configuration.ts';
import { reachesApplication, type Reach } from '../../domain/administrator.ts';
import type { Application } from '../../domain/application.ts';
import type { Authentication, Principal } from '../../domain/principal.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Route } from '../../domain/route.ts';
import type { Gates } from '../../modules/gates/gates.ts';
import { principalOf } from '../../modules/identity/identity.ts';
import type { Limits } from '../../modules/limits/limits.ts';
import type { Decision, Policy, RequestContext } from '../../modules/policy/policy.ts';
import type { Routing } from '../../modules/routing/routing.ts';

type Question = z.output<typeof accessQuestionSchema>;
export type AccessAnswer = z.input<typeof accessAnswerSchema>;

/** @throws Refusal `not_found` for an application that is not there, or is somebody else's */
export type AccessExplainer = (question: Question, reach: Reach) => AccessAnswer;

/** The rooms as one version of the configuration has them. */
export interface Deciding {
  readonly configuration: Configuration;
  readonly routing: Routing;
  readonly policy: Policy;
  readonly gates: Gates;
  readonly limits: Limits;
}

export interface AccessExplainerOptions {
  readonly deciding: () => Deciding;
  readonly now: () => number;
}

export function createAccessExplainer({ deciding, now }: AccessExplainerOptions): AccessExplainer {
  return (question, reach) => {
    const rooms = deciding();
    const { configuration, policy, limits } = rooms;
    if (!Object.hasOwn(configuration.applications, question.application))
      throw new Refusal('not_found', 'there is no such application');
    if (!reachesApplication(reach, question.application))
      throw new Refusal('not_found', 'there is no such application');
    const { kind, id } = question.principal;
    const principal = principalOf(configuration, kind, id, question.groups);
    const application = rooms.routing.application(question.application);
    const authentication = authenticated(principal, application);
    const context = contextFor(rooms, principal, now());
    const routes = routesOf(rooms, application, question.model);
    const decisions = policy.explain(authentication, application, routes, context);
    const gates = gatesOf(configuration, application, principal, context);
    const isOpen = gates.every(({ passed }) => passed);
    const permitted = decisions.some((decision) => decision.kind === 'permitted');
    return {
      permitted: permitted && isOpen,
      reason: reasonOf(question, routes, decisions, gates),
      routes: routes.map(({ providerId, providerModel }, index) => ({
        provider: providerId,
        providerModel,
        decision: decisions[index]?.kind ?? 'undecidable',
        policies: [...(decisions[index]?.policies ?? [])],
      })),
      mayReidentify: policy.mayReidentify(authentication, application, context),
      gates,
      limits: [...new Set(routes.flatMap((route) => limits.concerning(principal, application, route)))],
      guardrails: {
        request: idsOf(policy.guardrailsFor(authentication, application, question.model, 'request')),
        response: idsOf(policy.guardrailsFor(authentication, application, question.model, 'response')),
      },
    };
  };
}

function authenticated(principal: Principal, { id }: Application): Authentication {
  const scopes = new Set(['inference', 'reidentify'] as const);
  return { method: 'api_key', credentialId: 'explanation', applicationId: id, principal, scopes };
}

function contextFor({ gates }: Deciding, principal: Principal, nowMs: number): RequestContext {
  return { nowMs, address: '127.0.0.1', labels: new Set<string>(), gates: gates.passed(principal) };
}

/** None where the application may not ask for the model: the answer says so. */
function routesOf({ routing }: Deciding, application: Application, model: string): readonly Route[] {
  try {
    return routing.resolve(application, model, 'chat');
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}

function gatesOf(
  { applications, principals }: Configuration,
  { id }: Application,
  principal: Principal,
  { gates }: RequestContext,
): AccessAnswer['gates'] {
  const asked = applications[id]?.gates ?? [];
  const own = Object.hasOwn(principals, principal.id) ? principals[principal.id]?.gates : undefined;
  return asked.map((gate) => ({ gate, passed: gates.has(gate), until: own?.[gate] ?? null }));
}

function reasonOf(
  { principal: { kind, id }, application, model }: Question,
  routes: readonly Route[],
  decisions: readonly Decision[],
  gates: AccessAnswer['gates'],
): string {
  const who = `${kind} ${id}`;
  if (routes.length === 0)
    return `${application} has no model ${model}: it is not configured, stopped, or not among the application's models`;
  const closed = gates.find(({ passed }) => !passed);
  const permitted = decisions.find((decision) => decision.kind === 'permitted');
  if (permitted && closed)
    return `${who} is permitted by ${listed(permitted)}, but has not passed the gate ${closed.gate}`;
  if (permitted) return `${who} may call ${model} through ${application}: permitted by ${listed(permitted)}`;
  const forbidden = decisions.find((decision) => decision.kind === 'forbidden');
  if (forbidden) return `${who} may not call ${model}: forbidden by ${listed(forbidden)}`;
  const undecided = decisions.find((decision) => decision.kind === 'undecidable');
  if (undecided) return `${who} may not call ${model}: a policy could not be evaluated, which counts as no`;
  return `${who} may not call ${model}: no policy permits it`;
}

function listed({ policies }: Decision): string {
  return policies.length === 1 ? `policy ${policies[0]}` : `policies ${policies.join(', ')}`;
}

function idsOf(guardrails: readonly { readonly id: string }[]): string[] {
  return guardrails.map(({ id }) => id);
}
