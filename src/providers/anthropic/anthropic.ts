/** Anthropic: messages and token counts. */
import { z } from 'zod';
import { defineProvider, type Provider, type ProviderCall } from '../../modules/inference/provider.ts';
import { asObject } from '../wire/answer.ts';
import { encodeMessagesRequest, encodePrompt } from '../wire/anthropic/encode-messages.ts';
import { openMessages } from '../wire/anthropic/open-messages.ts';
import { baseUrlSchema, headerCredential, jsonHeaders, requireCredential } from '../wire/http.ts';
import { jsonBody, withModel } from '../wire/native-body.ts';
import { providerRefusal } from '../wire/provider-refusal.ts';
import { unsupported } from '../wire/unsupported.ts';

const config = z.strictObject({
  base_url: baseUrlSchema.default('https://api.anthropic.com'),
  version: z.iso.date().default('2023-06-01'),
  /** Sent as `anthropic-beta`. */
  betas: z.array(z.string().regex(/^[\w.-]+$/)).default([]),
  /** The API wants a limit with every request: this one where the client sets none. */
  default_max_tokens: z.int().min(1).default(4_096),
});

type Settings = z.infer<typeof config>;

export const anthropic = defineProvider({
  id: 'anthropic',
  title: 'Anthropic',
  description: 'The Anthropic API: messages and token counts.',
  config,
  create: createAnthropic,
});

function createAnthropic(settings: Settings, credential: string | null): Provider {
  const key = headerCredential(credential);
  return {
    kind: 'anthropic',
    speaks: (dialect, operation) => dialect === 'anthropic.messages' && operation !== 'embeddings',
    supports: (operation) => operation !== 'embeddings',
    prepare: (call) => ({
      method: 'POST',
      url: `${settings.base_url}/v1/messages${call.operation === 'count_tokens' ? '/count_tokens' : ''}`,
      headers: {
        ...jsonHeaders(call.stream),
        'x-api-key': requireCredential(key),
        'anthropic-version': settings.version,
        ...(settings.betas.length === 0 ? {} : { 'anthropic-beta': settings.betas.join(',') }),
      },
      body: bodyOf(call, settings.default_max_tokens),
    }),
    open: openMessages,
    refusal: providerRefusal,
  };
}

function bodyOf(call: ProviderCall, defaultMaxTokens: number): Buffer | string {
  const { body, model, operation, stream } = call;
  switch (body.kind) {
    case 'native':
      return withModel(asObject(body.json), body.bytes, model);
    case 'chat':
      return jsonBody(
        operation === 'count_tokens'
          ? encodePrompt(model, body.request)
          : encodeMessagesRequest(model, body.request, stream, defaultMaxTokens),
      );
    case 'embeddings':
      throw unsupported('Anthropic', 'embeddings', '');
  }
}
