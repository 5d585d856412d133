/** Guardrails: listed, drawn as forms, tried on texts and files, replayed over what was recorded, published step by step. */
import { z } from 'zod';
import { ACTIONS } from '../../domain/guardrail.ts';
import { guardrailSchema } from '../guardrail.ts';
import { defineOperations } from './operation.ts';
import { part } from './part.ts';

const guardrails = part({
  path: '/guardrails',
  one: 'a guardrail',
  many: 'guardrails',
  value: guardrailSchema,
  read: 'configuration.read',
  write: 'guardrails.write',
});

const direction = z.enum(['request', 'response']);
const channel = z.enum(['instruction', 'user', 'document', 'tool', 'answer']);
const action = z.enum(ACTIONS);

export const scannerSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  /** Risks that it serves: `LLM01:2025`. */
  risks: z.array(z.string()),
  /** Kinds that its findings may have, where it names them beforehand. */
  kinds: z.array(z.string()),
  /** JSON Schema of its settings: what a form is drawn from. */
  settings: z.record(z.string(), z.unknown()),
});

/** A draft as the form has it: judged as if it were in force alone. */
export const draftSchema = z.strictObject({
  name: z.string().min(1).max(128).default('draft'),
  value: guardrailSchema,
});

export const triedFindingSchema = z.strictObject({
  kind: z.string(),
  start: z.int(),
  end: z.int(),
  confidence: z.number(),
  /** Whether it counts: it is as sure as the guardrail asks, and of a kind and channel that it is about. */
  counts: z.boolean(),
  /** Which rule or features spoke, in words. */
  explanation: z.string().nullable(),
});

export const trySchema = z.strictObject({
  draft: draftSchema,
  text: z.string().max(1_000_000),
  direction: direction.default('request'),
  channel: channel.default('user'),
});

export const triedSchema = z.strictObject({
  action,
  findings: z.array(triedFindingSchema),
  /** What would be sent on instead; null where it blocks. */
  text: z.string().nullable(),
  /** Why the scanner could not look, if it could not. */
  failure: z.string().nullable(),
  milliseconds: z.number(),
});

const outcomeCounts = z.strictObject({
  blocked: z.int(),
  rewritten: z.int(),
  flagged: z.int(),
  passed: z.int(),
  failed: z.int(),
});

export const fileTriedSchema = z.strictObject({
  rows: z.int(),
  counts: outcomeCounts,
  kinds: z.record(z.string(), z.int()),
  /** Where rows say what was to be expected (`expect: block|allow`). */
  agreement: z.strictObject({
    truePositives: z.int(),
    falsePositives: z.int(),
    trueNegatives: z.int(),
    falseNegatives: z.int(),
  }),
  /** Rows that could not be read, by line. */
  unreadable: z.array(z.strictObject({ line: z.int(), message: z.string() })),
  /** What became of each of the first rows. */
  examples: z.array(z.strictObject({ line: z.int(), id: z.string(), action, kinds: z.array(z.string()) })),
  milliseconds: z.number(),
});

export const replayOrderSchema = z.strictObject({
  draft: draftSchema,
  /** How many of the last recorded interactions. */
  last: z.int().min(1).max(10_000).default(500),
  application: z.string().max(128).optional(),
});

const changedApplication = z.strictObject({
  application: z.string(),
  replayed: z.int(),
  /** What the record says was done, against what the draft would do. */
  wouldBlock: z.int(),
  wouldRewrite: z.int(),
  wouldFlag: z.int(),
  noLongerStopped: z.int(),
  unchanged: z.int(),
});

export const replayEventSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('progress'),
    looked: z.int(),
    of: z.int(),
    replayed: z.int(),
    /** No content was captured, it was erased, or only its redacted form is kept. */
    withoutContent: z.int(),
  }),
  z.strictObject({
    kind: z.literal('done'),
    looked: z.int(),
    replayed: z.int(),
    withoutContent: z.int(),
    failed: z.int(),
    applications: z.array(changedApplication),
    /** Records of those that would change: to be looked at, newest first. */
    changed: z.array(
      z.strictObject({
        index: z.int(),
        id: z.string(),
        application: z.string(),
        atMs: z.int(),
        before: action,
        after: action,
        kinds: z.array(z.string()),
      }),
    ),
    milliseconds: z.number(),
  }),
]);

export const guardrailOperations = defineOperations({
  listGuardrails: guardrails.list,
  getGuardrail: guardrails.get,
  createGuardrail: guardrails.create,
  changeGuardrail: guardrails.change,
  removeGuardrail: guardrails.remove,
  listGuardrailVersions: guardrails.versions,
  listScanners: {
    method: 'GET',
    path: '/scanners',
    summary: 'What can be looked for, each with the schema of its settings',
    permission: 'configuration.read',
    answer: z.strictObject({ items: z.array(scannerSchema) }),
  },
  tryGuardrail: {
    method: 'POST',
    path: '/guardrails/try',
    summary: 'What a draft does with one text; nothing is kept',
    permission: 'guardrails.write',
    body: trySchema,
    answer: triedSchema,
    maxBodyBytes: 4 * 1024 * 1024,
    refusals: ['unacceptable'],
  },
  tryGuardrailOnFile: {
    method: 'POST',
    path: '/guardrails/try-file',
    summary:
      'What a draft does with each row of a file of JSON lines: `{id, text, expect?, direction?, channel?}`',
    permission: 'guardrails.write',
    body: z.strictObject({ draft: draftSchema, lines: z.string().max(8_000_000) }),
    answer: fileTriedSchema,
    maxBodyBytes: 16 * 1024 * 1024,
    refusals: ['unacceptable'],
  },
  replayGuardrail: {
    method: 'POST',
    path: '/guardrails/replay',
    summary: 'What a draft would have done with the last recorded interactions whose content was captured',
    description:
      'Progress as it goes, then the result. Nothing that was said is shown. Closing the connection stops it.',
    permission: 'guardrails.write',
    body: replayOrderSchema,
    events: replayEventSchema,
    refusals: ['unacceptable'],
  },
});
