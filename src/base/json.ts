/** JSON values: strict and bounded parsing, and reading and editing by JSON pointer (RFC 6901). */
import { isUtf8 } from 'node:buffer';
import { inspectJson } from './json-inspection.ts';
import { DEFAULT_JSON_LIMITS, JsonError, type JsonLimits } from './json-limits.ts';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/**
 * Parses one JSON text strictly: UTF-8 only, no duplicate keys (RFC 8259 §4 leaves them undefined, so two
 * readers could see two requests), no lone surrogates or U+0000 in strings, within the limits.
 * @throws JsonError
 */
export function parseJson(bytes: Buffer, limits: JsonLimits = DEFAULT_JSON_LIMITS): Json {
  if (!isUtf8(bytes)) throw new JsonError('encoding', 'the body is not valid UTF-8');
  const text = bytes.toString('utf8');
  inspectJson(text, limits);
  return parseTrusted(text);
}

/** Parses JSON of a source that needs no inspection for duplicates, such as one event of a provider's stream. */
export function parseTrusted(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new JsonError('syntax', 'the text is not valid JSON');
  }
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @throws Error for what only a bug can make: a body that was checked to be an object and is none */
export function objectOf(value: Json): JsonObject {
  if (!isObject(value)) throw new Error('a JSON object was expected');
  return value;
}

export function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** Appends one reference token to a pointer. */
export function pointerTo(parent: string, key: string | number): string {
  return typeof key === 'number'
    ? `${parent}/${key}`
    : `${parent}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`;
}

function tokensOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((token) => token.replace(/~1/g, '/').replace(/~0/g, '~'));
}

/** The value a pointer names, or undefined where there is none. */
export function valueAt(root: Json, pointer: string): Json | undefined {
  let value: Json | undefined = root;
  for (const token of tokensOf(pointer)) {
    if (isArray(value)) value = value[Number(token)];
    else if (isObject(value)) value = Object.hasOwn(value, token) ? value[token] : undefined;
    else return undefined;
  }
  return value;
}

/** A copy of `root` in which each pointer's value is replaced; whatever lies beside them is shared, not copied. */
export function withValues(root: Json, values: ReadonlyMap<string, Json>): Json {
  const changes: Change = { members: new Map() };
  for (const [pointer, value] of values) {
    let change = changes;
    for (const token of tokensOf(pointer)) {
      let next = change.members.get(token);
      if (!next) change.members.set(token, (next = { members: new Map() }));
      change = next;
    }
    change.value = value;
  }
  return changed(root, changes);
}

/** What is to be replaced, as a tree: so that each container is copied once, however many of its members change. */
interface Change {
  value?: Json;
  readonly members: Map<string, Change>;
}

function changed(node: Json, { value, members }: Change): Json {
  if (value !== undefined) return value;
  if (isArray(node)) {
    const copy = [...node];
    for (const [token, change] of members) copy[Number(token)] = changed(node[Number(token)] ?? null, change);
    return copy;
  }
  if (!isObject(node)) throw new Error('a pointer leads through a value that has no members');
  const copy: Record<string, Json | undefined> = { ...node };
  for (const [token, change] of members) copy[token] = changed(node[token] ?? null, change);
  return copy;
}
