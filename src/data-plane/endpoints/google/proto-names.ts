/** Names of protocol buffers in JSON: read in both of their spellings, written in one. */
import { isArray, isObject, pointerTo, type Json, type JsonObject } from '../../../base/json.ts';
import { malformed } from '../wire-form.ts';

export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Members whose own names are the client's: they are values, not messages. */
const FREE: ReadonlySet<string> = new Set([
  'args',
  'response',
  'parameters',
  'parametersJsonSchema',
  'responseJsonSchema',
  'responseSchema',
  'labels',
  'partMetadata',
]);

/** @throws Refusal where both spellings of one name are given: two readers could see two requests */
export function withCamelCase(value: JsonObject, pointer = ''): JsonObject {
  const spelled: Record<string, Json | undefined> = {};
  for (const key of Object.keys(value)) {
    const name = camelCase(key);
    const below = pointerTo(pointer, key);
    if (Object.hasOwn(spelled, name)) throw malformed(below, 'the same name in two spellings');
    const member = value[key];
    spelled[name] = member === undefined || FREE.has(name) ? member : camelCased(member, below);
  }
  return spelled;
}

function camelCased(value: Json, pointer: string): Json {
  if (isArray(value)) return value.map((item, index) => camelCased(item, pointerTo(pointer, index)));
  return isObject(value) ? withCamelCase(value, pointer) : value;
}
