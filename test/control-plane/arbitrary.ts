/** Values that a JSON Schema of the API's document allows, and values that it does not. */
import fc from 'fast-check';

export interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** A pattern that the generator cannot follow gives a text that may not fit: the server will say so. */
function textOf({ pattern, minLength = 0, maxLength = 60 }: Schema): fc.Arbitrary<string> {
  const most = Math.max(minLength, Math.min(maxLength, 60));
  const plain = fc.string({ unit: 'grapheme', minLength, maxLength: most });
  if (pattern === undefined) return plain;
  try {
    return fc.stringMatching(new RegExp(pattern), { maxLength: most });
  } catch {
    return plain;
  }
}

function objectOf(schema: Schema): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties, propertyNames } = schema;
  const members = Object.fromEntries(
    Object.entries(properties).map(([name, member]) => [name, arbitraryOf(member)]),
  );
  const known = fc.record(members, {
    requiredKeys: required.filter((name) => Object.hasOwn(properties, name)),
  });
  if (typeof additionalProperties !== 'object') return known;
  return fc.dictionary(textOf(propertyNames ?? {}), arbitraryOf(additionalProperties), { maxKeys: 2 });
}

export function arbitraryOf(schema: Schema): fc.Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined && choices.length > 0) return fc.oneof(...choices.map(arbitraryOf));
  switch (schema.type) {
    case 'string':
      return textOf(schema);
    case 'integer':
    case 'number': {
      const least = schema.minimum ?? schema.exclusiveMinimum ?? -1_000;
      const most = Math.max(least, schema.maximum ?? schema.exclusiveMaximum ?? 1_000_000);
      return schema.type === 'integer'
        ? fc.integer({
            min: Math.ceil(Math.max(least, -(2 ** 31))),
            max: Math.floor(Math.min(most, 2 ** 31)),
          })
        : fc.double({ min: least, max: most, noNaN: true });
    }
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(arbitraryOf(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.max(schema.minItems ?? 0, 3),
      });
    case 'object':
      return objectOf(schema);
    default:
      return fc.jsonValue();
  }
}

/** Other types, texts that mean harm, and members that are wrong or too many. */
export function anythingBut(schema: Schema): fc.Arbitrary<unknown> {
  const harmful = fc.constantFrom(
    '',
    "'; drop table audit; --",
    '../../etc/passwd',
    '<script>alert(1)</script>',
    '\u0000',
    '\u202Eabc',
    'x'.repeat(100_000),
    '__proto__',
    -1,
    1e308,
    null,
    [],
    {},
  );
  const { properties } = schema;
  if (schema.type !== 'object' || properties === undefined) return fc.oneof(harmful, fc.jsonValue());
  const wrong = fc.record(
    Object.fromEntries(Object.keys(properties).map((name) => [name, fc.oneof(harmful, fc.jsonValue())])),
    { requiredKeys: [] },
  );
  return fc.oneof(harmful, fc.jsonValue(), wrong);
}
