/** Streamed chat completions: written from neutral events, or followed while a provider's own are forwarded. */
import { formatSse } from '../../../base/sse.ts';
import type { FinishReason } from '../../../domain/chat.ts';
import { openaiError } from '../openai-errors.ts';
import type { StreamWriter } from '../writers.ts';
import { finishOf, usageOf } from './answer.ts';
import { createChunks, type Chunks } from './chunks.ts';

const DONE = 'data: [DONE]\n\n';

export function createChunkWriter(model: string, choices: number, includeUsage: boolean): StreamWriter {
  const chunks = createChunks(model, includeUsage);
  let ended = false;
  return {
    pass({ json, bytes }) {
      if (json === undefined) ended ||= bytes.includes('[DONE]');
      else chunks.follow(json);
      return bytes;
    },
    event(event) {
      switch (event.kind) {
        case 'start':
          chunks.name(event.id, event.model);
          return '';
        case 'text':
          chunks.choice(event.choice).hasText = true;
          return chunks.delta(event.choice, { content: event.text });
        case 'refusal':
          return chunks.delta(event.choice, { refusal: event.text });
        case 'reasoning':
          return chunks.delta(event.choice, { reasoning_content: event.text });
        case 'reasoning_signature':
          // Chat completions have no member for it.
          return '';
        case 'tool_call': {
          const { choice, call, id, name } = event;
          chunks.choice(choice).bare.add(call);
          return chunks.delta(choice, {
            tool_calls: [{ index: call, id, type: 'function', function: { name, arguments: '' } }],
          });
        }
        case 'tool_arguments':
          return addArguments(chunks, event.choice, event.call, event.text);
        case 'finish':
          return finish(chunks, event.choice, event.reason);
        case 'usage':
          return chunks.usage(usageOf(event.usage));
      }
    },
    // A forwarded stream brings its own end mark.
    end: () => (ended ? '' : DONE),
    filtered: (message) => closing(chunks, choices, message) + DONE,
    failed: (refusal, requestId) => formatSse(JSON.stringify({ error: openaiError(refusal, requestId) })),
  };
}

function addArguments(chunks: Chunks, choice: number, call: number, text: string): string {
  if (text === '') return '';
  chunks.choice(choice).bare.delete(call);
  return chunks.delta(choice, { tool_calls: [{ index: call, function: { arguments: text } }] });
}

/** Clients parse arguments as JSON, which nothing at all is not. */
function finish(chunks: Chunks, choice: number, reason: FinishReason): string {
  const state = chunks.choice(choice);
  state.finished = true;
  const bare = [...state.bare].map((call) => addArguments(chunks, choice, call, '{}'));
  return bare.join('') + chunks.delta(choice, {}, finishOf(reason));
}

function closing(chunks: Chunks, choices: number, message: string): string {
  let written = '';
  for (let index = 0; index < Math.max(1, choices); index++) {
    const { finished, hasText } = chunks.choice(index);
    if (finished) continue;
    if (message !== '') written += chunks.delta(index, { content: hasText ? `\n\n${message}` : message });
    written += chunks.delta(index, {}, 'content_filter');
  }
  return written;
}
