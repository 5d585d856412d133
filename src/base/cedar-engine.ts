/** Asks Cedar, whose policies are parsed once and kept inside the engine under a name. */
import type { CedarValueJson, EntityJson, TypeAndId } from '@cedar-policy/cedar-wasm/nodejs';
import { loadCedar } from './cedar.ts';

export interface CedarQuestion {
  readonly principal: TypeAndId;
  readonly action: string;
  readonly resource: TypeAndId;
  readonly context: Readonly<Record<string, CedarValueJson>>;
  readonly entities: readonly EntityJson[];
}

/** The policies that decided: those that failed, else those that forbid, else those that permit. Each list is sorted. */
export interface CedarAnswer {
  readonly failed: readonly string[];
  readonly forbidding: readonly string[];
  readonly permitting: readonly string[];
}

export interface CedarEngine {
  /** @throws Error where Cedar cannot take the question at all */
  ask(question: CedarQuestion): CedarAnswer;
}

/*
 * Cedar offers no way to forget a set, so a name whose engine was collected is emptied and given to the next one:
 * a thousand changes of the configuration keep as many sets in memory as are in use.
 */
const freeNames: string[] = [];
let namesMade = 0;
const collected = new FinalizationRegistry<string>((name) => {
  loadCedar().preparsePolicySet(name, { staticPolicies: {} });
  freeNames.push(name);
});

/** How many sets Cedar holds, in use or empty. */
export function heldPolicySets(): number {
  return namesMade;
}

/** `policies` MUST be valid, and their ids differ. */
export function createCedarEngine(
  policies: readonly { readonly id: string; readonly text: string }[],
): CedarEngine {
  const preparsedPolicySetId = freeNames.pop() ?? `set${++namesMade}`;
  const staticPolicies = Object.fromEntries(policies.map(({ id, text }) => [id, text]));
  const parsed = loadCedar().preparsePolicySet(preparsedPolicySetId, { staticPolicies });
  if (parsed.type === 'failure')
    throw new Error(`Cedar took no policies: ${parsed.errors.map(({ message }) => message).join('; ')}`);
  const { statefulIsAuthorized } = loadCedar();
  const engine: CedarEngine = {
    ask({ principal, action, resource, context, entities }) {
      const answer = statefulIsAuthorized({
        principal,
        action: { type: 'Action', id: action },
        resource,
        context,
        entities: [...entities],
        preparsedPolicySetId,
      });
      if (answer.type === 'failure')
        throw new Error(`Cedar took no question: ${answer.errors.map(({ message }) => message).join('; ')}`);
      const { decision, diagnostics } = answer.response;
      const reason = diagnostics.reason.toSorted();
      return {
        failed: diagnostics.errors.map(({ policyId }) => policyId).toSorted(),
        forbidding: decision === 'deny' ? reason : [],
        permitting: decision === 'allow' ? reason : [],
      };
    },
  };
  collected.register(engine, preparsedPolicySetId);
  return engine;
}
