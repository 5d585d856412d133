/** Chat completion chunks: written from neutral events, or followed while a provider's own are forwarded. */
import { newId } from '../../../base/ids.ts';
import { isArray, isObject, type Json, type JsonObject } from '../../../base/json.ts';
import { formatSse } from '../../../base/sse.ts';
import type { Usage } from '../../../domain/usage.ts';
import { openaiError } from '../openai-errors.ts';
import { unixSeconds } from '../unix-time.ts';
import type { StreamWriter } from '../writers.ts';
import { finishOf, usageOf } from './answer.ts';

const DONE = 'data: [DONE]\n\n';

interface ChoiceState {
  begun: boolean;
  hasText: boolean;
  finished: boolean;
}

export function createChunkWriter(model: string, choices: number, includeUsage: boolean): StreamWriter {
  const head = { id: '', created: unixSeconds(), model };
  const states = new Map<number, ChoiceState>();
  let ended = false;
  const stateOf = (choice: number): ChoiceState => {
    const state = states.get(choice) ?? { begun: false, hasText: false, finished: false };
    states.set(choice, state);
    return state;
  };
  const chunk = (body: JsonObject): string => {
    if (head.id === '') head.id = newId('chatcmpl');
    return formatSse(
      JSON.stringify({
        id: head.id,
        object: 'chat.completion.chunk',
        created: head.created,
        model: head.model,
        ...body,
      }),
    );
  };
  const delta = (index: number, piece: JsonObject, finish: string | null = null): string => {
    const state = stateOf(index);
    const role = state.begun ? {} : { role: 'assistant' };
    state.begun = true;
    const choice = { index, delta: { ...role, ...piece }, logprobs: null, finish_reason: finish };
    return chunk({ choices: [choice], ...(includeUsage ? { usage: null } : {}) });
  };
  const usageChunk = (usage: Usage): string =>
    includeUsage ? chunk({ choices: [], usage: usageOf(usage) }) : '';
  const open = (): number[] =>
    Array.from({ length: Math.max(1, choices) }, (_, i) => i).filter((i) => !stateOf(i).finished);

  return {
    pass({ json, bytes }) {
      if (json === undefined) ended ||= bytes.includes('[DONE]');
      else followChunk(json, head, stateOf);
    },
    event(event) {
      switch (event.kind) {
        case 'start':
          head.id = event.id;
          head.model = event.model;
          return '';
        case 'text':
          stateOf(event.choice).hasText = true;
          return delta(event.choice, { content: event.text });
        case 'refusal':
          return delta(event.choice, { refusal: event.text });
        case 'reasoning':
          return delta(event.choice, { reasoning_content: event.text });
        case 'reasoning_signature':
          // Chat completions have no member for it.
          return '';
        case 'tool_call': {
          const called = { name: event.name, arguments: '' };
          return delta(event.choice, {
            tool_calls: [{ index: event.call, id: event.id, type: 'function', function: called }],
          });
        }
        case 'tool_arguments':
          return delta(event.choice, {
            tool_calls: [{ index: event.call, function: { arguments: event.text } }],
          });
        case 'finish':
          stateOf(event.choice).finished = true;
          return delta(event.choice, {}, finishOf(event.reason));
        case 'usage':
          return usageChunk(event.usage);
      }
    },
    // A forwarded stream brings its own end mark.
    end: () => (ended ? '' : DONE),
    filtered(message) {
      const closing = open().map((index) => {
        const said =
          message === ''
            ? ''
            : delta(index, { content: stateOf(index).hasText ? `\n\n${message}` : message });
        return said + delta(index, {}, 'content_filter');
      });
      return closing.join('') + DONE;
    },
    failed: (refusal, requestId) => formatSse(JSON.stringify({ error: openaiError(refusal, requestId) })),
  };
}

function followChunk(
  json: Json,
  head: { id: string; created: number; model: string },
  stateOf: (choice: number) => ChoiceState,
): void {
  if (!isObject(json)) return;
  if (typeof json.id === 'string' && json.id !== '') head.id = json.id;
  if (typeof json.created === 'number') head.created = json.created;
  if (typeof json.model === 'string' && json.model !== '') head.model = json.model;
  if (!isArray(json.choices)) return;
  for (const choice of json.choices) {
    if (!isObject(choice)) continue;
    const state = stateOf(typeof choice.index === 'number' ? choice.index : 0);
    state.begun = true;
    if (isObject(choice.delta) && typeof choice.delta.content === 'string' && choice.delta.content !== '')
      state.hasText = true;
    if (typeof choice.finish_reason === 'string') state.finished = true;
  }
}
