/** Models and providers as the page has them: their settings, and how they are read and changed. */
import type { z } from 'zod';
import type { modelStateSchema, providerKindSchema } from '@contract/api/models.ts';
import type { Schema } from '../../kit/json-schema.ts';
import { partDoor, type ValueOf } from '../../part-editing/part-door.ts';

export type ModelValue = ValueOf<'Model'>;
export type ProviderValue = ValueOf<'Provider'>;
export type ModelState = z.output<typeof modelStateSchema>;
export type Candidate = ModelState['candidates'][number];
export type ProviderKind = z.output<typeof providerKindSchema>;

export const modelDoor = partDoor('Model', ['listModels', 'listModelStates']);
export const providerDoor = partDoor('Provider', ['listProviders', 'listModelStates']);

export function newModel(provider: string): ModelValue {
  return {
    candidates: [{ provider, priority: 0, weight: 1 }],
    labels: [],
    operations: ['chat', 'embeddings', 'count_tokens'],
    stopped: false,
    default_max_output_tokens: 4_096,
  };
}

export function newProvider(kind: string): ProviderValue {
  return {
    kind,
    labels: [],
    stopped: false,
    allow_private_network: false,
    timeouts: { connect_ms: 5_000, first_byte_ms: 120_000, idle_ms: 60_000 },
    retries: 2,
    max_answer_bytes: 64 * 1024 * 1024,
    circuit: { failures: 5, open_ms: 15_000 },
  };
}

/** What the server has made of the kind's own schema. */
export function settingsOf(kind: ProviderKind): Schema {
  return kind.settings as Schema;
}
