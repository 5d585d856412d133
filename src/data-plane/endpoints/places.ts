/** Places that more than one dialect has: JSON Schema, tool inputs, cache marks. */
import { place, TEXT, type Place, type Rule } from './document-walker.ts';

/** Arguments of a tool, or what it gave back, as a JSON value: names are texts too. */
export const TOOL_VALUE: Place = { role: 'assistant', channel: 'tool' };

/** The same as a string that holds JSON. */
export const TOOL_JSON: Place = { role: 'assistant', channel: 'tool', encoding: 'json' };

export const TOOL_NAME: Place = { role: 'assistant', channel: 'tool' };

/** Probabilities of an earlier answer's tokens, sent back with it: as many numbers as it had words. */
export const LOGPROBS: Place = logprobs();

function logprobs(): Place {
  const members = new Map<string, Rule>([
    ['token', TEXT],
    ['bytes', 'number'],
    ['logprob', 'number'],
  ]);
  const token: Place = { role: 'assistant', channel: 'document', members };
  members.set('top_logprobs', token);
  return token;
}

/** Numbers that parameters are: temperatures, limits, penalties. */
export function numbers(...names: readonly string[]): Readonly<Record<string, Rule>> {
  return Object.fromEntries(names.map((name) => [name, 'number']));
}

/** Hints for a prompt cache. */
export const CACHE_MARK: Place = place({ type: 'word', ttl: 'word', mode: 'word' });

/** Developers write them, models read them: definitions of tools, and the form an answer shall have. */
export const INSTRUCTION: Place = { role: 'developer', channel: 'instruction' };

const TYPES = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null', 'type_unspecified'];
const FLAGS = ['nullable', 'readOnly', 'writeOnly', 'deprecated', 'uniqueItems'];
const NUMBERS = [
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
];
const COUNTS = ['minItems', 'maxItems', 'minProperties', 'maxProperties', 'minContains', 'maxContains'];
const TEXTS = [
  'format',
  'title',
  'description',
  'enum',
  'const',
  'default',
  'example',
  'examples',
  'required',
  'pattern',
  '$ref',
  '$comment',
];
const SCHEMAS = [
  'items',
  'prefixItems',
  'anyOf',
  'oneOf',
  'allOf',
  'not',
  'if',
  'then',
  'else',
  'contains',
  'propertyNames',
];
const NAMED_SCHEMAS = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'];

/** JSON Schema: its own keywords are no texts, whatever else stands in it is. */
export const SCHEMA: Place = schemaPlace();

function schemaPlace(): Place {
  const members = new Map<string, Rule>();
  const schema: Place = { ...INSTRUCTION, members, rest: INSTRUCTION };
  const named: Place = { ...INSTRUCTION, rest: schema };
  // Google writes them in capitals.
  members.set('type', new Set([...TYPES, ...TYPES.map((type) => type.toUpperCase())]));
  // A schema may stand where `additionalProperties` is usually true or false.
  members.set('additionalProperties', schema);
  members.set('$schema', 'identifier');
  for (const key of [...FLAGS, ...NUMBERS, ...COUNTS, ...TEXTS]) members.set(key, TEXT);
  for (const key of SCHEMAS) members.set(key, schema);
  for (const key of NAMED_SCHEMAS) members.set(key, named);
  return schema;
}
