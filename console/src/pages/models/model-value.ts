/** Models and providers as the page has them: their settings, and how they are read and changed. */
import type { z } from 'zod';
import type { modelStateSchema, providerKindSchema } from '@contract/api/models.ts';
import type { modelSchema, providerSchema } from '@contract/configuration.ts';
import { client } from '../../api.ts';
import type { Schema } from '../../kit/json-schema.ts';
import type { PartDoor } from '../../part-editing/part-draft.ts';

export type ModelValue = z.output<typeof modelSchema>;
export type ProviderValue = z.output<typeof providerSchema>;
export type ModelState = z.output<typeof modelStateSchema>;
export type Candidate = ModelState['candidates'][number];
export type ProviderKind = z.output<typeof providerKindSchema>;

export const modelDoor: PartDoor<ModelValue> = {
  get: 'getModel',
  rereads: ['listModels', 'listModelStates'],
  create: (name, value) => client.call('createModel', { body: { name, value } }),
  change: (name, value, ifMatch) => client.call('changeModel', { path: { name }, body: { value }, ifMatch }),
  remove: (name, ifMatch) => client.call('removeModel', { path: { name }, ifMatch }),
};

export const providerDoor: PartDoor<ProviderValue> = {
  get: 'getProvider',
  rereads: ['listProviders', 'listModelStates'],
  create: (name, value) => client.call('createProvider', { body: { name, value } }),
  change: (name, value, ifMatch) =>
    client.call('changeProvider', { path: { name }, body: { value }, ifMatch }),
  remove: (name, ifMatch) => client.call('removeProvider', { path: { name }, ifMatch }),
};

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
