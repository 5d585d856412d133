/** Puts a wire answer together from the parts that a dialect has. */
import type { Json, JsonObject } from '../../base/json.ts';
import type { ChatAnswer, EmbeddingsAnswer, FinishReason } from '../../domain/chat.ts';
import type { Dialect } from '../../domain/dialect.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { Usage } from '../../domain/usage.ts';
import type {
  AnswerReader,
  FrameReading,
  FrameText,
  WireAnswer,
  WireFrame,
} from '../../modules/inference/provider.ts';
import { walkMembers, type FrameTexts, type Shape } from './text-walk.ts';

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

/** A reading that is being put together. */
export interface OpenReading extends FrameTexts {
  readonly texts: FrameText[];
  ends: string[];
  isEnd: boolean;
  usage: Usage | undefined;
  finish: FinishReason | undefined;
  model: string | undefined;
  responseId: string | undefined;
  error: Refusal | undefined;
}

export function openReading(): OpenReading {
  return {
    texts: [],
    ends: [],
    isEnd: false,
    usage: undefined,
    finish: undefined,
    model: undefined,
    responseId: undefined,
    error: undefined,
  };
}

export function closeReading(reading: OpenReading): FrameReading {
  const { texts, ends, isEnd, usage, finish, model, responseId, error } = reading;
  return {
    texts,
    ends: isEnd ? 'all' : ends,
    ...(usage === undefined ? undefined : { usage }),
    ...(finish === undefined ? undefined : { finish }),
    ...(model === undefined ? undefined : { model }),
    ...(responseId === undefined ? undefined : { responseId }),
    ...(error === undefined ? undefined : { error }),
  };
}

/** Reads a buffered answer that holds no conversation, such as embeddings or a count. */
export function createPlainReader(
  shape: Shape,
  facts: (json: JsonObject, reading: OpenReading) => void,
): AnswerReader {
  let seen = false;
  return {
    read(frame) {
      const reading = openReading();
      reading.isEnd = true;
      seen = true;
      const json = asObject(frame.json);
      walkMembers(json, '', shape, METADATA, reading);
      facts(json, reading);
      return closeReading(reading);
    },
    decode: () => [],
    isComplete: () => seen,
  };
}

const METADATA = { window: 'answer', role: 'unknown', channel: 'document', written: false } as const;
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

/** A count of tokens: nothing but a number that is one. */
export function asCount(json: Json | undefined): number {
  return typeof json === 'number' && Number.isFinite(json) && json > 0 ? Math.trunc(json) : 0;
}

export function asIndex(json: Json | undefined, otherwise: number): number {
  return typeof json === 'number' && Number.isInteger(json) && json >= 0 ? json : otherwise;
}
