/** Google: the Gemini API. */
import { z } from 'zod';
import type { JsonObject } from '../../base/json.ts';
import { defineProvider, type Provider, type ProviderCall } from '../../modules/inference/provider.ts';
import { asObject } from '../wire/answer.ts';
import { encodeGenerate, withModelNamed } from '../wire/google/encode-generate.ts';
import { openGoogle } from '../wire/google/open-google.ts';
import { baseUrlSchema, headerCredential, jsonHeaders, requireCredential } from '../wire/http.ts';
import { jsonBody } from '../wire/native-body.ts';
import { providerRefusal } from '../wire/provider-refusal.ts';

const config = z.strictObject({
  base_url: baseUrlSchema.default('https://generativelanguage.googleapis.com'),
  api_version: z
    .string()
    .regex(/^v\d+(alpha|beta)?$/)
    .default('v1beta'),
});

type Settings = z.infer<typeof config>;

export const google = defineProvider({
  id: 'google',
  title: 'Google Gemini',
  description: 'The Gemini API: generated content, embeddings and token counts.',
  config,
  create: createGoogle,
});

function createGoogle(settings: Settings, credential: string | null): Provider {
  const key = headerCredential(credential);
  return {
    kind: 'gcp.gemini',
    speaks: (dialect, operation) =>
      operation === 'embeddings' ? dialect === 'google.embed' : dialect === 'google.generate',
    supports: () => true,
    prepare: (call) => ({
      method: 'POST',
      url: `${settings.base_url}/${settings.api_version}/${modelPath(call.model)}:${methodOf(call)}`,
      headers: { ...jsonHeaders(call.stream), 'x-goog-api-key': requireCredential(key) },
      body: bodyOf(call),
    }),
    open: openGoogle,
    refusal: providerRefusal,
  };
}

/** `models/…` unless the name says what it is, as that of a tuned model does. */
function modelPath(model: string): string {
  const path = model.includes('/') ? model : `models/${model}`;
  return path.split('/').map(encodeURIComponent).join('/');
}

function methodOf(call: ProviderCall): string {
  switch (call.operation) {
    case 'count_tokens':
      return 'countTokens';
    case 'embeddings': {
      const isSingle = call.body.kind === 'native' && !Array.isArray(asObject(call.body.json)['requests']);
      return isSingle ? 'embedContent' : 'batchEmbedContents';
    }
    case 'chat':
      return call.stream ? 'streamGenerateContent?alt=sse' : 'generateContent';
  }
}

function bodyOf({ body, model, operation }: ProviderCall): Buffer | string {
  switch (body.kind) {
    case 'native': {
      const json = asObject(body.json);
      const namesModel = 'model' in json || 'requests' in json || 'generateContentRequest' in json;
      if (body.bytes !== null && !namesModel) return body.bytes;
      return jsonBody(withModelNamed(json, model));
    }
    case 'chat':
      return jsonBody(
        operation === 'count_tokens'
          ? {
              generateContentRequest: {
                model: model.includes('/') ? model : `models/${model}`,
                ...encodeGenerate(model, body.request),
              },
            }
          : encodeGenerate(model, body.request),
      );
    case 'embeddings':
      return jsonBody({
        requests: body.request.inputs.map((text) => embedding(model, text, body.request.dimensions)),
      });
  }
}

function embedding(model: string, text: string, dimensions: number | undefined): JsonObject {
  return {
    model: model.includes('/') ? model : `models/${model}`,
    content: { parts: [{ text }] },
    ...(dimensions === undefined ? {} : { outputDimensionality: dimensions }),
  };
}
