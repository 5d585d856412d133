/** A guardrail as the tree has it: what is looked for, where, and what is done about it. */
import { z } from 'zod';
import { ACTIONS } from '../domain/guardrail.ts';
import { modelPatterns, name, names, text } from './name.ts';

export const guardrailSchema = z.strictObject({
  description: text.default(''),
  scanner: name,
  config: z.record(z.string(), z.unknown()).default({}),
  action: z.enum(ACTIONS),
  directions: z
    .array(z.enum(['request', 'response']))
    .min(1)
    .default(['request', 'response']),
  channels: z.array(z.enum(['instruction', 'user', 'document', 'tool', 'answer'])).default([]),
  kinds: z.array(z.string().max(128)).default([]),
  applications: names,
  groups: names,
  models: modelPatterns,
  min_confidence: z.number().min(0).max(1).default(0.5),
  on_error: z.enum(['block', 'allow']).default('block'),
  /** Step by step: `shadow` records what it would do, `canary` does it on a share of interactions, `enforce` always. */
  rollout: z
    .discriminatedUnion('mode', [
      z.strictObject({ mode: z.literal('shadow') }),
      z.strictObject({ mode: z.literal('canary'), share: z.number().gt(0).lt(1) }),
      z.strictObject({ mode: z.literal('enforce') }),
    ])
    .default({ mode: 'enforce' }),
  timeout_ms: z.int().min(1).max(60_000).default(2_000),
  block: z
    .strictObject({
      as: z.enum(['error', 'completion']).default('error'),
      status: z.int().min(400).max(499).default(400),
      message: text.optional(),
    })
    .prefault({}),
});
