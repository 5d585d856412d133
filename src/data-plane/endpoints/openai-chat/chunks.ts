/** The chunks of one chat completion: their head, and how far each choice has come. */
import { newId } from '../../../base/ids.ts';
import { isArray, isObject, type Json, type JsonObject } from '../../../base/json.ts';
import { formatSse } from '../../../base/sse.ts';
import { unixSeconds } from '../unix-time.ts';

interface Choice {
  begun: boolean;
  hasText: boolean;
  finished: boolean;
  /** Calls that have no arguments yet. */
  readonly bare: Set<number>;
}

export interface Chunks {
  /** As a provider's own chunk says it. */
  follow(json: Json): void;
  name(id: string, model: string): void;
  choice(index: number): Choice;
  delta(index: number, piece: JsonObject, finish?: string): string;
  /** A chunk of no choice. */
  usage(usage: JsonObject): string;
}

export function createChunks(model: string, includeUsage: boolean): Chunks {
  const head = { id: '', object: 'chat.completion.chunk', created: unixSeconds(), model };
  const choices = new Map<number, Choice>();
  const choice = (index: number): Choice => {
    const known = choices.get(index) ?? {
      begun: false,
      hasText: false,
      finished: false,
      bare: new Set<number>(),
    };
    choices.set(index, known);
    return known;
  };
  const chunk = (body: JsonObject): string => {
    if (head.id === '') head.id = newId('chatcmpl');
    return formatSse(JSON.stringify({ ...head, ...body }));
  };
  return {
    choice,
    follow(json) {
      if (!isObject(json)) return;
      if (typeof json.id === 'string' && json.id !== '') head.id = json.id;
      if (typeof json.created === 'number') head.created = json.created;
      if (typeof json.model === 'string' && json.model !== '') head.model = json.model;
      if (isArray(json.choices))
        for (const wire of json.choices) if (isObject(wire)) followChoice(wire, choice);
    },
    name(id, answering) {
      head.id = id;
      head.model = answering;
    },
    delta(index, piece, finish) {
      const state = choice(index);
      const role = state.begun ? {} : { role: 'assistant' };
      state.begun = true;
      const written = { index, delta: { ...role, ...piece }, logprobs: null, finish_reason: finish ?? null };
      return chunk({ choices: [written], ...(includeUsage ? { usage: null } : {}) });
    },
    usage: (usage) => (includeUsage ? chunk({ choices: [], usage }) : ''),
  };
}

function followChoice({ index, delta, finish_reason: finish }: JsonObject, choice: Chunks['choice']): void {
  const state = choice(typeof index === 'number' ? index : 0);
  state.begun = true;
  if (isObject(delta) && typeof delta.content === 'string' && delta.content !== '') state.hasText = true;
  if (typeof finish === 'string') state.finished = true;
}
