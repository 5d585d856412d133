/** Gemini's answers in neutral form. */
import { newId } from '../../../base/ids.ts';
import { isObject, type Json, type JsonObject } from '../../../base/json.ts';
import type { ChatAnswer, ChatChoice, ChatEvent, EmbeddingsAnswer, Part } from '../../../domain/chat.ts';
import { NO_USAGE, type Usage } from '../../../domain/usage.ts';
import { asArray, asCount, asIndex, asObject, asText } from '../answer.ts';
import { vectorOf } from '../openai-chat/embeddings.ts';
import { badAnswer } from '../text-walk.ts';
import { googleFinish, googleUsage } from './google-usage.ts';

export interface GoogleDecoder {
  decode(json: JsonObject): readonly ChatEvent[];
}

export function createGoogleDecoder(): GoogleDecoder {
  const calls = new Map<number, number>();
  const seen = new Set<number>();
  const finished = new Set<number>();
  let started = false;
  let told = false;

  function decodeCandidate(candidate: JsonObject, position: number): ChatEvent[] {
    const choice = asIndex(candidate['index'], position);
    const events: ChatEvent[] = [];
    seen.add(choice);
    for (const part of partsOf(candidate)) {
      switch (part.kind) {
        case 'text':
          if (part.text !== '') events.push({ kind: 'text', choice, text: part.text });
          break;
        case 'reasoning':
          if (part.text !== '') events.push({ kind: 'reasoning', choice, text: part.text });
          if (part.signature !== undefined) {
            events.push({ kind: 'reasoning_signature', choice, signature: part.signature });
          }
          break;
        case 'tool_call': {
          const call = calls.get(choice) ?? 0;
          calls.set(choice, call + 1);
          events.push({ kind: 'tool_call', choice, call, id: part.id, name: part.name });
          events.push({ kind: 'tool_arguments', choice, call, text: part.arguments });
          break;
        }
        default:
          break;
      }
    }
    const reason = googleFinish(candidate['finishReason'], (calls.get(choice) ?? 0) > 0);
    if (reason !== undefined && !finished.has(choice)) {
      finished.add(choice);
      events.push({ kind: 'finish', choice, reason });
    }
    return events;
  }

  return {
    decode(json) {
      const events: ChatEvent[] = [];
      if (!started) {
        started = true;
        events.push({ kind: 'start', id: asText(json['responseId']), model: asText(json['modelVersion']) });
      }
      const candidates = asArray(json['candidates']);
      candidates.forEach((candidate, i) => events.push(...decodeCandidate(asObject(candidate), i)));
      if (candidates.length === 0 && isBlocked(json) && !finished.has(0)) {
        seen.add(0);
        finished.add(0);
        events.push({ kind: 'finish', choice: 0, reason: 'content_filter' });
      }
      // Every chunk tells usage so far: the last one, with which a candidate finishes, counts.
      const usage: Usage | undefined = googleUsage(json['usageMetadata']);
      if (usage !== undefined && !told && finished.size > 0 && finished.size === seen.size) {
        told = true;
        events.push({ kind: 'usage', usage });
      }
      return events;
    },
  };
}

function isBlocked(json: JsonObject): boolean {
  return asObject(json['promptFeedback'])['blockReason'] !== undefined;
}

/** A signature stands before what it belongs to, so that it can be given back there. */
function partsOf(candidate: JsonObject): Part[] {
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
