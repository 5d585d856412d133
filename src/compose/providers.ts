/** Every provider that a configuration can name, sorted by id, and how a configured one comes to be. */
import type { Configuration, ProviderConfiguration } from '../contract/configuration.ts';
import { PROVIDER_KEYS } from '../contract/configuration.ts';
import type { ConfiguredProvider } from '../modules/inference/inference.ts';
import type { ProviderManifest } from '../modules/inference/provider.ts';
import { anthropic } from '../providers/anthropic/anthropic.ts';
import { awsBedrock } from '../providers/aws-bedrock/aws-bedrock.ts';
import { azureOpenai } from '../providers/azure-openai/azure-openai.ts';
import { google } from '../providers/google/google.ts';
import { openaiCompatible } from '../providers/openai-compatible/openai-compatible.ts';
import { openai } from '../providers/openai/openai.ts';
import { simulator } from '../providers/simulator/simulator.ts';

export const PROVIDERS: readonly ProviderManifest[] = [
  anthropic,
  awsBedrock,
  azureOpenai,
  google,
  openai,
  openaiCompatible,
  simulator,
];

/** Resolves a provider's credential reference; null where it names none. */
export type CredentialSource = (provider: ProviderConfiguration) => Promise<string | null>;

export async function configureProviders(
  providers: Configuration['providers'],
  credentialOf: CredentialSource,
): Promise<ReadonlyMap<string, ConfiguredProvider>> {
  const configured = new Map<string, ConfiguredProvider>();
  for (const [id, configuration] of Object.entries(providers))
    configured.set(id, await configure(id, configuration, credentialOf));
  return configured;
}

/** @throws Error naming the provider and what is wrong with its configuration */
async function configure(
  id: string,
  configuration: ProviderConfiguration,
  credentialOf: CredentialSource,
): Promise<ConfiguredProvider> {
  const manifest = manifestOf(configuration.kind);
  if (!manifest) throw new Error(`provider ${id}: there is no kind "${configuration.kind}"`);
  const provider = manifest.create(
    manifest.config.parse(ownSettings(configuration)),
    await credentialOf(configuration),
  );
  const { timeouts, circuit } = configuration;
  return {
    id,
    provider,
    timeouts: {
      connectMs: timeouts.connect_ms,
      firstByteMs: timeouts.first_byte_ms,
      idleMs: timeouts.idle_ms,
    },
    retries: configuration.retries,
    maxAnswerBytes: configuration.max_answer_bytes,
    allowPrivateNetwork: configuration.allow_private_network,
    circuit: { failures: circuit.failures, openMs: circuit.open_ms },
  };
}

export function manifestOf(kind: string): ProviderManifest | undefined {
  return PROVIDERS.find(({ id }) => id === kind);
}

/** What the kind's own manifest validates: everything but the settings that every provider has. */
export function ownSettings(configuration: ProviderConfiguration): Record<string, unknown> {
  return Object.fromEntries(Object.entries(configuration).filter(([key]) => !PROVIDER_KEYS.includes(key)));
}
