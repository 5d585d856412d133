/** Reads Cedar policies out of named texts, and says what is wrong with them: each problem with its place. */
import type { DetailedError } from '@cedar-policy/cedar-wasm/nodejs';
import { loadCedar } from './cedar.ts';

export interface CedarProblem {
  /** The text it is in; undefined where it is in none of them. */
  readonly key: string | undefined;
  readonly message: string;
  /** Within that text, from 1. */
  readonly within?: { readonly line: number; readonly column: number };
}

export interface ReadPolicy {
  /** The text's key; `key#2`, `key#3` for those that follow in the same text. */
  readonly id: string;
  readonly key: string;
  readonly text: string;
  /** Where it begins in the key's text, in UTF-8 bytes: Cedar counts so. */
  readonly startByte: number;
  /** Cedar's own JSON form of it. */
  readonly json: unknown;
}

type Texts = Readonly<Record<string, string>>;

/** Never throws: a broken policy becomes a problem, and the others are read all the same. */
export function readPolicies(texts: Texts): {
  policies: readonly ReadPolicy[];
  problems: readonly CedarProblem[];
} {
  const problems: CedarProblem[] = [];
  const policies = Object.entries(texts).flatMap(([key, text]) => readText(key, text, problems));
  return { policies, problems };
}

function readText(key: string, cedar: string, problems: CedarProblem[]): ReadPolicy[] {
  const parts = loadCedar().policySetTextToParts(cedar);
  if (parts.type === 'failure') {
    problems.push(...parts.errors.map((error) => problemOf(error, key, cedar)));
    return [];
  }
  if (parts.policy_templates.length > 0)
    problems.push({
      key,
      message: 'a template (?principal, ?resource) cannot be used here: write a policy',
    });
  else if (parts.policies.length === 0) problems.push({ key, message: 'there is no policy in this text' });
  return inTextOrder(parts.policies, cedar).flatMap(({ text, start }, index) => {
    const startByte = Buffer.byteLength(cedar.slice(0, start));
    const parsed = loadCedar().policyToJson(text);
    if (parsed.type === 'failure') {
      problems.push(...parsed.errors.map((error) => problemOf(error, key, cedar, startByte)));
      return [];
    }
    return [{ id: index === 0 ? key : `${key}#${index + 1}`, key, text, startByte, json: parsed.json }];
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
export function checkPolicies(
  policies: readonly ReadPolicy[],
  texts: Texts,
  schema: string,
): readonly CedarProblem[] {
  const staticPolicies = Object.fromEntries(policies.map(({ id, text }) => [id, text]));
  const answer = loadCedar().validate({ schema, policies: { staticPolicies } });
  if (answer.type === 'failure') return answer.errors.map(({ message }) => ({ key: undefined, message }));
  const byId = new Map(policies.map((policy) => [policy.id, policy]));
  const problems = new Map<string, CedarProblem>();
  for (const { policyId, error } of [...answer.validationErrors, ...answer.validationWarnings]) {
    const policy = byId.get(policyId);
    if (!policy) throw new Error('Cedar reported a policy that it was not given');
    const problem = problemOf(error, policy.key, texts[policy.key] ?? '', policy.startByte);
    problems.set(JSON.stringify(problem), problem);
  }
  return [...problems.values()];
}

/**
 * Cedar checks types, not names: a rule about something that is not there would be silent for ever. `known` holds the
 * names of each type whose names are known.
 */
export function unknownEntities(
  { key, id, text, json }: ReadPolicy,
  texts: Texts,
  known: Readonly<Record<string, object>>,
  where: string,
): readonly CedarProblem[] {
  const cedar = texts[key] ?? '';
  return namedEntities(json).flatMap((entity) => {
    const names = known[entity.type];
    if (!names || Object.hasOwn(names, entity.id)) return [];
    const at = cedar.indexOf(`${entity.type}::"${entity.id}"`, cedar.indexOf(text));
    const message = `policy ${id} names ${entity.type}::"${entity.id}", which is not ${where}`;
    return [{ key, message, ...(at < 0 ? {} : { within: placeAt(cedar.slice(0, at)) }) }];
  });
}

export function namedEntities(json: unknown): readonly { readonly type: string; readonly id: string }[] {
  if (Array.isArray(json)) return json.flatMap(namedEntities);
  if (typeof json !== 'object' || json === null) return [];
  const own =
    'type' in json && 'id' in json && typeof json.type === 'string' && typeof json.id === 'string'
      ? [{ type: json.type, id: json.id }]
      : [];
  return [...own, ...Object.values(json).flatMap(namedEntities)];
}

function problemOf(error: DetailedError, key: string, cedar: string, startByte = 0): CedarProblem {
  // The reason is often in `related`, each with a place of its own; the first is the one to mend first.
  const { message, help, sourceLocations } = error.related?.[0] ?? error;
  const byte = sourceLocations?.[0]?.start;
  const before = byte === undefined ? undefined : Buffer.from(cedar).subarray(0, startByte + byte);
  return {
    key,
    message: message.replace(/^for policy `[^`]*`, /, '') + (help === null ? '' : ` (${help})`),
    ...(before === undefined ? {} : { within: placeAt(before.toString()) }),
  };
}

function placeAt(before: string): { line: number; column: number } {
  return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') };
}
