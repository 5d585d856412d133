/** The state of things at a glance: traffic, refusals, spend, latency, health, and what is unusual. */
import { OVERVIEW_WINDOWS } from './overview-windows.ts';
import { z } from 'zod';
import { interactionFilter } from './interactions.ts';
import { defineOperations } from './operation.ts';
import { instant, queryInstant } from './page.ts';

/**
 * The filter that leads to the records behind a number: a query of `listInteractions`, whose names it has. All values as text,
 * as in an address.
 */
export const recordFilterSchema = z.strictObject(
  Object.fromEntries(Object.keys(interactionFilter).map((name) => [name, z.string().optional()])) as {
    [Name in keyof typeof interactionFilter]: z.ZodOptional<z.ZodString>;
  },
);

/** A number of a name, with the way to its records. */
const countedSchema = z.strictObject({
  name: z.string(),
  count: z.int(),
  filter: recordFilterSchema,
});

const spentSchema = z.strictObject({
  name: z.string(),
  costMicros: z.int(),
  requests: z.int(),
  inputTokens: z.int(),
  outputTokens: z.int(),
  filter: recordFilterSchema,
});

/** One number of the house, with that of the equally long time before. */
const figureSchema = z.strictObject({
  value: z.number(),
  before: z.number(),
  filter: recordFilterSchema,
});

const percentiles = {
  /** Milliseconds; null where nothing was answered. */
  p50: z.number().nullable(),
  p95: z.number().nullable(),
  p99: z.number().nullable(),
};

/** Columns of equal length; `startMs` of each, and the numbers at the same place. */
const seriesSchema = z.strictObject({
  bucketMs: z.int(),
  startMs: z.array(instant),
  total: z.array(z.int()),
  refused: z.array(z.int()),
  /** Redacted, masked or pseudonymized. */
  rewritten: z.array(z.int()),
  failed: z.array(z.int()),
  costMicros: z.array(z.int()),
  /** Milliseconds to the end of answers; null where there was none. */
  p50: z.array(z.number().nullable()),
  p95: z.array(z.number().nullable()),
  p99: z.array(z.number().nullable()),
});

const spentOverTimeSchema = z.strictObject({
  /** Null: all others together. */
  name: z.string().nullable(),
  /** One for each of `series.startMs`. */
  costMicros: z.array(z.int()),
});

export const ANOMALY_KINDS = ['refusals', 'spend', 'errors', 'principal_burst'] as const;

const anomalySchema = z.strictObject({
  kind: z.enum(ANOMALY_KINDS),
  atMs: instant,
  untilMs: instant,
  /** What was counted, what is usual then, and how far that is, in words. */
  words: z.string(),
  value: z.number(),
  /** The median of the same hour of the week before. */
  usual: z.number(),
  /** How many robust standard deviations (1.4826 × MAD) it is from that. */
  score: z.number(),
  /** How many earlier hours it was compared with. */
  samples: z.int(),
  filter: recordFilterSchema,
});

const healthSchema = z.strictObject({
  provider: z.string(),
  attempts: z.int(),
  failed: z.int(),
  /** Milliseconds of calls, the mean. */
  meanMs: z.number().nullable(),
  /** What calls failed with, most frequent first. */
  failures: z.array(z.strictObject({ result: z.string(), count: z.int() })),
  /** Null where it is not known here. */
  circuit: z.enum(['closed', 'open', 'half_open']).nullable(),
  filter: recordFilterSchema,
});

export const overviewSchema = z.strictObject({
  /** What is counted, drawn out to whole buckets. */
  fromMs: instant,
  toMs: instant,
  /** When the index was asked. */
  atMs: instant,
  figures: z.strictObject({
    total: figureSchema,
    refused: figureSchema,
    rewritten: figureSchema,
    failed: figureSchema,
    costMicros: figureSchema,
    inputTokens: figureSchema,
    outputTokens: figureSchema,
  }),
  latency: z.strictObject({ ...percentiles, before: z.strictObject(percentiles) }),
  series: seriesSchema,
  refusedBy: z.strictObject({
    code: z.array(countedSchema),
    guardrail: z.array(countedSchema),
  }),
  rewrittenBy: z.strictObject({ guardrail: z.array(countedSchema) }),
  outcomes: z.array(countedSchema),
  findings: z.array(countedSchema),
  spend: z.strictObject({ application: z.array(spentSchema), model: z.array(spentSchema) }),
  /** The dearest five over time, and all others together. */
  spendSeries: z.strictObject({
    application: z.array(spentOverTimeSchema),
    model: z.array(spentOverTimeSchema),
  }),
  anomalies: z.array(anomalySchema),
  /** How many hours of traffic there are to compare with: few tell little. */
  baselineHours: z.int(),
  providers: z.array(healthSchema),
  index: z.strictObject({
    /** Entries of the record that are not in the index yet. */
    behindEntries: z.int(),
    /** How long the oldest of them has been waiting. */
    lagMs: z.int(),
    /** The whole record is read again; numbers are not complete. */
    isRebuilding: z.boolean(),
    /** Why the index does not get on at present. */
    failure: z.string().nullable(),
  }),
});

const overviewQuery = z.strictObject({
  /** Ends now. */
  window: z.enum(OVERVIEW_WINDOWS).default('24h'),
  /** Both, in place of `window`; at most 400 days. */
  fromMs: queryInstant.optional(),
  toMs: queryInstant.optional(),
  application: z.string().min(1).max(128).optional(),
});

export const overviewOperations = defineOperations({
  getOverview: {
    method: 'GET',
    path: '/overview',
    summary: 'Traffic, refusals, spend, latency, health and what is unusual',
    permission: 'overview.read',
    query: overviewQuery,
    answer: overviewSchema,
  },
  watchOverview: {
    method: 'GET',
    path: '/overview-stream',
    summary: 'The same, again every two seconds',
    permission: 'overview.read',
    query: overviewQuery,
    events: overviewSchema,
  },
});
