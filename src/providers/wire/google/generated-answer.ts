/** Gemini's buffered answers in neutral form, and what their candidates have in common with those of a stream. */
import { newId } from '../../../base/ids.ts';
import { isObject, type Json, type JsonObject } from '../../../base/json.ts';
import type { ChatAnswer, ChatChoice, EmbeddingsAnswer, Part } from '../../../domain/chat.ts';
import { NO_USAGE } from '../../../domain/usage.ts';
import { asArray, asCount, asIndex, asObject, asText } from '../answer.ts';
import { vectorOf } from '../openai-chat/embeddings.ts';
import { badAnswer } from '../text-walk.ts';
import { googleFinish, googleUsage } from './google-usage.ts';

export function decodeGenerated(json: Json): ChatAnswer {
  const answer = asObject(json);
  const candidates = asArray(answer['candidates']);
  if (candidates.length === 0 && !isBlocked(answer)) throw badAnswer('it has no candidates');
  return {
    id: asText(answer['responseId']),
    model: asText(answer['modelVersion']),
    choices:
      candidates.length === 0
        ? [{ index: 0, parts: [], finish: 'content_filter' }]
        : candidates.map((candidate, i) => decodeWhole(asObject(candidate), i)),
    usage: googleUsage(answer['usageMetadata']) ?? NO_USAGE,
  };
}

function decodeWhole(candidate: JsonObject, position: number): ChatChoice {
  const parts = partsOf(candidate);
  const hasCalls = parts.some(({ kind }) => kind === 'tool_call');
  return {
    index: asIndex(candidate['index'], position),
    parts,
    finish: googleFinish(candidate['finishReason'], hasCalls) ?? 'stop',
  };
}

/** One embedding, or a batch of them. @param model as it was asked for: the answer does not name it */
export function decodeGoogleEmbeddings(json: Json, model: string): EmbeddingsAnswer {
  const answer = asObject(json);
  const single = answer['embedding'];
  const items = isObject(single) ? [single] : asArray(answer['embeddings']).map(asObject);
  if (items.length === 0) throw badAnswer('it has no embeddings');
  return {
    model,
    vectors: items.map(({ values }) => vectorOf(values)),
    usage: googleUsage(answer['usageMetadata']) ?? NO_USAGE,
  };
}

export function decodeTotalTokens(json: Json): number {
  const total = asObject(json)['totalTokens'];
  if (typeof total !== 'number') throw badAnswer('it has no count');
  return asCount(total);
}

/** Whether the prompt was held back, so that there are no candidates. */
export function isBlocked(json: JsonObject): boolean {
  return asObject(json['promptFeedback'])['blockReason'] !== undefined;
}

/** A signature stands before what it belongs to, so that it can be given back there. */
export function partsOf(candidate: JsonObject): Part[] {
  return asArray(asObject(candidate['content'])['parts']).flatMap((json): Part[] => {
    const part = asObject(json);
    const signature = asText(part['thoughtSignature']);
    const signed = signature === '' ? {} : { signature };
    const text = asText(part['text']);
    if (part['thought'] === true) return [{ kind: 'reasoning', text, ...signed }];
    const before: Part[] = signature === '' ? [] : [{ kind: 'reasoning', text: '', signature }];
    const call = part['functionCall'];
    if (isObject(call)) return [...before, toolCall(call)];
    return text === '' ? before : [...before, { kind: 'text', text }];
  });
}

function toolCall(call: JsonObject): Part {
  return {
    kind: 'tool_call',
    // Older models give calls no id; other dialects cannot do without.
    id: asText(call['id']) || newId('call'),
    name: asText(call['name']),
    arguments: JSON.stringify(call['args'] ?? {}),
  };
}
