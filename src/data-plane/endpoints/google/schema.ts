/** Gemini's `Schema`, which is OpenAPI's with types in capitals, as JSON Schema. */
import { isArray, isObject, type Json, type JsonObject } from '../../../base/json.ts';

const RENAMED: Readonly<Record<string, string>> = {
  any_of: 'anyOf',
  prefix_items: 'prefixItems',
  min_items: 'minItems',
  max_items: 'maxItems',
  min_length: 'minLength',
  max_length: 'maxLength',
  min_properties: 'minProperties',
  max_properties: 'maxProperties',
};

/** In JSON, 64-bit numbers of protocol buffers are strings. */
const COUNTS = new Set(['minItems', 'maxItems', 'minLength', 'maxLength', 'minProperties', 'maxProperties']);

/** How properties are ordered when they are written: JSON Schema has no word for it, and nothing depends on it. */
const ORDER = new Set(['propertyOrdering', 'property_ordering']);

export function jsonSchemaOf(schema: JsonObject): JsonObject {
  const converted: Record<string, Json> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (value === undefined || ORDER.has(key) || key === 'nullable') continue;
    const name = RENAMED[key] ?? key;
    converted[name] = member(name, value);
  }
  if (schema.nullable === true && typeof converted.type === 'string')
    converted.type = [converted.type, 'null'];
  return converted;
}

function member(name: string, value: Json): Json {
  if (name === 'type') return typeof value === 'string' ? value.toLowerCase() : value;
  if (COUNTS.has(name)) return Number(value);
  if (name === 'items') return isObject(value) ? jsonSchemaOf(value) : value;
  if (name === 'anyOf' || name === 'prefixItems') return isArray(value) ? value.map(inner) : value;
  if (name === 'properties' && isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([property, schema]) => [property, inner(schema ?? null)]),
    );
  }
  return value;
}

function inner(value: Json): Json {
  return isObject(value) ? jsonSchemaOf(value) : value;
}
