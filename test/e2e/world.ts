/** A configuration with every kind of provider, all of them played by the upstream; models are named `provider.scenario`. */
import type { RunningGateway } from './gateway.ts';
import { startGateway } from './gateway.ts';
import { startUpstream, type Upstream } from './upstream.ts';

export const CREDENTIALS = {
  OPENAI_CREDENTIAL: 'sk-upstream-openai-credential',
  AZURE_CREDENTIAL: 'upstream-azure-credential',
  ANTHROPIC_CREDENTIAL: 'sk-ant-upstream-credential',
  GOOGLE_CREDENTIAL: 'AIza-upstream-google-credential',
  BEDROCK_CREDENTIAL: 'AKIAUPSTREAMEXAMPLE1:upstream-secret-access-key',
} as const;

/** Model prefixes, one for each way a provider can be configured. Bedrock's carries the maker's name, as it does there. */
export const PROVIDERS = [
  'openai',
  'azure',
  'ollama',
  'vllm',
  'anthropic',
  'google',
  'bedrock.anthropic',
] as const;
export type ProviderName = (typeof PROVIDERS)[number];

type Tree = Record<string, unknown>;

function providers(url: string): Record<string, Tree> {
  const every = {
    allow_private_network: true,
    retries: 0,
    circuit: { failures: 10_000 },
    timeouts: { connect_ms: 2_000, first_byte_ms: 5_000, idle_ms: 5_000 },
  };
  const env = (name: keyof typeof CREDENTIALS) => ({ credential: { env: name } });
  return {
    openai: { ...every, kind: 'openai', base_url: `${url}/openai/v1`, ...env('OPENAI_CREDENTIAL') },
    azure: { ...every, kind: 'azure.openai', base_url: `${url}/azure`, ...env('AZURE_CREDENTIAL') },
    ollama: { ...every, kind: 'openai-compatible', preset: 'ollama', base_url: `${url}/ollama/v1` },
    vllm: { ...every, kind: 'openai-compatible', preset: 'vllm', base_url: `${url}/vllm/v1` },
    anthropic: { ...every, kind: 'anthropic', base_url: `${url}/anthropic`, ...env('ANTHROPIC_CREDENTIAL') },
    google: { ...every, kind: 'google', base_url: `${url}/google`, ...env('GOOGLE_CREDENTIAL') },
    bedrock: {
      ...every,
      kind: 'aws.bedrock',
      aws_region: 'eu-central-1',
      base_url: `${url}/bedrock`,
      ...env('BEDROCK_CREDENTIAL'),
    },
    simulator: { kind: 'simulator' },
  };
}

/** YAML is a superset of JSON. `extra` replaces whole sections, `providerSettings` amends every provider. */
export function configuration(upstreamUrl: string, extra: Tree = {}, providerSettings: Tree = {}): string {
  const known = Object.entries(providers(upstreamUrl)).map(([id, settings]) => [
    id,
    id === 'simulator' ? settings : { ...settings, ...providerSettings },
  ]);
  const { models = {}, ...sections } = extra as { models?: Tree };
  return JSON.stringify({
    version: 1,
    applications: { desk: { purpose: 'End-to-end tests' } },
    policies: { all: { cedar: 'permit (principal, action, resource);' } },
    providers: Object.fromEntries(known),
    models: {
      ...Object.fromEntries(
        PROVIDERS.map((name) => [`${name}.*`, { candidates: [{ provider: name.split('.')[0] }] }]),
      ),
      simulator: { candidates: [{ provider: 'simulator' }] },
      ...models,
    },
    ...sections,
  });
}

export interface World extends RunningGateway {
  readonly upstream: Upstream;
}

export async function startWorld(
  extra: Tree = {},
  options: { environment?: NodeJS.ProcessEnv; providers?: Tree } = {},
): Promise<World> {
  const upstream = await startUpstream();
  const gateway = await startGateway(configuration(upstream.url, extra, options.providers), {
    ...CREDENTIALS,
    ...options.environment,
  });
  // The first key belongs to the application whose name comes first.
  const { key } = await gateway.newKey('desk');
  return {
    ...gateway,
    key,
    upstream,
    async stop() {
      await gateway.stop();
      await upstream.stop();
    },
  };
}
