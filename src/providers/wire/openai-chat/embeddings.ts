/** OpenAI's embeddings: the neutral request, and answers with vectors as numbers or as base64. */
import { isArray, type Json, type JsonObject } from '../../../base/json.ts';
import type { EmbeddingsAnswer, EmbeddingsRequest } from '../../../domain/chat.ts';
import { NO_USAGE } from '../../../domain/usage.ts';
import type { WireAnswer } from '../../../modules/inference/provider.ts';
import type { TransportAnswer } from '../../../modules/inference/transport.ts';
import { asArray, asIndex, asObject, asText, wireAnswer } from '../answer.ts';
import { eachObject } from '../expected.ts';
import { jsonFrames } from '../frames.ts';
import { isEncoded } from '../no-text.ts';
import { countsPlace } from '../places.ts';
import { createPlainReader, noteOrigin } from '../reading.ts';
import { badAnswer, shapeOf, walkMembers, walkValue } from '../text-walk.ts';
import { chatUsage } from './chat-usage.ts';

const ANSWER = shapeOf({ machine: ['object', 'model', 'id', 'created'], list: ['data'], handled: ['usage'] });
const ITEM = shapeOf({ machine: ['object', 'index'], handled: ['embedding'] });

export function encodeEmbeddings(model: string, request: EmbeddingsRequest): JsonObject {
  return {
    model,
    input: request.inputs,
    encoding_format: 'float',
    ...(request.dimensions === undefined ? {} : { dimensions: request.dimensions }),
    ...(request.endUserId === undefined ? {} : { user: request.endUserId }),
  };
}

export function openEmbeddings(answer: TransportAnswer): WireAnswer {
  const reader = createPlainReader(ANSWER, (json, reading) => {
    const { metadata } = reading;
    eachObject(json['data'], '/data', metadata, reading, (item, at) => {
      walkMembers(item, at, ITEM, metadata, reading);
      const vector = item['embedding'];
      const isVector =
        (typeof vector === 'string' && isEncoded(vector)) ||
        (isArray(vector) && vector.every((value) => typeof value === 'number'));
      if (!isVector) walkValue(vector, `${at}/embedding`, metadata, reading);
    });
    walkValue(json['usage'], '/usage', countsPlace(reading.frame), reading);
    const usage = chatUsage(json['usage']);
    if (usage) reading.usage = usage;
    noteOrigin(reading, json['model'], undefined);
  });
  return wireAnswer({
    dialect: 'openai.embeddings',
    stream: false,
    frames: jsonFrames(answer, false),
    reader,
    decodeEmbeddings,
  });
}

export function decodeEmbeddings(json: Json): EmbeddingsAnswer {
  const answer = asObject(json);
  const items = asArray(answer['data']).map(asObject);
  if (items.length === 0) throw badAnswer('it has no embeddings');
  const ordered = items.map((item, i) => ({
    at: asIndex(item['index'], i),
    vector: vectorOf(item['embedding']),
  }));
  ordered.sort((a, b) => a.at - b.at);
  return {
    model: asText(answer['model']),
    vectors: ordered.map(({ vector }) => vector),
    usage: chatUsage(answer['usage']) ?? NO_USAGE,
  };
}

/** Numbers, or little-endian 32-bit floats in base64. */
export function vectorOf(json: Json | undefined): readonly number[] {
  if (typeof json === 'string') {
    const bytes = Buffer.from(json, 'base64');
    return Array.from({ length: Math.floor(bytes.length / 4) }, (_, i) => bytes.readFloatLE(i * 4));
  }
  if (!isArray(json)) throw badAnswer('an embedding is not a vector');
  return json.map((value) => {
    if (typeof value !== 'number') throw badAnswer('an embedding is not a vector of numbers');
    return value;
  });
}
