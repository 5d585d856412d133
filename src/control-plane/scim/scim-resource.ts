/** Resources as clients send them, made into what is kept; and what is kept, as clients are shown it. */
import { ScimError } from './scim-error.ts';
import {
  attributeNamed,
  attributesOf,
  findPath,
  type ScimAttribute,
  type ScimSchema,
} from './scim-schema.ts';

export type ScimContent = Readonly<Record<string, unknown>>;

const MAX_TEXT = 1_000;
const MAX_VALUES = 20_000;

/**
 * What is kept of it: attributes by their own names; those that are unknown or read-only are left out.
 * @throws ScimError `invalidSyntax`, `invalidValue`
 */
export function readResource(schema: ScimSchema, given: unknown): ScimContent {
  if (!isRecord(given)) throw new ScimError(400, 'the body is no resource', 'invalidSyntax');
  const schemas = memberNamed(given, 'schemas');
  if (!Array.isArray(schemas) || !schemas.some((each) => isSame(each, schema.id)))
    throw new ScimError(400, `schemas must name ${schema.id}`, 'invalidSyntax');
  return readAttributes(attributesOf(schema), given);
}

/** @throws ScimError `invalidValue` */
export function readAttributes(attributes: readonly ScimAttribute[], given: ScimContent): ScimContent {
  const kept: Record<string, unknown> = {};
  for (const attribute of attributes) {
    if (attribute.mutability === 'readOnly' || attribute.name === 'schemas') continue;
    const value = readAttribute(attribute, memberNamed(given, attribute.name));
    if (value !== undefined) kept[attribute.name] = value;
    else if (attribute.isRequired) throw new ScimError(400, `${attribute.name} is needed`, 'invalidValue');
  }
  return kept;
}

/** Null and empty are as good as absent (RFC 7643, section 2.5). */
function readAttribute(attribute: ScimAttribute, given: unknown): unknown {
  if (given === undefined || given === null) return undefined;
  if (!attribute.isMultiValued) return readValue(attribute, given);
  const values: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (values.length > MAX_VALUES) throw wrong(attribute, `has more than ${MAX_VALUES} values`);
  const read = values.flatMap((each) => readValue(attribute, each) ?? []);
  return read.length === 0 ? undefined : onePrimary(read);
}

function readValue(attribute: ScimAttribute, given: unknown): unknown {
  if (given === null) return undefined;
  switch (attribute.type) {
    case 'complex': {
      if (!isRecord(given)) throw wrong(attribute, 'must be an object');
      const parts = readAttributes(attribute.parts ?? [], given);
      return Object.keys(parts).length === 0 ? undefined : parts;
    }
    case 'boolean':
      // Some directories send it as a text.
      if (given === true || isSame(given, 'true')) return true;
      if (given === false || isSame(given, 'false')) return false;
      throw wrong(attribute, 'must be true or false');
    default:
      if (typeof given !== 'string') throw wrong(attribute, 'must be a text');
      if (given.length > MAX_TEXT) throw wrong(attribute, `is longer than ${MAX_TEXT} characters`);
      return given === '' ? undefined : given;
  }
}

/** Of several that say they are the one to use, the last one is (RFC 7644, section 3.5.2). */
function onePrimary(values: readonly unknown[]): readonly unknown[] {
  const last = values.findLastIndex((each) => isRecord(each) && each.primary === true);
  return values.map((each, index) =>
    isRecord(each) && each.primary === true && index !== last ? { ...each, primary: false } : each,
  );
}

function wrong({ name }: ScimAttribute, what: string): ScimError {
  return new ScimError(400, `${name} ${what}`, 'invalidValue');
}

export function isRecord(value: unknown): value is ScimContent {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function memberNamed(given: ScimContent, name: string): unknown {
  const key = Object.keys(given).find((each) => each.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : given[key];
}

function isSame(given: unknown, text: string): boolean {
  return typeof given === 'string' && given.toLowerCase() === text.toLowerCase();
}

export interface Projection {
  readonly attributes: string | undefined;
  readonly excludedAttributes: string | undefined;
}

/** The attributes that were asked for, or all but those that are not wanted (RFC 7644, section 3.9). */
export function projected(
  schema: ScimSchema,
  resource: ScimContent,
  { attributes, excludedAttributes }: Projection,
): ScimContent {
  const wanted = pathsOf(schema, attributes);
  const unwanted = pathsOf(schema, excludedAttributes);
  return Object.fromEntries(
    Object.entries(resource).flatMap(([name, value]) => {
      const isAlways = attributeNamed(attributesOf(schema), name)?.isAlwaysReturned === true;
      if (isAlways) return [[name, value]];
      const shown = attributes === undefined ? value : partsOf(value, wanted.get(name));
      const left = excludedAttributes === undefined ? shown : without(shown, unwanted.get(name));
      return left === undefined ? [] : [[name, left]];
    }),
  );
}

/** By attribute: the parts that are named, or true for all of it. */
type Paths = ReadonlyMap<string, true | ReadonlySet<string>>;

function pathsOf(schema: ScimSchema, list: string | undefined): Paths {
  const paths = new Map<string, true | Set<string>>();
  for (const path of (list ?? '').split(',')) {
    const found = findPath(schema, path.trim());
    if (!found) continue;
    const known = paths.get(found.attribute.name);
    if (found.part === undefined || known === true) paths.set(found.attribute.name, true);
    else paths.set(found.attribute.name, (known ?? new Set<string>()).add(found.part.name));
  }
  return paths;
}

function partsOf(value: unknown, parts: true | ReadonlySet<string> | undefined): unknown {
  return parts === undefined || parts === true ? parts && value : eachPart(value, (name) => parts.has(name));
}

function without(value: unknown, parts: true | ReadonlySet<string> | undefined): unknown {
  if (parts === undefined) return value;
  return parts === true ? undefined : eachPart(value, (name) => !parts.has(name));
}

function eachPart(value: unknown, isKept: (name: string) => boolean): unknown {
  if (Array.isArray(value)) return value.map((each) => eachPart(each, isKept));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => isKept(name)));
}
