/** OpenAI's embeddings: `POST /v1/embeddings`. */
import { z } from 'zod';
import type { JsonObject } from '../../base/json.ts';
import type { EmbeddingsAnswer, EmbeddingsRequest } from '../../domain/chat.ts';
import type { Endpoint } from '../endpoint.ts';
import { documentOf, place, UNKNOWN } from './document-walker.ts';
import { openaiEndUsers } from './end-users.ts';
import { openaiRefusal } from './openai-errors.ts';
import { refuseOtherModels } from './other-models.ts';
import { given, parseForm, unsupported } from './wire-form.ts';
import { embeddingsWriter } from './writers.ts';

const asked = z.looseObject({
  model: z.string().min(1),
  input: z.union([z.string(), z.array(z.unknown()).min(1)]),
});

const embeddingsForm = z.strictObject({
  model: z.string(),
  input: z.union([z.string(), z.array(z.unknown())]),
  dimensions: z.int().positive().nullish(),
  // Honored by the writer.
  encoding_format: z.enum(['float', 'base64']).nullish(),
  user: z.string().nullish(),
});

const EMBEDDINGS_BODY = place({
  model: 'identifier',
  input: { role: 'user', channel: 'document' },
  encoding_format: 'word',
  dimensions: UNKNOWN,
  user: UNKNOWN,
});

export const openaiEmbeddingsEndpoint: Endpoint = {
  dialect: 'openai.embeddings',
  operation: 'embeddings',
  method: 'POST',
  paths: ['/v1/embeddings'],
  read(body) {
    const { model } = parseForm(asked, body);
    refuseOtherModels(body);
    return { model, stream: false, maxOutputTokens: undefined, choices: 1, ...openaiEndUsers(body) };
  },
  document: (body) => documentOf(body, EMBEDDINGS_BODY),
  toNeutral: (body) => ({ kind: 'embeddings', request: embeddingsRequest(body) }),
  createWriter: (_ask, { encoding_format: format }) =>
    embeddingsWriter((answer) => embeddingList(answer, format === 'base64')),
  refusal: openaiRefusal,
};

function embeddingsRequest(body: JsonObject): EmbeddingsRequest {
  const { model, input, dimensions, user } = parseForm(embeddingsForm, body);
  const inputs = typeof input === 'string' ? [input] : input.map(textOf);
  return { model, inputs, ...given({ dimensions, endUserId: user }) };
}

/** Token ids are those of one model's own tokenizer. */
function textOf(input: unknown, index: number): string {
  if (typeof input !== 'string') throw unsupported(`/input/${index}`);
  return input;
}

function embeddingList({ model, vectors, usage }: EmbeddingsAnswer, asBase64: boolean): JsonObject {
  return {
    object: 'list',
    data: vectors.map((vector, index) => ({
      object: 'embedding',
      index,
      embedding: asBase64 ? base64Of(vector) : vector,
    })),
    model,
    usage: { prompt_tokens: usage.inputTokens, total_tokens: usage.inputTokens },
  };
}

/** Single-precision floats, little-endian whatever the machine. */
function base64Of(vector: readonly number[]): string {
  const bytes = Buffer.allocUnsafe(vector.length * 4);
  for (let i = 0; i < vector.length; i++) bytes.writeFloatLE(vector[i] ?? 0, i * 4);
  return bytes.toString('base64');
}
