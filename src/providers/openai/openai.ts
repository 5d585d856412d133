/** OpenAI: chat completions, responses and embeddings. */
import { z } from 'zod';
import { defineProvider, type Provider } from '../../modules/inference/provider.ts';
import { baseUrlSchema, headerCredential, jsonHeaders, requireCredential } from '../wire/http.ts';
import { OPENAI_TRAITS } from '../wire/openai-chat/chat-traits.ts';
import { chatBody } from '../wire/openai-chat/prepare-chat.ts';
import { operationPath, responsesProvider } from '../wire/openai-responses/responses-provider.ts';

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

type Settings = z.infer<typeof config>;

export const openai = defineProvider({
  id: 'openai',
  title: 'OpenAI',
  description: 'The OpenAI platform: chat completions, responses and embeddings.',
  config,
  create: createOpenai,
});

function createOpenai(settings: Settings, credential: string | null): Provider {
  const key = headerCredential(credential);
  return {
    ...responsesProvider(),
    kind: 'openai',
    prepare: (call) => ({
      method: 'POST',
      url: `${settings.base_url}/${operationPath(call)}`,
      headers: {
        ...jsonHeaders(call.stream),
        authorization: `Bearer ${requireCredential(key)}`,
        ...(settings.organization === undefined ? {} : { 'openai-organization': settings.organization }),
        ...(settings.project === undefined ? {} : { 'openai-project': settings.project }),
      },
      body: chatBody(call, OPENAI_TRAITS),
    }),
  };
}
