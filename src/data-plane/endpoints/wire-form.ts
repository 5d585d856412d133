/** What a dialect's bodies look like: checks with zod, and says what is wrong as a refusal with a pointer. */
import { z } from 'zod';
import { pointerTo, type Json, type JsonObject } from '../../base/json.ts';
import { Refusal } from '../../domain/refusal.ts';

type Issue = z.core.$ZodIssue;

/** Marks what is no mistake of the client's: the dialect has it, and neutral form has not. */
const UNSUPPORTED = 'unsupported';

/** @throws Refusal `invalid_request`, or `unsupported_parameter` for what a strict form does not know */
export function parseForm<Form extends z.ZodType>(form: Form, body: Json): z.output<Form> {
  const parsed = form.safeParse(body);
  if (parsed.success) return parsed.data;
  throw refusalOf(worst(parsed.error.issues), '');
}

/** In a strict form: known, and of no meaning to another provider, so that it is let go. */
export const LET_GO = z.unknown().optional();

/** Those words of a dialect's vocabulary that have a meaning elsewhere. */
export function words<const Word extends readonly [string, ...string[]]>(...known: Word) {
  return z.enum(known, UNSUPPORTED);
}

/** Absent, null, or the one value that asks for nothing. Every other is refused as not supported. */
export function onlyDefault(...values: readonly (string | number | boolean)[]): z.ZodOptional<z.ZodUnknown> {
  return z
    .unknown()
    .superRefine((value, context) => {
      if (value === undefined || value === null || values.some((allowed) => allowed === value)) return;
      context.addIssue({ code: 'custom', message: UNSUPPORTED });
    })
    .optional();
}

export const jsonObject = z.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'an object was expected',
);

export const jsonValue = z.custom<Json>((value) => value !== undefined, 'a value was expected');

/** What cannot be carried to a provider of another dialect is never dropped in silence. */
export function unsupported(pointer: string): Refusal {
  const told = withoutContent(pointer);
  const message = `the parameter ${readable(told)} cannot be carried to the provider that answers`;
  return new Refusal('unsupported_parameter', message, { pointer: told });
}

export function malformed(pointer: string, message: string): Refusal {
  const told = withoutContent(pointer);
  return new Refusal('invalid_request', told === '' ? message : `${readable(told)}: ${message}`, {
    pointer: told,
  });
}

const PLAIN = /^(?:[A-Za-z_$][\w$.-]{0,39}|\d{1,6})$/;

/** Refusals are recorded, and a name that a client made up may be content: the pointer ends before it. */
function withoutContent(pointer: string): string {
  const tokens = pointer.split('/');
  const end = tokens.findIndex((token, index) => index > 0 && !PLAIN.test(token));
  return end < 0 ? pointer : tokens.slice(0, end).join('/');
}

/** `/messages/0/content` as `messages[0].content`, which is how official errors name a parameter. */
export function readable(pointer: string): string {
  return pointer
    .slice(1)
    .replace(/\/(\d+)(?=\/|$)/g, '[$1]')
    .replace(/\//g, '.')
    .replace(/~1/g, '/')
    .replace(/~0/g, '~');
}

/** What is said, without what is absent or null. */
export function given<T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const present: { [K in keyof T]?: NonNullable<T[K]> } = {};
  for (const key of Object.keys(values) as (keyof T)[]) {
    const value = values[key];
    if (value !== undefined && value !== null) present[key] = value;
  }
  return present;
}

/** What is not supported says more than what is missed because of it. */
function worst(issues: readonly Issue[]): Issue {
  const first =
    issues.find(({ code, message }) => code === 'unrecognized_keys' || message === UNSUPPORTED) ?? issues[0];
  if (!first) throw new Error('a form failed without saying why');
  return first;
}

function refusalOf(issue: Issue, above: string): Refusal {
  const pointer = issue.path.reduce<string>(
    (parent, key) => pointerTo(parent, typeof key === 'number' ? key : String(key)),
    above,
  );
  switch (issue.code) {
    case 'unrecognized_keys':
      return unsupported(pointerTo(pointer, issue.keys[0] ?? ''));
    case 'invalid_union':
      return refusalOfUnion(issue, pointer);
    default:
      return issue.message === UNSUPPORTED ? unsupported(pointer) : malformed(pointer, issue.message);
  }
}

/** Said of a whole value: it is something else altogether. */
const ELSE: ReadonlySet<string> = new Set(['invalid_type', 'invalid_value']);

/** Of several forms, the one that the value comes nearest to says what is wrong with it. */
function refusalOfUnion(issue: Extract<Issue, { code: 'invalid_union' }>, pointer: string): Refusal {
  // A type of part, tool or item that this form does not list: known to the dialect, perhaps, but not to others.
  if (issue.errors.length === 0) return unsupported(pointer);
  const nearest = issue.errors.find((issues) =>
    issues.every(({ path, code }) => path.length > 0 || !ELSE.has(code)),
  );
  if (!nearest) return malformed(pointer, 'a value of another type was expected');
  return refusalOf(worst(nearest), pointer);
}
