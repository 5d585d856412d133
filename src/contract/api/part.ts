/** Named parts of the configuration tree — guardrails, applications, models, … — each with the same five operations. */
import { z } from 'zod';
import { name } from '../name.ts';
import type { Operation } from './operation.ts';
import { instant, pageOf, pageQuery } from './page.ts';
import type { Permission } from './permissions.ts';

export interface PartOptions<Value extends z.ZodType> {
  readonly path: `/${string}`;
  /** In words, with its article: `a guardrail`. */
  readonly one: string;
  readonly many: string;
  readonly value: Value;
  readonly read: Permission;
  readonly write: Permission;
}

export const partQuery = z.strictObject({
  ...pageQuery,
  /** Parts whose name, description or issuer's address holds this, in whatever case. */
  search: z.string().max(200).optional(),
});

const partPath = z.strictObject({ name: z.string().min(1).max(128) });

export function partSchema<Value extends z.ZodType>(value: Value) {
  return z.strictObject({ name: z.string(), etag: z.string(), value });
}

export function part<const Value extends z.ZodType>({
  path,
  one,
  many,
  value,
  read,
  write,
}: PartOptions<Value>) {
  const item = partSchema(value);
  return {
    list: {
      method: 'GET',
      path,
      summary: `List ${many}, by name`,
      permission: read,
      query: partQuery,
      answer: pageOf(item),
    },
    get: {
      method: 'GET',
      path: `${path}/{name}`,
      summary: `Get ${one}`,
      permission: read,
      parameters: partPath,
      etag: 'gives',
      answer: item,
    },
    create: {
      method: 'POST',
      path,
      summary: `Create ${one}`,
      permission: write,
      body: z.strictObject({ name, value }),
      answer: item,
      etag: 'gives',
      status: 201,
      refusals: ['unacceptable', 'conflict'],
    },
    change: {
      method: 'PUT',
      path: `${path}/{name}`,
      summary: `Change ${one}`,
      permission: write,
      parameters: partPath,
      body: z.strictObject({ value }),
      answer: item,
      etag: 'needs',
      refusals: ['unacceptable'],
    },
    remove: {
      method: 'DELETE',
      path: `${path}/{name}`,
      summary: `Remove ${one}`,
      permission: write,
      parameters: partPath,
      etag: 'needs',
      refusals: ['unacceptable'],
    },
    versions: {
      method: 'GET',
      path: `${path}/{name}/versions`,
      summary: `What ${one} was before, newest first; null where it was not there`,
      permission: read,
      parameters: partPath,
      query: z.strictObject(pageQuery),
      answer: pageOf(
        z.strictObject({
          version: z.int(),
          atMs: instant,
          actor: z.string(),
          etag: z.string().nullable(),
          value: value.nullable(),
        }),
      ),
    },
  } as const satisfies Record<string, Operation>;
}
