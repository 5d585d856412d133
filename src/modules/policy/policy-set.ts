/** Turns the tree's policies into a validated set: parsed, named after the tree's keys, checked against the schema. */
import {
  checkPolicies,
  readPolicies,
  unknownEntities,
  type CedarProblem,
} from '../../base/cedar-policies.ts';
import type { Configuration } from '../../contract/configuration.ts';
import { CEDAR_SCHEMA, type ContextAttribute } from './cedar-schema.ts';
import { analyzePolicy } from './policy-analysis.ts';
import type { PolicyProblem } from './policy-problem.ts';

/** The parts of the tree that policies are made of or may name. */
export type PolicyTree = Pick<Configuration, 'policies' | 'applications' | 'groups' | 'models' | 'providers'>;

export interface CompiledPolicy {
  /** The tree's key; `key#2`, `key#3` for those that follow under the same key. */
  readonly id: string;
  readonly text: string;
  readonly reads: ReadonlySet<ContextAttribute>;
}

/** Never throws: a broken policy becomes a problem, and the others are checked all the same. */
export function compilePolicies(tree: PolicyTree): {
  policies: readonly CompiledPolicy[];
  problems: readonly PolicyProblem[];
} {
  const texts = Object.fromEntries(Object.entries(tree.policies).map(([key, { cedar }]) => [key, cedar]));
  const { policies, problems } = readPolicies(texts);
  const known: Readonly<Record<string, object>> = {
    Application: tree.applications,
    Group: tree.groups,
    Model: tree.models,
    Provider: tree.providers,
  };
  return {
    policies: policies.map(({ id, text, json }) => ({ id, text, reads: analyzePolicy(json) })),
    problems: [
      ...problems,
      ...checkPolicies(policies, texts, CEDAR_SCHEMA),
      ...policies.flatMap((policy) => unknownEntities(policy, texts, known, 'in the configuration')),
    ].map(inTree),
  };
}

function inTree({ key, ...problem }: CedarProblem): PolicyProblem {
  return { path: key === undefined ? ['policies'] : ['policies', key, 'cedar'], ...problem };
}
