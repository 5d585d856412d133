/** Neutral events of dialects whose answers are one choice in numbered blocks; none where there is nothing to say. */
import type { Json } from '../../base/json.ts';
import type { ChatEvent } from '../../domain/chat.ts';
import { asText } from './answer.ts';

export type Events = readonly ChatEvent[];

export function said(kind: 'text' | 'reasoning', value: Json | undefined): Events {
  const text = asText(value);
  return text === '' ? [] : [{ kind, choice: 0, text }];
}

export function signed(value: Json | undefined): Events {
  const signature = asText(value);
  return signature === '' ? [] : [{ kind: 'reasoning_signature', choice: 0, signature }];
}

/** Tool calls in the order in which they came, by the number of their block. */
export type Calls = Map<number, number>;

export function called(calls: Calls, block: number, id: Json | undefined, name: Json | undefined): Events {
  const call = calls.size;
  calls.set(block, call);
  return [{ kind: 'tool_call', choice: 0, call, id: asText(id), name: asText(name) }];
}

export function calledWith(calls: Calls, block: number, text: string): Events {
  const call = calls.get(block);
  return call === undefined ? [] : [{ kind: 'tool_arguments', choice: 0, call, text }];
}
