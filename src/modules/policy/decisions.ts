/** Decides by Cedar, fails closed, and remembers decisions as long as nothing that any policy reads has changed. */
import type { Application } from '../../domain/application.ts';
import type { Authentication } from '../../domain/principal.ts';
import type { Route } from '../../domain/route.ts';
import { createBoundedCache } from '../../base/bounded-cache.ts';
import { createCedarEngine, type CedarAnswer, type CedarQuestion } from '../../base/cedar-engine.ts';
import type { ContextAttribute } from './cedar-schema.ts';
import type { RequestContext } from './request-context.ts';
import type { CompiledPolicy, PolicyTree } from './policy-set.ts';
import {
  applicationFact,
  cedarContext,
  contextKey,
  createRouteFact,
  principalFact,
  type RouteFact,
} from './request-facts.ts';

export type Decision =
  | { readonly kind: 'permitted'; readonly policies: readonly string[] }
  | { readonly kind: 'forbidden'; readonly policies: readonly string[] }
  /** No policy permits it, and none forbids it. */
  | { readonly kind: 'not_permitted'; readonly policies: readonly [] }
  /** A policy could not be evaluated, or Cedar could not take the question: nobody knows, so it is a no. */
  | { readonly kind: 'undecidable'; readonly policies: readonly string[]; readonly cause?: unknown };

export interface Asker {
  readonly authentication: Authentication;
  readonly application: Application;
  readonly context: RequestContext;
}

export interface Decisions {
  /** Whether any policy looks at `context.labels`. */
  readonly readsLabels: boolean;
  callModel(asker: Asker, routes: readonly Route[]): readonly Decision[];
  reidentify(asker: Asker): Decision;
}

const NOTHING: CedarAnswer = { failed: [], forbidding: [], permitting: [] };
const UNREADABLE = { kind: 'undecidable', policies: [] } as const;
const NOT_PERMITTED: Decision = { kind: 'not_permitted', policies: [] };

export function createDecisions(
  policies: readonly CompiledPolicy[],
  tree: PolicyTree,
  maxCached: number,
): Decisions {
  // Cedar judges each policy by itself and then joins the results, so the few that read the clock can be asked apart
  // from those whose answer holds until something else changes.
  const timed = policies.filter(({ reads }) => reads.has('now'));
  const steadyEngine = createCedarEngine(policies.filter(({ reads }) => !reads.has('now')));
  const timedEngine = timed.length > 0 ? createCedarEngine(timed) : undefined;
  const reads: ReadonlySet<ContextAttribute> = new Set(policies.flatMap((policy) => [...policy.reads]));
  const remembered = createBoundedCache<{ readonly answer: CedarAnswer; readonly decision: Decision }>(
    maxCached,
  );
  const routeFact = createRouteFact(tree);

  /** `key` is undefined where the context cannot be read: nothing is decided about it, and nothing remembered. */
  const decide = (asker: Asker, key: string | undefined, route: RouteFact | undefined): Decision => {
    if (key === undefined) return UNREADABLE;
    try {
      let steady = remembered.get(key);
      if (!steady) {
        const answer = steadyEngine.ask(questionOf(asker, reads, route));
        steady = { answer, decision: join(answer, NOTHING) };
        remembered.set(key, steady);
      }
      return timedEngine
        ? join(steady.answer, timedEngine.ask(questionOf(asker, reads, route)))
        : steady.decision;
    } catch (cause) {
      return { ...UNREADABLE, cause };
    }
  };
  const askerKey = ({ authentication, application, context }: Asker) => {
    const key = contextKey(reads, context, authentication.assertedBy !== undefined);
    if (key === undefined) return undefined;
    return principalFact(authentication.principal).key + applicationFact(application).key + key;
  };

  return {
    readsLabels: reads.has('labels'),
    callModel(asker, routes) {
      const key = askerKey(asker);
      return routes.map((route) => {
        const fact = routeFact(route);
        return decide(asker, key === undefined ? undefined : key + fact.key, fact);
      });
    },
    reidentify: (asker) => decide(asker, askerKey(asker), undefined),
  };
}

function questionOf(
  { authentication, application, context }: Asker,
  reads: ReadonlySet<ContextAttribute>,
  route: RouteFact | undefined,
): CedarQuestion {
  const principal = principalFact(authentication.principal);
  const client = applicationFact(application);
  const resource = route ?? client;
  const entities = [principal.entity, resource.entity];
  if (route && reads.has('application')) entities.push(client.entity);
  if (route && reads.has('provider')) entities.push(route.provider.entity);
  return {
    principal: principal.uid,
    action: route ? 'call_model' : 'reidentify',
    resource: resource.uid,
    context: cedarContext(
      reads,
      { ...context, onBehalf: authentication.assertedBy !== undefined },
      client,
      route,
    ),
    entities,
  };
}

/** A failed policy beats all, a forbid beats every permit. */
function join(one: CedarAnswer, other: CedarAnswer): Decision {
  const of = (part: keyof CedarAnswer) =>
    other[part].length === 0 ? one[part] : [...one[part], ...other[part]].toSorted();
  const failed = of('failed');
  if (failed.length > 0) return { kind: 'undecidable', policies: failed };
  const forbidding = of('forbidding');
  if (forbidding.length > 0) return { kind: 'forbidden', policies: forbidding };
  const permitting = of('permitting');
  return permitting.length > 0 ? { kind: 'permitted', policies: permitting } : NOT_PERMITTED;
}
