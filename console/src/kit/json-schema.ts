/** JSON Schema as far as forms need it: what kind of control a part takes, and what it begins with. */

export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export interface Schema {
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly default?: Json;
  readonly const?: Json;
  readonly enum?: readonly Json[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly format?: string;
}

export type ControlKind =
  | 'constant'
  | 'boolean'
  | 'choice'
  | 'number'
  | 'text'
  | 'choices'
  | 'list'
  | 'object'
  | 'record'
  | 'branches'
  | 'anything';

export function kindOf(schema: Schema): ControlKind {
  if (schema.const !== undefined) return 'constant';
  if (choicesOf(schema).length > 0) return 'choice';
  if (schema.anyOf !== undefined || schema.oneOf !== undefined) return 'branches';
  switch (schema.type) {
    case 'boolean':
      return 'boolean';
    case 'number':
    case 'integer':
      return 'number';
    case 'string':
      return 'text';
    case 'array':
      return choicesOf(schema.items ?? {}).length > 0 ? 'choices' : 'list';
    case 'object':
      return schema.properties !== undefined ? 'object' : 'record';
    default:
      return 'anything';
  }
}

/** The texts it may be, where it may be only some. */
export function choicesOf({ enum: values, anyOf, oneOf }: Schema): readonly string[] {
  if (values !== undefined) return values.filter((each) => typeof each === 'string');
  const constants = (anyOf ?? oneOf ?? []).map((branch) => branch.const);
  return constants.length > 0 && constants.every((each) => typeof each === 'string') ? constants : [];
}

export interface Branch {
  readonly title: string;
  readonly schema: Schema;
  matches(value: Json | undefined): boolean;
  initial(): Json;
}

export function branchesOf(schema: Schema): readonly Branch[] {
  return (schema.anyOf ?? schema.oneOf ?? []).map((branch, index) => {
    const constants = Object.entries(branch.properties ?? {}).flatMap(([name, part]) =>
      part.const === undefined ? [] : [[name, part.const] as const],
    );
    const named = constants.map(([, value]) => textOf(value).replaceAll('_', ' ')).join(', ');
    return {
      title: branch.title ?? (named === '' ? `${describe(branch)} (${index + 1})` : named),
      schema: branch,
      matches: (value) =>
        constants.length > 0
          ? isObject(value) && constants.every(([name, constant]) => value[name] === constant)
          : typeMatches(branch, value),
      initial: () => emptyOf(branch),
    };
  });
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function describe({ type }: Schema): string {
  return typeof type === 'string' ? type : 'Form';
}

function typeMatches({ type }: Schema, value: Json | undefined): boolean {
  switch (type) {
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isObject(value);
    case 'integer':
      return typeof value === 'number';
    case 'null':
      return value === null;
    default:
      return typeof value === type;
  }
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a part holds before anybody fills it in. */
export function emptyOf(schema: Schema): Json {
  if (schema.default !== undefined) return schema.default;
  if (schema.const !== undefined) return schema.const;
  switch (kindOf(schema)) {
    case 'boolean':
      return false;
    case 'choice':
      return choicesOf(schema)[0] ?? '';
    case 'number':
      return Math.max(schema.minimum ?? 0, 0);
    case 'choices':
    case 'list':
      return [];
    case 'object':
      return emptyObject(schema);
    case 'record':
      return {};
    case 'branches':
      return branchesOf(schema)[0]?.initial() ?? '';
    case 'anything':
      return null;
    case 'constant':
    case 'text':
      return '';
  }
}

function emptyObject({ properties = {}, required = [] }: Schema): JsonObject {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, part]) =>
      part.const !== undefined ||
      (required.includes(name) && part.default === undefined && part.type === 'object')
        ? [[name, emptyOf(part)] as const]
        : [],
    ),
  );
}

/** RFC 6901. */
export function pointerTo(pointer: string, key: string): string {
  return `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** `max_tokens` and `maxTokens`: "Max tokens". */
export function titleOf(name: string, { title }: Schema): string {
  if (title !== undefined) return title;
  const words = name
    .replaceAll(/[_-]+/g, ' ')
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
