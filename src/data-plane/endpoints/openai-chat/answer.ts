/** Whole chat completions, written from neutral form. */
import type { JsonObject } from '../../../base/json.ts';
import type { ChatAnswer, ChatChoice, FinishReason } from '../../../domain/chat.ts';
import type { Usage } from '../../../domain/usage.ts';
import { joined, partsOf } from '../parts.ts';
import { unixSeconds } from '../unix-time.ts';

export function completion(answer: ChatAnswer): JsonObject {
  return {
    id: answer.id,
    object: 'chat.completion',
    created: unixSeconds(),
    model: answer.model,
    choices: answer.choices.map(choiceOf),
    usage: usageOf(answer.usage),
  };
}

function choiceOf({ index, parts, finish }: ChatChoice): JsonObject {
  const reasoning = joined(parts, 'reasoning');
  const calls = partsOf(parts, 'tool_call');
  return {
    index,
    message: {
      role: 'assistant',
      content: joined(parts, 'text'),
      refusal: joined(parts, 'refusal'),
      annotations: [],
      // Not OpenAI's own: the name under which servers of open models tell it, and which clients know.
      ...(reasoning ? { reasoning_content: reasoning } : {}),
      ...(calls.length > 0
        ? {
            tool_calls: calls.map(({ id, name, arguments: text }) => ({
              id,
              type: 'function',
              // Clients parse arguments as JSON, which nothing at all is not.
              function: { name, arguments: text || '{}' },
            })),
          }
        : {}),
    },
    logprobs: null,
    finish_reason: finishOf(finish),
  };
}

/** A refusal of the model is an ordinary end here; the message's `refusal` tells it. */
export function finishOf(reason: FinishReason): string {
  switch (reason) {
    case 'stop':
    case 'stop_sequence':
    case 'refusal':
      return 'stop';
    case 'length':
    case 'tool_calls':
    case 'content_filter':
      return reason;
  }
}

export function usageOf(usage: Usage): JsonObject {
  return {
    prompt_tokens: usage.inputTokens,
    completion_tokens: usage.outputTokens,
    total_tokens: usage.inputTokens + usage.outputTokens,
    prompt_tokens_details: {
      cached_tokens: usage.cachedInputTokens,
      cache_write_tokens: usage.cacheWriteTokens,
    },
    completion_tokens_details: { reasoning_tokens: usage.reasoningTokens },
  };
}
