/** The chunks of a streamed chat completion as neutral events. */
import { isObject, type JsonObject } from '../../../base/json.ts';
import type { ChatEvent } from '../../../domain/chat.ts';
import type { Usage } from '../../../domain/usage.ts';
import { asArray, asIndex, asObject, asText } from '../answer.ts';
import { argumentsOf, contentParts, finishReason, reasoningOf } from './chat-completion.ts';
import { chatUsage } from './chat-usage.ts';

export interface ChatDecoder {
  decode(json: JsonObject): readonly ChatEvent[];
  /** At the end mark, and at any frame without a payload. */
  end(): readonly ChatEvent[];
}

interface ChoiceState {
  /** Tool calls by the number the provider gives them, counted in the order in which they came. */
  readonly calls: Map<number, number>;
  hasRefusal: boolean;
  finished: boolean;
}

/** What one answer has told so far. */
interface AnswerState {
  readonly choices: Map<number, ChoiceState>;
  started: boolean;
  /** Some servers tell usage so far with every chunk: only the last one counts, after every choice has finished. */
  usage: Usage | undefined;
}

export function createChatDecoder(): ChatDecoder {
  const state: AnswerState = { choices: new Map(), started: false, usage: undefined };
  return { decode: (json) => decodeChunk(state, json), end: () => usageIfDone(state) };
}

function decodeChunk(state: AnswerState, json: JsonObject): readonly ChatEvent[] {
  const events: ChatEvent[] = [];
  const choices = asArray(json['choices']);
  // Azure's first chunk tells of its filters alone, and has no id.
  if (!state.started && (json['id'] !== '' || choices.length > 0)) {
    state.started = true;
    events.push({ kind: 'start', id: asText(json['id']), model: asText(json['model']) });
  }
  choices.forEach((choice, position) => {
    if (isObject(choice)) decodeChoice(state, choice, position, events);
  });
  state.usage = chatUsage(json['usage']) ?? state.usage;
  // A chunk of usage alone is the last one; in others it may be provisional.
  if (choices.length === 0) events.push(...usageIfDone(state));
  return events;
}

function usageIfDone(state: AnswerState): readonly ChatEvent[] {
  const { choices, usage } = state;
  if (usage === undefined || choices.size === 0) return [];
  for (const choice of choices.values()) if (!choice.finished) return [];
  state.usage = undefined;
  return [{ kind: 'usage', usage }];
}

function decodeChoice(state: AnswerState, json: JsonObject, position: number, events: ChatEvent[]): void {
  const index = asIndex(json['index'], position);
  const choice = choiceAt(state, index);
  decodeDelta(asObject(json['delta'] ?? json['message']), index, choice, events);
  const reason = finishReason(json['finish_reason'], choice.calls.size > 0, choice.hasRefusal);
  if (reason === undefined || choice.finished) return;
  choice.finished = true;
  events.push({ kind: 'finish', choice: index, reason });
}

function choiceAt(state: AnswerState, index: number): ChoiceState {
  let choice = state.choices.get(index);
  if (choice === undefined)
    state.choices.set(index, (choice = { calls: new Map(), hasRefusal: false, finished: false }));
  return choice;
}

function decodeDelta(delta: JsonObject, choice: number, state: ChoiceState, events: ChatEvent[]): void {
  const reasoning = reasoningOf(delta);
  if (reasoning !== '') events.push({ kind: 'reasoning', choice, text: reasoning });
  for (const part of contentParts(delta['content'])) {
    if (part.kind === 'text') events.push({ kind: 'text', choice, text: part.text });
    else if (part.kind === 'reasoning') events.push({ kind: 'reasoning', choice, text: part.text });
  }
  const refusal = asText(delta['refusal']);
  if (refusal !== '') {
    state.hasRefusal = true;
    events.push({ kind: 'refusal', choice, text: refusal });
  }
  asArray(delta['tool_calls']).forEach((call, position) => {
    if (isObject(call)) decodeCall(call, position, choice, state, events);
  });
}

function decodeCall(
  json: JsonObject,
  position: number,
  choice: number,
  state: ChoiceState,
  events: ChatEvent[],
): void {
  const number = asIndex(json['index'], position);
  const called = asObject(json['function'] ?? json['custom']);
  let call = state.calls.get(number);
  if (call === undefined) {
    state.calls.set(number, (call = state.calls.size));
    events.push({ kind: 'tool_call', choice, call, id: asText(json['id']), name: asText(called['name']) });
  }
  const text = argumentsOf(called);
  if (text !== '') events.push({ kind: 'tool_arguments', choice, call, text });
}
