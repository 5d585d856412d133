/** Turns the tree's policies into a validated set: parsed, named after the tree's keys, checked against the schema. */
import type { DetailedError } from '@cedar-policy/cedar-wasm/nodejs';
import type { Configuration } from '../../contract/configuration.ts';
import { loadCedar } from './cedar.ts';
import { CEDAR_SCHEMA, type ContextAttribute } from './cedar-schema.ts';
import { analyzePolicy, type PolicyAnalysis } from './policy-analysis.ts';
import type { PolicyProblem } from './policy-problem.ts';

/** The parts of the tree that policies are made of or may name. */
export type PolicyTree = Pick<Configuration, 'policies' | 'applications' | 'groups' | 'models' | 'providers'>;

export interface CompiledPolicy {
  /** The tree's key; `key#2`, `key#3` for those that follow under the same key. */
  readonly id: string;
  readonly text: string;
  readonly reads: ReadonlySet<ContextAttribute>;
}

interface ParsedPolicy extends CompiledPolicy, PolicyAnalysis {
  readonly key: string;
  /** Where it begins in the key's text, in UTF-8 bytes: Cedar counts so. */
  readonly startByte: number;
}

/** Never throws: a broken policy becomes a problem, and the others are checked all the same. */
export function compilePolicies(tree: PolicyTree): {
  policies: readonly CompiledPolicy[];
  problems: readonly PolicyProblem[];
} {
  const problems: PolicyProblem[] = [];
  const policies = Object.entries(tree.policies).flatMap(([key, { cedar }]) =>
    parsePolicies(key, cedar, problems),
  );
  problems.push(
    ...schemaProblems(policies, tree),
    ...policies.flatMap((policy) => unknownEntities(policy, tree)),
  );
  return { policies, problems };
}

function parsePolicies(key: string, cedar: string, problems: PolicyProblem[]): ParsedPolicy[] {
  const parts = loadCedar().policySetTextToParts(cedar);
  if (parts.type === 'failure') {
    problems.push(...parts.errors.map((error) => problemOf(error, key, cedar)));
    return [];
  }
  const report = (message: string) => problems.push({ path: ['policies', key, 'cedar'], message });
  if (parts.policy_templates.length > 0)
    report('a template (?principal, ?resource) cannot be used here: write a policy');
  else if (parts.policies.length === 0) report('there is no policy in this text');
  return inTextOrder(parts.policies, cedar).flatMap(({ text, start }, index) => {
    const startByte = Buffer.byteLength(cedar.slice(0, start));
    const parsed = loadCedar().policyToJson(text);
    if (parsed.type === 'failure') {
      problems.push(...parsed.errors.map((error) => problemOf(error, key, cedar, startByte)));
      return [];
    }
    return [
      { id: index === 0 ? key : `${key}#${index + 1}`, key, text, startByte, ...analyzePolicy(parsed.json) },
    ];
  });
}

/** Cedar gives the parts sorted as strings (the tenth before the second); names count as a reader does. */
function inTextOrder(parts: readonly string[], cedar: string): { text: string; start: number }[] {
  const nextSearch = new Map<string, number>();
  return parts
    .map((text) => {
      const start = cedar.indexOf(text, nextSearch.get(text) ?? 0);
      nextSearch.set(text, start + 1);
      return { text, start };
    })
    .toSorted((a, b) => a.start - b.start);
}

/** A policy that can never apply is a problem too: a forbid that never fires protects nothing and looks as if it did. */
function schemaProblems(policies: readonly ParsedPolicy[], tree: PolicyTree): PolicyProblem[] {
  const staticPolicies = Object.fromEntries(policies.map(({ id, text }) => [id, text]));
  const answer = loadCedar().validate({ schema: CEDAR_SCHEMA, policies: { staticPolicies } });
  if (answer.type === 'failure') {
    return answer.errors.map(({ message }) => ({ path: ['policies'], message }));
  }
  const byId = new Map(policies.map((policy) => [policy.id, policy]));
  const problems = new Map<string, PolicyProblem>();
  for (const { policyId, error } of [...answer.validationErrors, ...answer.validationWarnings]) {
    const policy = byId.get(policyId);
    if (!policy) throw new Error('Cedar reported a policy that it was not given');
    const problem = problemOf(error, policy.key, tree.policies[policy.key]?.cedar ?? '', policy.startByte);
    problems.set(JSON.stringify(problem), problem);
  }
  return [...problems.values()];
}

/** Cedar checks types, not names: a rule about an application that is not there would be silent for ever. */
function unknownEntities({ key, id, entities, text }: ParsedPolicy, tree: PolicyTree): PolicyProblem[] {
  const known: Readonly<Record<string, object>> = {
    Application: tree.applications,
    Group: tree.groups,
    Model: tree.models,
    Provider: tree.providers,
  };
  const cedar = tree.policies[key]?.cedar ?? '';
  return entities.flatMap((entity) => {
    const names = known[entity.type];
    if (!names || Object.hasOwn(names, entity.id)) return [];
    const at = cedar.indexOf(`${entity.type}::"${entity.id}"`, cedar.indexOf(text));
    const message = `policy ${id} names ${entity.type}::"${entity.id}", which is not in the configuration`;
    return [
      {
        path: ['policies', key, 'cedar'],
        message,
        ...(at < 0 ? {} : { within: placeAt(cedar.slice(0, at)) }),
      },
    ];
  });
}

function problemOf(error: DetailedError, key: string, cedar: string, startByte = 0): PolicyProblem {
  // The reason is often in `related`, each with a place of its own; the first is the one to mend first.
  const { message, help, sourceLocations } = error.related?.[0] ?? error;
  const byte = sourceLocations?.[0]?.start;
  return {
    path: ['policies', key, 'cedar'],
    message: message.replace(/^for policy `[^`]*`, /, '') + (help === null ? '' : ` (${help})`),
    ...(byte === undefined
      ? {}
      : {
          within: placeAt(
            Buffer.from(cedar)
              .subarray(0, startByte + byte)
              .toString(),
          ),
        }),
  };
}

function placeAt(before: string): { line: number; column: number } {
  return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') };
}
