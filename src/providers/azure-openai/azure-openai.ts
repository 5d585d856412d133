/** Azure OpenAI: OpenAI's wire at a resource's own endpoint, where deployments stand for models. */
import { z } from 'zod';
import { defineProvider, type Provider, type ProviderCall } from '../../modules/inference/provider.ts';
import { baseUrlSchema, headerCredential, jsonHeaders, requireCredential } from '../wire/http.ts';
import { OPENAI_TRAITS, type ChatTraits } from '../wire/openai-chat/chat-traits.ts';
import { chatBody } from '../wire/openai-chat/prepare-chat.ts';
import {
  isResponses,
  operationPath,
  responsesProvider,
} from '../wire/openai-responses/responses-provider.ts';

const config = z.strictObject({
  /** `https://<resource>.openai.azure.com` */
  base_url: baseUrlSchema,
  /** A dated API version uses the deployment's path; without one the `v1` API is called. */
  api_version: z
    .string()
    .regex(/^[\w.-]+$/)
    .optional(),
});

type Settings = z.infer<typeof config>;

const TRAITS: ChatTraits = { ...OPENAI_TRAITS, name: 'Azure OpenAI', endUserKey: 'user' };

export const azureOpenai = defineProvider({
  id: 'azure.openai',
  title: 'Azure OpenAI',
  description: "OpenAI's models in a Microsoft Azure resource; a model's name is its deployment's.",
  config,
  create: createAzureOpenai,
});

function createAzureOpenai(settings: Settings, credential: string | null): Provider {
  const key = headerCredential(credential);
  return {
    ...responsesProvider(),
    kind: 'azure.ai.openai',
    prepare: (call) => ({
      method: 'POST',
      url: settings.base_url + pathOf(call, settings.api_version),
      headers: { ...jsonHeaders(call.stream), 'api-key': requireCredential(key) },
      body: chatBody(call, TRAITS),
    }),
  };
}

function pathOf(call: ProviderCall, apiVersion: string | undefined): string {
  const operation = operationPath(call);
  if (apiVersion === undefined) return `/openai/v1/${operation}`;
  const version = `?api-version=${apiVersion}`;
  if (isResponses(call)) return `/openai/responses${version}`;
  return `/openai/deployments/${encodeURIComponent(call.model)}/${operation}${version}`;
}
