/** Limits with what is used of them, budgets with where they lead, and cost by whom and what. */
import { z } from 'zod';
import { limitSchema } from '../configuration.ts';
import { defineOperations } from './operation.ts';
import { instant, queryInstant } from './page.ts';
import { part } from './part.ts';

const limits = part({
  path: '/limits',
  one: 'a limit',
  many: 'limits',
  value: limitSchema,
  read: 'configuration.read',
  write: 'limits.write',
});

export const consumptionSchema = z.strictObject({
  limit: z.string(),
  measure: z.string(),
  window: z.string().nullable(),
  per: z.string(),
  capacity: z.number(),
  /** Null for what counts concurrent requests. */
  windowStartMs: instant.nullable(),
  windowEndMs: instant.nullable(),
  /** The fullest counters first. */
  counters: z.array(
    z.strictObject({
      /** `application demo`, `principal person:alice`, `all`. */
      scope: z.string(),
      used: z.number(),
      share: z.number(),
      /** Where it would stand at the window's end, were it used on as it was so far; null too early to say. */
      forecast: z.number().nullable(),
    }),
  ),
});

const by = z.enum(['application', 'principal', 'model', 'provider']);

export const costSchema = z.strictObject({
  from: instant,
  to: instant,
  totals: z.strictObject({
    requests: z.int(),
    refused: z.int(),
    inputTokens: z.int(),
    outputTokens: z.int(),
    costUsd: z.number(),
  }),
  series: z.array(z.strictObject({ atMs: instant, costUsd: z.number(), requests: z.int() })),
  /** The dearest five groups over time, and all others together, whose key is null. */
  groupSeries: z.array(
    z.strictObject({
      key: z.string().nullable(),
      series: z.array(z.strictObject({ atMs: instant, costUsd: z.number() })),
    }),
  ),
  groups: z.array(
    z.strictObject({
      key: z.string(),
      requests: z.int(),
      refused: z.int(),
      inputTokens: z.int(),
      outputTokens: z.int(),
      costUsd: z.number(),
    }),
  ),
});

export const limitOperations = defineOperations({
  listLimits: limits.list,
  getLimit: limits.get,
  createLimit: limits.create,
  changeLimit: limits.change,
  removeLimit: limits.remove,
  listConsumption: {
    method: 'GET',
    path: '/consumption',
    summary: 'What is used of each limit now, and where its window will end',
    permission: 'usage.read',
    answer: z.strictObject({ atMs: instant, items: z.array(consumptionSchema) }),
  },
  getCost: {
    method: 'GET',
    path: '/cost',
    summary: 'Requests, tokens and cost over time, by application, principal, model or provider',
    permission: 'usage.read',
    query: z.strictObject({
      from: queryInstant,
      to: queryInstant,
      by: by.default('application'),
      bucket: z.enum(['hour', 'day']).default('day'),
    }),
    answer: costSchema,
  },
});
