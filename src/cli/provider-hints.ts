/** One line for each provider that could be used from here: a key in the environment, or a local Ollama. */
import { connect } from 'node:net';
import type { Settings } from '../config.ts';

const OLLAMA = { host: '127.0.0.1', port: 11_434, timeoutMs: 200 } as const;

const NAMES = {
  OPENAI_API_KEY: ['openai', 'gpt-5-mini'],
  ANTHROPIC_API_KEY: ['anthropic', 'claude-sonnet-4-5'],
  GEMINI_API_KEY: ['google', 'gemini-2.5-flash'],
} as const;

export async function providerHints(
  { providerKeys }: Settings,
  configuredKinds: ReadonlySet<string>,
): Promise<readonly string[]> {
  const keys = providerKeys.map((key) => {
    const [kind, model] = NAMES[key];
    return configuredKinds.has(kind)
      ? `${key} is set: ask for the model ${model}, or any other of ${kind}.`
      : `${key} is set: add a provider of kind ${kind} with credential: { env: ${key} } and a model to bartizan.yaml, then bartizan apply -f bartizan.yaml.`;
  });
  const ollama = (await isOllamaThere())
    ? [
        'Ollama runs here: add a provider of kind openai-compatible with preset: ollama and allow_private_network: true to bartizan.yaml.',
      ]
    : [];
  return [...keys, ...ollama];
}

function isOllamaThere(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(OLLAMA);
    const end = (isThere: boolean) => {
      socket.destroy();
      resolve(isThere);
    };
    socket.setTimeout(OLLAMA.timeoutMs, () => end(false));
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });
}
