/** What went through the gateway, searched, opened, exported and watched: never what was said. */
import { z } from 'zod';
import { ACTIONS } from '../../domain/guardrail.ts';
import { INTERACTION_SORTS } from './interaction-sorts.ts';
import { defineOperations } from './operation.ts';
import { commaSeparated, instant, pageQuery, queryInstant } from './page.ts';

export const OUTCOMES = [
  'answered',
  'released',
  'refused',
  'failed',
  'client_closed',
  'interrupted',
] as const;
export const PRINCIPAL_KINDS = ['person', 'service', 'agent'] as const;
export const DIRECTIONS = ['request', 'response'] as const;

const direction = z.enum(DIRECTIONS);
const microDollars = z.int();

export const principalSchema = z.strictObject({ kind: z.enum(PRINCIPAL_KINDS), id: z.string() });

/** What one guardrail found of one kind, counted. */
export const findingCountSchema = z.strictObject({
  guardrail: z.string(),
  scanner: z.string(),
  kind: z.string(),
  direction,
  count: z.int(),
});

/** One row of a list. A streamed answer is one row: it is `released` until its end is recorded. */
export const interactionSchema = z.strictObject({
  /** `req_…`, as the response header `x-bartizan-request-id` says it. */
  id: z.string(),
  /** The leaf's index in the log. */
  index: z.int(),
  /** When the request arrived. */
  atMs: instant,
  application: z.string().nullable(),
  /** As the client asked for it. */
  requestedModel: z.string().nullable(),
  /** The entry under `models` that the name fits. */
  configuredModel: z.string().nullable(),
  provider: z.string().nullable(),
  providerModel: z.string().nullable(),
  outcome: z.enum(OUTCOMES),
  /** The strongest action that guardrails took. */
  action: z.enum(ACTIONS),
  /** Code of the refusal. */
  refusal: z.string().nullable(),
  /** The guardrail that refused it. */
  refusedBy: z.string().nullable(),
  policies: z.array(z.string()),
  /** `openai/chat_completions`: dialect and operation. */
  endpoint: z.string(),
  stream: z.boolean(),
  /** HTTP status of a refusal. */
  status: z.int().nullable(),
  /** Null where nobody was identified, or where it cannot be known any more: `isErased`, `isRestricted`. */
  principal: principalSchema.nullable(),
  inputTokens: z.int().nullable(),
  outputTokens: z.int().nullable(),
  /** Millionths of a US dollar; null where no provider was called. */
  costMicros: microDollars.nullable(),
  /** Milliseconds from arrival to the end. */
  totalMs: z.number().nullable(),
  /** Milliseconds from arrival, at which each step ended: `identity`, `policy`, `scan`, `first_byte`, `total`. */
  timings: z.record(z.string(), z.number()),
  findings: z.array(findingCountSchema),
  /** Findings beyond those counted. */
  moreFindings: z.int(),
  /** Things worth a look, with a count. */
  events: z.record(z.string(), z.int()),
  /** Whether content was captured that can still be read. */
  hasContent: z.boolean(),
  /** Whose it was cannot be known any more: erased, or removed by retention. */
  isErased: z.boolean(),
  /** Whose it was is kept and may not be read at present (GDPR Art. 18). */
  isRestricted: z.boolean(),
  isDemo: z.boolean(),
});

const instantFilter = queryInstant.optional();
const textFilter = z.string().min(1).max(512).optional();
const listFilter = commaSeparated.optional();

/** Several values of one filter, separated by commas, are alternatives; different filters hold together. */
export const interactionFilter = {
  application: listFilter,
  /** Exactly: `ada`, `person:ada`, `service:nightly`. */
  principal: textFilter,
  /** The configured model, the model asked for or the provider's. */
  model: listFilter,
  provider: listFilter,
  outcome: listFilter,
  /** The strongest action that guardrails took. */
  action: listFilter,
  /** Code of the refusal. */
  refusal: listFilter,
  /** Found something, acted, refused or failed. */
  guardrail: listFilter,
  /** The guardrail that refused it, or whose scanner's failure did. */
  refusedBy: listFilter,
  /** A guardrail that redacted, masked or pseudonymized something in it. */
  rewrittenBy: listFilter,
  /** Kind of a finding: `EMAIL_ADDRESS`. */
  finding: listFilter,
  scanner: listFilter,
  policy: listFilter,
  event: listFilter,
  endpoint: listFilter,
  stream: z.enum(['true', 'false']).optional(),
  demo: z.enum(['true', 'false']).optional(),
  /** `fromMs` ≤ `atMs` < `toMs`. */
  fromMs: instantFilter,
  toMs: instantFilter,
  minTotalMs: z.coerce.number().min(0).optional(),
  maxTotalMs: z.coerce.number().min(0).optional(),
  minCostMicros: z.coerce.number().int().min(0).optional(),
  /** The beginning of an id, or a part of a name or code; several words have to fit each. */
  text: z.string().min(1).max(200).optional(),
} as const;

/** How many fit: exactly, or `isExact: false` for "more than". */
export const totalSchema = z.strictObject({ count: z.int(), isExact: z.boolean() });

export const listedInteractionsSchema = z.strictObject({
  items: z.array(interactionSchema),
  next: z.string().nullable(),
  /** Null on every page but the first. */
  total: totalSchema.nullable(),
});

const stepSchema = z.strictObject({
  name: z.string(),
  /** Milliseconds from arrival, at which it began and ended. */
  startMs: z.number(),
  endMs: z.number(),
});

const attemptSchema = z.strictObject({
  provider: z.string(),
  model: z.string(),
  result: z.string(),
  durationMs: z.number(),
  /** Whether the provider answered. */
  isOk: z.boolean(),
});

const inquirySchema = z.strictObject({
  guardrail: z.string(),
  direction,
  configuredModel: z.string().nullable(),
  provider: z.string().nullable(),
  providerModel: z.string().nullable(),
  result: z.string(),
  count: z.int(),
  durationMs: z.number(),
  longestMs: z.number(),
  inputTokens: z.int().nullable(),
  outputTokens: z.int().nullable(),
  costMicros: microDollars.nullable(),
});

const findingSchema = z.strictObject({
  direction,
  guardrail: z.string(),
  scanner: z.string(),
  kind: z.string(),
  pointer: z.string(),
  start: z.int(),
  end: z.int(),
  confidence: z.number(),
});

const guardrailOutcomeSchema = z.strictObject({
  id: z.string(),
  version: z.string(),
  direction,
  /** `quiet`: it was in force and found nothing. */
  result: z.enum([...ACTIONS, 'quiet']),
  findings: z.int(),
  /** Its scanner failed, and its configuration let the text pass. */
  failedOpen: z.boolean(),
  /** It is why the interaction was refused. */
  refused: z.boolean(),
});

const recordPlaceSchema = z.strictObject({
  /** What the entry says: `interaction`, and `interaction_end` for a streamed answer. */
  kind: z.string(),
  index: z.int(),
  instance: z.string(),
  sequence: z.int(),
  atMs: instant,
  /** `origin/index`, as the response header `x-bartizan-record` says it. */
  address: z.string(),
});

export const interactionDetailSchema = z.strictObject({
  ...interactionSchema.shape,
  /** The version of the configuration that it was served by. */
  snapshot: z.string(),
  /** Id of the credential, never itself; null where it cannot be known any more. */
  credential: z.string().nullable(),
  /** Who asserted the principal, where somebody did. */
  assertedBy: principalSchema.nullable(),
  responseModel: z.string().nullable(),
  finish: z.string().nullable(),
  /** Pairs that the client gave along to find it again. */
  metadata: z.record(z.string(), z.string()),
  timeline: z.array(stepSchema),
  attempts: z.array(attemptSchema),
  inquiries: z.array(inquirySchema),
  placedFindings: z.array(findingSchema),
  guardrails: z.array(guardrailOutcomeSchema),
  /** Why it ended as it did, in one sentence. */
  explanation: z.string(),
  usage: z
    .strictObject({
      inputTokens: z.int(),
      outputTokens: z.int(),
      cachedInputTokens: z.int(),
      cacheWriteTokens: z.int(),
      reasoningTokens: z.int(),
      source: z.enum(['reported', 'estimated']),
    })
    .nullable(),
  /** Its entries, in log order. */
  record: z.array(recordPlaceSchema),
  /** Index of the entry that erased whose it was. */
  erasedBy: z.int().nullable(),
});

/** What is new, at most so many at once. */
export const watchedInteractionsSchema = z.strictObject({
  items: z.array(interactionSchema),
  /** New ones that fit and are left out here, because there are too many or the client is too slow. */
  leftOut: z.int(),
  /** How far the index is behind the record. */
  lagMs: z.int(),
});

/** Values that filters can take: those seen in the record. */
const facetSchema = z.strictObject({ value: z.string(), count: z.int() });

export const interactionOperations = defineOperations({
  listInteractions: {
    method: 'GET',
    path: '/interactions',
    summary: 'Search what went through the gateway',
    permission: 'interactions.read',
    query: z.strictObject({
      ...pageQuery,
      ...interactionFilter,
      sort: z.enum(INTERACTION_SORTS).default('-at'),
    }),
    answer: listedInteractionsSchema,
  },
  getInteraction: {
    method: 'GET',
    path: '/interactions/{id}',
    summary: 'Everything that is recorded of one interaction',
    permission: 'interactions.read',
    parameters: z.strictObject({ id: z.string().min(1).max(128) }),
    answer: interactionDetailSchema,
    refusals: ['not_found'],
  },
  exportInteractions: {
    method: 'GET',
    path: '/interaction-export',
    summary: 'The interactions that fit, newest first, as a file',
    description: 'At most 100,000; the last line says so where there are more.',
    permission: 'interactions.read',
    query: z.strictObject({ ...interactionFilter, format: z.enum(['jsonl', 'csv']).default('jsonl') }),
    download: 'application/octet-stream',
  },
  watchInteractions: {
    method: 'GET',
    path: '/interaction-stream',
    summary: 'New interactions that fit, as they are recorded',
    permission: 'interactions.read',
    query: z.strictObject(interactionFilter),
    events: watchedInteractionsSchema,
  },
  listInteractionFacets: {
    method: 'GET',
    path: '/interaction-facets',
    summary: 'The names that filters can take, as far as they occur in the record',
    permission: 'interactions.read',
    answer: z.strictObject({
      application: z.array(facetSchema),
      model: z.array(facetSchema),
      provider: z.array(facetSchema),
      outcome: z.array(facetSchema),
      action: z.array(facetSchema),
      refusal: z.array(facetSchema),
      guardrail: z.array(facetSchema),
      finding: z.array(facetSchema),
      scanner: z.array(facetSchema),
      policy: z.array(facetSchema),
      event: z.array(facetSchema),
      endpoint: z.array(facetSchema),
    }),
  },
});
