/** Changes of parts of a resource (RFC 7644, section 3.5.2): all of them, or none. */
import { z } from 'zod';
import { ScimError } from './scim-error.ts';
import { fits, parseFilter, type ScimFilter } from './scim-filter.ts';
import { isRecord, readAttributes, type ScimContent } from './scim-resource.ts';
import {
  attributeNamed,
  attributesOf,
  findPath,
  type ScimAttribute,
  type ScimSchema,
} from './scim-schema.ts';

const PATCH_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const MAX_OPERATIONS = 1_000;

/** Names of members are as in the RFC; what `op` says, in upper or lower case. */
const messageSchema = z.object({
  schemas: z.array(z.string()).refine((schemas) => schemas.includes(PATCH_SCHEMA)),
  Operations: z
    .array(
      z.object({
        op: z
          .string()
          .toLowerCase()
          .pipe(z.enum(['add', 'replace', 'remove'])),
        path: z.string().max(1_000).optional(),
        value: z.unknown().optional(),
      }),
    )
    .min(1)
    .max(MAX_OPERATIONS),
});

type Change = z.infer<typeof messageSchema>['Operations'][number];
type Values = readonly unknown[];

/** @throws ScimError `invalidSyntax`, `invalidPath`, `noTarget`, `mutability`, `invalidValue` */
export function applyPatch(schema: ScimSchema, content: ScimContent, given: unknown): ScimContent {
  const message = messageSchema.safeParse(given);
  if (!message.success)
    throw new ScimError(
      400,
      `the body is no ${PATCH_SCHEMA} with operations that can be done`,
      'invalidSyntax',
    );
  const changed = message.data.Operations.reduce(
    (current, change) => applied(schema, current, change),
    content,
  );
  return readAttributes(attributesOf(schema), changed);
}

function applied(schema: ScimSchema, content: ScimContent, change: Change): ScimContent {
  if (change.path !== undefined) return atPath(schema, content, change, change.path);
  if (change.op === 'remove') throw new ScimError(400, 'what to remove needs a path', 'noTarget');
  if (!isRecord(change.value))
    throw new ScimError(400, `${change.op} without a path needs an object`, 'invalidValue');
  return Object.entries(change.value)
    .filter(([name]) => findPath(schema, name)?.attribute.mutability !== 'readOnly')
    .reduce((current, [name, value]) => atPath(schema, current, { op: change.op, value }, name), content);
}

interface Target {
  readonly attribute: ScimAttribute;
  readonly part: ScimAttribute | undefined;
  readonly filter: ScimFilter | undefined;
}

/** Undefined for an attribute that is not kept. @throws ScimError `invalidPath` */
function targetOf(schema: ScimSchema, path: string): Target | undefined {
  const form = /^([A-Za-z$][\w$:.-]*)(?:\[(.+)\](?:\.([A-Za-z$][\w$-]*))?)?$/.exec(path.trim());
  if (form === null) throw new ScimError(400, `${path} is no path`, 'invalidPath');
  const [, name = '', condition, partName] = form;
  const found = findPath(schema, name);
  if (found === undefined) return undefined;
  if (condition === undefined) return { ...found, filter: undefined };
  const { attribute } = found;
  const part = partName === undefined ? undefined : attributeNamed(attribute.parts ?? [], partName);
  if (!attribute.isMultiValued || (partName !== undefined && part === undefined))
    throw new ScimError(400, `${path} leads nowhere`, 'invalidPath');
  return { attribute, part, filter: pathFilter(condition) };
}

function pathFilter(text: string): ScimFilter {
  try {
    return parseFilter(text);
  } catch (error) {
    throw new ScimError(400, error instanceof Error ? error.message : 'no filter', 'invalidPath');
  }
}

function atPath(schema: ScimSchema, content: ScimContent, change: Change, path: string): ScimContent {
  const target = targetOf(schema, path);
  // What is not kept is not changed either: directories send more than an account needs.
  if (target === undefined) return content;
  const { attribute } = target;
  if (attribute.mutability === 'readOnly')
    throw new ScimError(400, `${attribute.name} is not for clients to change`, 'mutability');
  const before = content[attribute.name];
  const after = attribute.isMultiValued
    ? changedValues(schema, target, Array.isArray(before) ? before : [], change)
    : changedValue(target, before, change);
  const { [attribute.name]: _, ...others } = content;
  return after === undefined ? others : { ...others, [attribute.name]: after };
}

function changedValue({ attribute, part }: Target, before: unknown, { op, value }: Change): unknown {
  const parts = isRecord(before) ? before : {};
  if (part !== undefined) return withPart(parts, part, op === 'remove' ? undefined : value);
  if (op === 'remove') return undefined;
  if (attribute.type !== 'complex') return value;
  if (!isRecord(value)) throw new ScimError(400, `${attribute.name} must be an object`, 'invalidValue');
  return { ...parts, ...byOwnNames(attribute, value) };
}

function changedValues(
  schema: ScimSchema,
  { attribute, part, filter }: Target,
  before: Values,
  { op, value }: Change,
): Values | undefined {
  const isMeant = (each: unknown) =>
    filter === undefined || (isRecord(each) && fits(filter, each, schema, attribute));
  const given: Values = (Array.isArray(value) ? (value as Values) : [value]).map((each) =>
    isRecord(each) ? byOwnNames(attribute, each) : each,
  );
  if (op === 'remove') return removed(before, isMeant, part, value === undefined ? undefined : given);
  if (filter === undefined && part === undefined) return op === 'replace' ? given : added(before, given);
  if (!before.some(isMeant)) {
    if (op === 'replace' || filter === undefined)
      throw new ScimError(400, `no value of ${attribute.name} is meant by this path`, 'noTarget');
    return [...before, changedOne(equalities(filter), part, given[0])];
  }
  return before.map((each) =>
    isMeant(each) ? changedOne(isRecord(each) ? each : {}, part, given[0]) : each,
  );
}

function changedOne(before: ScimContent, part: ScimAttribute | undefined, value: unknown): ScimContent {
  if (part !== undefined) return withPart(before, part, value);
  if (!isRecord(value)) throw new ScimError(400, 'a value that is an object is needed', 'invalidValue');
  return { ...before, ...value };
}

/** What is there already is not added again. */
function added(before: Values, given: Values): Values {
  return given.reduce<Values>(
    (values, each) => (values.some((known) => isAlike(known, each)) ? values : [...values, each]),
    before,
  );
}

function removed(
  before: Values,
  isMeant: (each: unknown) => boolean,
  part: ScimAttribute | undefined,
  given: Values | undefined,
): Values | undefined {
  if (part !== undefined)
    return before.map((each) => (isMeant(each) && isRecord(each) ? withPart(each, part, undefined) : each));
  // Some directories name the values to remove beside the path.
  const isGone = (each: unknown) =>
    isMeant(each) && (given === undefined || given.some((one) => isAlike(each, one)));
  return before.filter((each) => !isGone(each));
}

/** By their `value`, where they have one: types and names beside it do not make another member of it. */
function isAlike(one: unknown, other: unknown): boolean {
  if (isRecord(one) && isRecord(other) && one.value !== undefined) return one.value === other.value;
  return JSON.stringify(one) === JSON.stringify(other);
}

function withPart(before: ScimContent, { name }: ScimAttribute, value: unknown): ScimContent {
  const { [name]: _, ...others } = before;
  return value === undefined || value === null ? others : { ...others, [name]: value };
}

function byOwnNames({ parts = [] }: ScimAttribute, value: ScimContent): ScimContent {
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [attributeNamed(parts, name)?.name ?? name, each]),
  );
}

/** `emails[type eq "work"].value`, added where there is none, makes one of this type. */
function equalities(filter: ScimFilter): ScimContent {
  if (filter.kind === 'and') return { ...equalities(filter.left), ...equalities(filter.right) };
  if (filter.kind === 'compare' && filter.operator === 'eq') return { [filter.path]: filter.literal };
  throw new ScimError(400, 'no value is meant by this path', 'noTarget');
}
