/** OpenAI: chat completions, responses and embeddings. */
import { z } from 'zod';
import { defineProvider, type Provider, type ProviderCall } from '../../modules/inference/provider.ts';
import { baseUrlSchema, headerCredential, jsonHeaders, requireCredential } from '../wire/http.ts';
import { openEmbeddings } from '../wire/openai-chat/embeddings.ts';
import { OPENAI_TRAITS } from '../wire/openai-chat/chat-traits.ts';
import { openChat } from '../wire/openai-chat/open-chat.ts';
import { chatBody } from '../wire/openai-chat/prepare-chat.ts';
import { openResponses } from '../wire/openai-responses/open-responses.ts';
import { providerRefusal } from '../wire/provider-refusal.ts';

const config = z.strictObject({
  base_url: baseUrlSchema.default('https://api.openai.com/v1'),
  organization: z
    .string()
    .regex(/^[\w-]+$/)
    .optional(),
  project: z
    .string()
    .regex(/^[\w-]+$/)
    .optional(),
});

export const openai = defineProvider({
  id: 'openai',
  title: 'OpenAI',
  description: 'The OpenAI platform: chat completions, responses and embeddings.',
  config,
  create: createOpenai,
});

function createOpenai(settings: z.infer<typeof config>, credential: string | null): Provider {
  const key = headerCredential(credential);
  return {
    kind: 'openai',
    speaks: (dialect, operation) =>
      operation === 'chat'
        ? dialect === 'openai.chat' || dialect === 'openai.responses'
        : operation === 'embeddings' && dialect === 'openai.embeddings',
    supports: (operation) => operation !== 'count_tokens',
    prepare: (call) => ({
      method: 'POST',
      url: `${settings.base_url}${pathOf(call)}`,
      headers: {
        ...jsonHeaders(call.stream),
        authorization: `Bearer ${requireCredential(key)}`,
        ...(settings.organization === undefined ? {} : { 'openai-organization': settings.organization }),
        ...(settings.project === undefined ? {} : { 'openai-project': settings.project }),
      },
      body: chatBody(call, OPENAI_TRAITS),
    }),
    open(call, answer) {
      if (call.operation === 'embeddings') return openEmbeddings(answer);
      if (isResponses(call)) return openResponses(call, answer);
      return openChat(call, answer, { endMarkOptional: false });
    },
    refusal: providerRefusal,
  };
}

function isResponses(call: ProviderCall): boolean {
  return call.body.kind === 'native' && call.body.dialect === 'openai.responses';
}

function pathOf(call: ProviderCall): string {
  if (call.operation === 'embeddings') return '/embeddings';
  return isResponses(call) ? '/responses' : '/chat/completions';
}
