/** Gemini's answers in neutral form. */
import { newId } from '../../../base/ids.ts';
import { isObject, type Json, type JsonObject } from '../../../base/json.ts';
import type {
  ChatAnswer,
  ChatChoice,
  ChatEvent,
  EmbeddingsAnswer,
  FinishReason,
  Part,
} from '../../../domain/chat.ts';
import { NO_USAGE } from '../../../domain/usage.ts';
import { asArray, asCount, asIndex, asObject, asText } from '../answer.ts';
import { vectorOf } from '../openai-chat/embeddings.ts';
import { badAnswer } from '../text-walk.ts';
import { googleFinish, googleUsage } from './google-usage.ts';

interface Choice {
  /** How many tools it has called. */
  calls: number;
  finished: boolean;
}

/** What one answer has told so far. */
interface AnswerState {
  readonly choices: Map<number, Choice>;
  started: boolean;
  usageTold: boolean;
}

export function createGoogleDecoder(): (json: JsonObject) => readonly ChatEvent[] {
  const state: AnswerState = { choices: new Map(), started: false, usageTold: false };
  return (json) => {
    const events: ChatEvent[] = [];
    if (!state.started) {
      state.started = true;
      events.push({ kind: 'start', id: asText(json['responseId']), model: asText(json['modelVersion']) });
    }
    decodeCandidates(state, json, events);
    // Every chunk tells usage so far: the last one, with which a candidate finishes, counts.
    const usage = googleUsage(json['usageMetadata']);
    if (usage !== undefined && !state.usageTold && isFinished(state)) {
      state.usageTold = true;
      events.push({ kind: 'usage', usage });
    }
    return events;
  };
}

function isFinished({ choices }: AnswerState): boolean {
  return choices.size > 0 && [...choices.values()].every(({ finished }) => finished);
}

function decodeCandidates(state: AnswerState, json: JsonObject, events: ChatEvent[]): void {
  const candidates = asArray(json['candidates']);
  candidates.forEach((item, position) => {
    const candidate = asObject(item);
    const index = asIndex(candidate['index'], position);
    const choice = choiceAt(state, index);
    for (const part of partsOf(candidate)) events.push(...partEvents(part, index, choice));
    finish(choice, index, googleFinish(candidate['finishReason'], choice.calls > 0), events);
  });
  if (candidates.length === 0 && isBlocked(json)) finish(choiceAt(state, 0), 0, 'content_filter', events);
}

function choiceAt(state: AnswerState, index: number): Choice {
  let choice = state.choices.get(index);
  if (choice === undefined) state.choices.set(index, (choice = { calls: 0, finished: false }));
  return choice;
}

/** Once for each choice. */
function finish(choice: Choice, index: number, reason: FinishReason | undefined, events: ChatEvent[]): void {
  if (reason === undefined || choice.finished) return;
  choice.finished = true;
  events.push({ kind: 'finish', choice: index, reason });
}

function partEvents(part: Part, choice: number, state: Choice): ChatEvent[] {
  switch (part.kind) {
    case 'text':
      return [{ kind: 'text', choice, text: part.text }];
    case 'reasoning': {
      const { text, signature } = part;
      return [
        ...(text === '' ? [] : [{ kind: 'reasoning', choice, text } as const]),
        ...(signature === undefined ? [] : [{ kind: 'reasoning_signature', choice, signature } as const]),
      ];
    }
    case 'tool_call': {
      const call = state.calls++;
      return [
        { kind: 'tool_call', choice, call, id: part.id, name: part.name },
        { kind: 'tool_arguments', choice, call, text: part.arguments },
      ];
    }
    default:
      return [];
  }
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
