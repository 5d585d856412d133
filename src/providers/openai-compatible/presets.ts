/** Servers that speak OpenAI's chat completions, and what each does otherwise. */
import { OPENAI_TRAITS, type ChatTraits } from '../wire/openai-chat/chat-traits.ts';

export interface Preset {
  readonly title: string;
  readonly baseUrl: string;
  readonly traits: ChatTraits;
}

/** What the imitators have in common. */
const COMPATIBLE: ChatTraits = {
  ...OPENAI_TRAITS,
  maxTokensKey: 'max_tokens',
  developerRole: false,
  textParts: false,
  endUserKey: 'user',
};

function preset(title: string, baseUrl: string, differences: Partial<ChatTraits> = {}): Preset {
  return { title, baseUrl, traits: { ...COMPATIBLE, name: title, ...differences } };
}

export const PRESETS = {
  ollama: preset('Ollama', 'http://127.0.0.1:11434/v1'),
  vllm: preset('vLLM', 'http://127.0.0.1:8000/v1', { topK: true }),
  'lm-studio': preset('LM Studio', 'http://127.0.0.1:1234/v1', { topK: true }),
  groq: preset('Groq', 'https://api.groq.com/openai/v1', { maxTokensKey: 'max_completion_tokens' }),
  // Mistral refuses what it does not know, and tells usage unasked.
  mistral: preset('Mistral', 'https://api.mistral.ai/v1', {
    seedKey: 'random_seed',
    streamOptions: false,
    endUserKey: null,
  }),
  deepseek: preset('DeepSeek', 'https://api.deepseek.com/v1'),
  together: preset('Together AI', 'https://api.together.xyz/v1', { topK: true }),
  openrouter: preset('OpenRouter', 'https://openrouter.ai/api/v1', {
    topK: true,
    reasoning: 'reasoning_object',
  }),
} as const satisfies Record<string, Preset>;

export const PRESET_NAMES = [
  'ollama',
  'vllm',
  'lm-studio',
  'groq',
  'mistral',
  'deepseek',
  'together',
  'openrouter',
] as const;

/** A server without a preset: the least is assumed. */
export const PLAIN_TRAITS: ChatTraits = { ...COMPATIBLE, name: 'The OpenAI-compatible server' };
