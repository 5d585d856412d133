/** Filters (RFC 7644, section 3.4.2.2): read into a tree, and asked of a resource. */
import { ScimError } from './scim-error.ts';
import { attributeNamed, findPath, type ScimAttribute, type ScimSchema } from './scim-schema.ts';

const OPERATORS = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const;
type Operator = (typeof OPERATORS)[number];
type Literal = string | number | boolean | null;

export type ScimFilter =
  | { readonly kind: 'and' | 'or'; readonly left: ScimFilter; readonly right: ScimFilter }
  | { readonly kind: 'not'; readonly of: ScimFilter }
  | { readonly kind: 'present'; readonly path: string }
  | {
      readonly kind: 'compare';
      readonly path: string;
      readonly operator: Operator;
      readonly literal: Literal;
    }
  /** `emails[type eq "work"]`: one value has to fit all of it. */
  | { readonly kind: 'within'; readonly path: string; readonly of: ScimFilter };

const MAX_LENGTH = 2_000;
const MAX_DEPTH = 20;
const TOKEN = /\s*(?:([()[\]])|("(?:[^"\\]|\\.)*")|([^\s()[\]"]+))/y;

/** @throws ScimError `invalidFilter` */
export function parseFilter(text: string): ScimFilter {
  if (text.length > MAX_LENGTH) throw invalid('it is too long');
  const reader = createReader(tokensOf(text));
  const filter = readOr(reader, 0);
  if (reader.peek() !== undefined) throw invalid(`nothing is expected before ${reader.peek()}`);
  return filter;
}

interface Reader {
  peek(): string | undefined;
  next(): string;
  /** Takes it where it comes next; case does not count. */
  takes(word: string): boolean;
}

function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  const trimmed = text.trimEnd();
  for (let at = 0; at < trimmed.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(trimmed);
    if (found === null) throw invalid('a quote has no end');
    tokens.push(found[1] ?? found[2] ?? found[3] ?? '');
  }
  return tokens;
}

function createReader(tokens: readonly string[]): Reader {
  let at = 0;
  return {
    peek: () => tokens[at],
    next() {
      const token = tokens[at++];
      if (token === undefined) throw invalid('it ends too early');
      return token;
    },
    takes(word) {
      if (tokens[at]?.toLowerCase() !== word) return false;
      at++;
      return true;
    },
  };
}

function readOr(reader: Reader, depth: number): ScimFilter {
  let left = readAnd(reader, depth);
  while (reader.takes('or')) left = { kind: 'or', left, right: readAnd(reader, depth) };
  return left;
}

function readAnd(reader: Reader, depth: number): ScimFilter {
  let left = readTerm(reader, depth);
  while (reader.takes('and')) left = { kind: 'and', left, right: readTerm(reader, depth) };
  return left;
}

function readTerm(reader: Reader, depth: number): ScimFilter {
  if (depth > MAX_DEPTH) throw invalid('it is nested too deeply');
  if (reader.takes('not')) {
    if (reader.peek() !== '(') throw invalid('not is followed by (');
    return { kind: 'not', of: readTerm(reader, depth + 1) };
  }
  if (reader.takes('(')) {
    const inner = readOr(reader, depth + 1);
    if (!reader.takes(')')) throw invalid('a ) is missing');
    return inner;
  }
  const path = reader.next();
  if (!/^[A-Za-z$][\w$:.-]*$/.test(path)) throw invalid(`${path} is no attribute`);
  if (reader.takes('[')) {
    const of = readOr(reader, depth + 1);
    if (!reader.takes(']')) throw invalid('a ] is missing');
    return { kind: 'within', path, of };
  }
  if (reader.takes('pr')) return { kind: 'present', path };
  const operator = OPERATORS.find((each) => reader.takes(each));
  if (operator === undefined) throw invalid(`${reader.next()} is no operator`);
  return { kind: 'compare', path, operator, literal: literalOf(reader.next()) };
}

function literalOf(token: string): Literal {
  try {
    const value: unknown = JSON.parse(token);
    if (
      value === null ||
      typeof value === 'string' ||
      typeof value === 'number' ||
      typeof value === 'boolean'
    )
      return value;
  } catch (cause) {
    throw new ScimError(
      400,
      `the filter cannot be used: ${token} is no value (${String(cause)})`,
      'invalidFilter',
    );
  }
  throw invalid(`${token} is no value`);
}

function invalid(why: string): ScimError {
  return new ScimError(400, `the filter cannot be used: ${why}`, 'invalidFilter');
}

type Value = Readonly<Record<string, unknown>>;

/**
 * Whether a resource fits, or one value of an attribute (`attributes` are then its parts).
 * @throws ScimError `invalidFilter` for what compares things that have no order
 */
export function fits(filter: ScimFilter, value: Value, schema: ScimSchema, within?: ScimAttribute): boolean {
  switch (filter.kind) {
    case 'and':
      return fits(filter.left, value, schema, within) && fits(filter.right, value, schema, within);
    case 'or':
      return fits(filter.left, value, schema, within) || fits(filter.right, value, schema, within);
    case 'not':
      return !fits(filter.of, value, schema, within);
    case 'present':
      return valuesAt(filter.path, value, schema, within).values.some(isPresent);
    case 'within': {
      const { attribute, values } = valuesAt(filter.path, value, schema, within);
      if (attribute?.parts === undefined) return false;
      return values.some((each) => isValue(each) && fits(filter.of, each, schema, attribute));
    }
    case 'compare': {
      const { attribute, values } = valuesAt(filter.path, value, schema, within);
      const { operator, literal } = filter;
      if (operator === 'ne') return !values.some((each) => compares(each, 'eq', literal, attribute));
      return values.some((each) => compares(each, operator, literal, attribute));
    }
  }
}

/** Of a complex attribute with several values, `value` is meant unless another part is named. */
function valuesAt(path: string, value: Value, schema: ScimSchema, within: ScimAttribute | undefined) {
  const found = within
    ? { attribute: attributeNamed(within.parts ?? [], path), part: undefined }
    : findPath(schema, path);
  // An attribute that is not known has no value.
  if (found?.attribute === undefined) return { attribute: undefined, values: [] };
  const { attribute } = found;
  const own = value[attribute.name];
  const all: readonly unknown[] = Array.isArray(own) ? own : own === undefined ? [] : [own];
  const { part } = found;
  return part === undefined
    ? { attribute, values: all }
    : { attribute: part, values: all.flatMap((each) => (isValue(each) ? [each[part.name]] : [])) };
}

function isValue(value: unknown): value is Value {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPresent(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false;
  return !isValue(value) || Object.keys(value).length > 0;
}

function compares(
  given: unknown,
  operator: Exclude<Operator, 'ne'>,
  literal: Literal,
  attribute: ScimAttribute | undefined,
): boolean {
  const value = isValue(given) ? given.value : given;
  const of = isValue(given) ? attributeNamed(attribute?.parts ?? [], 'value') : attribute;
  if (literal === null) return operator === 'eq' && !isPresent(value);
  if (typeof value !== typeof literal || value === undefined) return false;
  if (typeof value !== 'string' || typeof literal !== 'string') {
    if (operator === 'eq') return value === literal;
    throw invalid(`${operator} does not go with ${typeof literal}`);
  }
  if (of?.type === 'dateTime') return ordered(Date.parse(value), operator, Date.parse(literal));
  const isExact = of?.isCaseExact ?? of?.type === 'reference';
  const [left, right] = isExact ? [value, literal] : [value.toLowerCase(), literal.toLowerCase()];
  if (operator === 'co') return left.includes(right);
  if (operator === 'sw') return left.startsWith(right);
  if (operator === 'ew') return left.endsWith(right);
  return ordered(left, operator, right);
}

function ordered<Of extends string | number>(left: Of, operator: Operator, right: Of): boolean {
  if (operator === 'gt') return left > right;
  if (operator === 'ge') return left >= right;
  if (operator === 'lt') return left < right;
  if (operator === 'le') return left <= right;
  return operator === 'eq' && left === right;
}
