/** Puts a wire answer together from the parts that a dialect has, and takes JSON values for what they should be. */
import type { Json, JsonObject } from '../../base/json.ts';
import type { ChatAnswer, EmbeddingsAnswer } from '../../domain/chat.ts';
import type { Dialect } from '../../domain/dialect.ts';
import type { AnswerReader, WireAnswer, WireFrame } from '../../modules/inference/provider.ts';

export interface AnswerParts {
  readonly dialect: Dialect;
  readonly stream: boolean;
  readonly frames: AsyncIterable<WireFrame>;
  readonly reader: AnswerReader;
  readonly decodeChat?: (json: Json) => ChatAnswer;
  readonly decodeEmbeddings?: (json: Json) => EmbeddingsAnswer;
  readonly decodeCount?: (json: Json) => number;
}

export function wireAnswer(parts: AnswerParts): WireAnswer {
  return {
    dialect: parts.dialect,
    stream: parts.stream,
    frames: parts.frames,
    reader: parts.reader,
    decodeChat: parts.decodeChat ?? notThisOperation('a chat'),
    decodeEmbeddings: parts.decodeEmbeddings ?? notThisOperation('embeddings'),
    decodeCount: parts.decodeCount ?? notThisOperation('a count'),
  };
}

function notThisOperation(what: string): () => never {
  return () => {
    throw new Error(`an answer of another operation was decoded as ${what}`);
  };
}

const NOTHING: JsonObject = {};

export function asObject(json: Json | undefined): JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as JsonObject) : NOTHING;
}

export function asArray(json: Json | undefined): readonly Json[] {
  return Array.isArray(json) ? (json as readonly Json[]) : [];
}

export function asText(json: Json | undefined): string {
  return typeof json === 'string' ? json : '';
}

/** Far more than any call has; budgets and records are to believe no provider that tells of more. */
const MAX_COUNT = 100_000_000;

/** A count of tokens: nothing but a number that is one. */
export function asCount(json: Json | undefined): number {
  return isCount(json) ? Math.min(json, MAX_COUNT) : 0;
}

export function isCount(json: Json | undefined): json is number {
  return typeof json === 'number' && Number.isInteger(json) && json >= 0;
}

export function asIndex(json: Json | undefined, otherwise: number): number {
  return typeof json === 'number' && Number.isInteger(json) && json >= 0 ? json : otherwise;
}
