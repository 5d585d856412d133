/** A buffered chat completion in neutral form, and what its messages have in common with the deltas of a stream. */
import { isObject, type Json, type JsonObject } from '../../../base/json.ts';
import type { ChatAnswer, ChatChoice, FinishReason, Part } from '../../../domain/chat.ts';
import { NO_USAGE } from '../../../domain/usage.ts';
import { asArray, asIndex, asObject, asText } from '../answer.ts';
import { badAnswer } from '../text-walk.ts';
import { chatUsage } from './chat-usage.ts';

/** @throws Refusal `provider_bad_answer` where there is no choice at all */
export function decodeChatCompletion(json: Json): ChatAnswer {
  const answer = asObject(json);
  const choices = asArray(answer['choices']);
  if (choices.length === 0) throw badAnswer('it has no choices');
  return {
    id: asText(answer['id']),
    model: asText(answer['model']),
    choices: choices.map((choice, position) => decodeWhole(asObject(choice), position)),
    usage: chatUsage(answer['usage']) ?? NO_USAGE,
  };
}

function decodeWhole(choice: JsonObject, position: number): ChatChoice {
  const message = asObject(choice['message']);
  const parts: Part[] = [];
  const reasoning = reasoningOf(message);
  if (reasoning !== '') parts.push({ kind: 'reasoning', text: reasoning });
  parts.push(...contentParts(message['content']));
  const refusal = asText(message['refusal']);
  if (refusal !== '') parts.push({ kind: 'refusal', text: refusal });
  const calls = asArray(message['tool_calls']).map(asObject);
  for (const call of calls) {
    const called = asObject(call['function'] ?? call['custom']);
    parts.push({
      kind: 'tool_call',
      id: asText(call['id']),
      name: asText(called['name']),
      arguments: argumentsOf(called),
    });
  }
  return {
    index: asIndex(choice['index'], position),
    parts,
    finish: finishReason(choice['finish_reason'], calls.length > 0, refusal !== '') ?? 'stop',
  };
}

/** Undefined where the choice has not finished. Some servers say `stop` where tools or a refusal ended it. */
export function finishReason(
  value: Json | undefined,
  hasCalls: boolean,
  hasRefusal: boolean,
): FinishReason | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  switch (value) {
    case 'length':
    case 'model_length':
      return 'length';
    case 'tool_calls':
    case 'function_call':
      return 'tool_calls';
    case 'content_filter':
      return 'content_filter';
    default:
      if (hasCalls) return 'tool_calls';
      return hasRefusal ? 'refusal' : 'stop';
  }
}

/** A string on the wire, but an object from some servers. */
export function argumentsOf(called: JsonObject): string {
  const given = called['arguments'] ?? called['input'];
  return isObject(given) ? JSON.stringify(given) : asText(given);
}

export function reasoningOf(content: JsonObject): string {
  return asText(content['reasoning_content']) || asText(content['reasoning']);
}

/** Text on the wire; a list of text and thinking parts from Mistral's reasoning models. */
export function contentParts(content: Json | undefined): Part[] {
  if (typeof content === 'string') return content === '' ? [] : [{ kind: 'text', text: content }];
  const parts: Part[] = [];
  for (const item of asArray(content)) {
    const part = asObject(item);
    const thinking = asArray(part['thinking'])
      .map((piece) => asText(asObject(piece)['text']))
      .join('');
    if (thinking !== '') parts.push({ kind: 'reasoning', text: thinking });
    const text = asText(part['text']);
    if (text !== '') parts.push({ kind: 'text', text });
  }
  return parts;
}
