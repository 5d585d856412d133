/** Any server that speaks OpenAI's chat completions: local ones and hosted ones, by preset or by address. */
import { z } from 'zod';
import { defineProvider, type Provider } from '../../modules/inference/provider.ts';
import { baseUrlSchema, headerCredential, jsonHeaders } from '../wire/http.ts';
import type { ChatTraits } from '../wire/openai-chat/chat-traits.ts';
import { chatProvider } from '../wire/openai-chat/chat-provider.ts';
import { chatBody } from '../wire/openai-chat/prepare-chat.ts';
import { PLAIN_TRAITS, PRESET_NAMES, PRESETS } from './presets.ts';

const config = z
  .strictObject({
    /** Up to and with `/v1`; the preset's own unless told. */
    base_url: baseUrlSchema.optional(),
    preset: z.enum(PRESET_NAMES).optional(),
    max_tokens_key: z.enum(['max_tokens', 'max_completion_tokens']).optional(),
    stream_options: z.boolean().optional(),
  })
  .refine(
    (value) => value.base_url !== undefined || value.preset !== undefined,
    'either base_url or preset is needed',
  );

type Settings = z.infer<typeof config>;

export const openaiCompatible = defineProvider({
  id: 'openai-compatible',
  title: 'OpenAI-compatible server',
  description: `A server that speaks OpenAI's chat completions; presets: ${PRESET_NAMES.join(', ')}.`,
  config,
  create: createOpenaiCompatible,
});

function createOpenaiCompatible(settings: Settings, credential: string | null): Provider {
  const key = headerCredential(credential);
  const preset = settings.preset === undefined ? undefined : PRESETS[settings.preset];
  const baseUrl = settings.base_url ?? preset?.baseUrl ?? '';
  const traits = traitsOf(settings, preset?.traits ?? PLAIN_TRAITS);
  return {
    ...chatProvider({ endMarkOptional: true }),
    kind: settings.preset === 'mistral' ? 'mistral_ai' : (settings.preset ?? 'openai-compatible'),
    prepare: (call) => ({
      method: 'POST',
      url: `${baseUrl}${call.operation === 'embeddings' ? '/embeddings' : '/chat/completions'}`,
      // Local servers want no credential.
      headers: { ...jsonHeaders(call.stream), ...(key === null ? {} : { authorization: `Bearer ${key}` }) },
      body: chatBody(call, traits),
    }),
  };
}

function traitsOf(settings: Settings, traits: ChatTraits): ChatTraits {
  return {
    ...traits,
    maxTokensKey: settings.max_tokens_key ?? traits.maxTokensKey,
    streamOptions: settings.stream_options ?? traits.streamOptions,
  };
}
