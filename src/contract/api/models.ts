/** Providers and models: what they are, how they are, what they cost; a call to try one, and a switch that stops it. */
import { z } from 'zod';
import { modelSchema, providerSchema } from '../configuration.ts';
import { defineOperations } from './operation.ts';
import { instant } from './page.ts';
import { part } from './part.ts';

const providers = part({
  path: '/providers',
  one: 'a provider',
  many: 'providers',
  value: providerSchema,
  read: 'configuration.read',
  write: 'models.write',
});
const models = part({
  path: '/models',
  one: 'a model',
  many: 'models',
  value: modelSchema,
  read: 'configuration.read',
  write: 'models.write',
});

export const providerKindSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  /** JSON Schema of what it adds to the settings that every provider has. */
  settings: z.record(z.string(), z.unknown()),
});

const circuit = z.enum(['closed', 'open', 'half_open']);

export const modelStateSchema = z.strictObject({
  model: z.string(),
  /** Set while somebody has stopped it. */
  stopped: z.boolean(),
  candidates: z.array(
    z.strictObject({
      provider: z.string(),
      providerModel: z.string(),
      kind: z.string(),
      stopped: z.boolean(),
      region: z.string().nullable(),
      labels: z.array(z.string()),
      /** Of its provider, on this replica: `open` is left alone for a while after failures. */
      circuit,
      /** US dollars for a million tokens; null where no price is known. */
      price: z
        .strictObject({ input: z.number(), output: z.number(), cachedInput: z.number().nullable() })
        .nullable(),
    }),
  ),
});

export const testCallSchema = z.strictObject({
  answered: z.boolean(),
  /** HTTP status and refusal of the gateway, where it was refused. */
  refusal: z.strictObject({ code: z.string(), detail: z.string() }).nullable(),
  milliseconds: z.number(),
  provider: z.string().nullable(),
  providerModel: z.string().nullable(),
  inputTokens: z.int().nullable(),
  outputTokens: z.int().nullable(),
  /** The record's entry of it. */
  requestId: z.string(),
});

export const secretSchema = z.strictObject({ name: z.string(), updatedAtMs: instant });

const stop = z.strictObject({ kind: z.enum(['model', 'provider']), name: z.string().min(1).max(128) });

export const modelOperations = defineOperations({
  listProviders: providers.list,
  getProvider: providers.get,
  createProvider: providers.create,
  changeProvider: providers.change,
  removeProvider: providers.remove,
  listModels: models.list,
  getModel: models.get,
  createModel: models.create,
  changeModel: models.change,
  removeModel: models.remove,
  listProviderKinds: {
    method: 'GET',
    path: '/provider-kinds',
    summary: 'Kinds of providers, each with the schema of its settings',
    permission: 'configuration.read',
    answer: z.strictObject({ items: z.array(providerKindSchema) }),
  },
  listModelStates: {
    method: 'GET',
    path: '/model-states',
    summary: 'How models and their providers are: stopped, left alone after failures, priced',
    permission: 'configuration.read',
    answer: z.strictObject({ items: z.array(modelStateSchema) }),
  },
  stopModel: {
    method: 'POST',
    path: '/stops',
    summary: 'Stop a model or a provider: in force on every replica within a second',
    permission: 'models.stop',
    body: z.strictObject({ ...stop.shape, reason: z.string().min(1).max(2_000) }),
    refusals: ['not_found'],
  },
  resumeModel: {
    method: 'POST',
    path: '/stops/resume',
    summary: 'Let a stopped model or provider go on',
    permission: 'models.stop',
    body: stop,
    refusals: ['not_found'],
  },
  testModel: {
    method: 'POST',
    path: '/models/{name}/test',
    summary:
      'Ask a model for one word, through the gateway, as the administrator: permitted, limited, recorded',
    permission: 'models.write',
    parameters: z.strictObject({ name: z.string().min(1).max(128) }),
    body: z.strictObject({ application: z.string().min(1).max(128) }),
    answer: testCallSchema,
  },
  listSecrets: {
    method: 'GET',
    path: '/secrets',
    summary: 'Names of the secrets in the vault: never their values',
    permission: 'configuration.read',
    answer: z.strictObject({ items: z.array(secretSchema) }),
  },
  setSecret: {
    method: 'PUT',
    path: '/secrets/{name}',
    summary: 'Put a secret into the vault, or another value in its place',
    permission: 'models.write',
    parameters: z.strictObject({ name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}$/) }),
    body: z.strictObject({ value: z.string().min(1).max(64_000) }),
  },
  removeSecret: {
    method: 'DELETE',
    path: '/secrets/{name}',
    summary: 'Take a secret out of the vault',
    permission: 'models.write',
    parameters: z.strictObject({ name: z.string().min(1).max(128) }),
  },
});
