/** Usage as Anthropic tells it: tokens read from and written to the cache stand beside the input, not in it. */
import { isObject, type Json } from '../../../base/json.ts';
import type { FinishReason } from '../../../domain/chat.ts';
import { NO_USAGE, type Usage } from '../../../domain/usage.ts';
import { asCount, asObject, isCount } from '../answer.ts';

/** What an event tells replaces what an earlier one told, member by member. */
export function anthropicUsage(json: Json | undefined, earlier: Usage | undefined): Usage | undefined {
  if (!isObject(json)) return earlier;
  const before = earlier ?? NO_USAGE;
  const told = (key: string, otherwise: number): number =>
    isCount(json[key]) ? asCount(json[key]) : otherwise;
  const cachedInputTokens = told('cache_read_input_tokens', before.cachedInputTokens);
  const cacheWriteTokens = told('cache_creation_input_tokens', before.cacheWriteTokens);
  const uncached = before.inputTokens - before.cachedInputTokens - before.cacheWriteTokens;
  const details = asObject(json['output_tokens_details']);
  return {
    inputTokens: told('input_tokens', uncached) + cachedInputTokens + cacheWriteTokens,
    outputTokens: told('output_tokens', before.outputTokens),
    cachedInputTokens,
    cacheWriteTokens,
    reasoningTokens: isCount(details['thinking_tokens'])
      ? asCount(details['thinking_tokens'])
      : before.reasoningTokens,
    source: 'reported',
  };
}

export function anthropicFinish(reason: Json | undefined): FinishReason | undefined {
  if (typeof reason !== 'string') return undefined;
  switch (reason) {
    case 'max_tokens':
    case 'model_context_window_exceeded':
      return 'length';
    case 'stop_sequence':
      return 'stop_sequence';
    case 'tool_use':
      return 'tool_calls';
    case 'refusal':
      return 'refusal';
    default:
      return 'stop';
  }
}
