/** Usage as OpenAI's chat completions tell it: cached and reasoning tokens are part of the sums. */
import { isObject, type Json } from '../../../base/json.ts';
import type { Usage } from '../../../domain/usage.ts';
import { asCount, asObject } from '../answer.ts';

export function chatUsage(json: Json | undefined): Usage | undefined {
  if (!isObject(json)) return undefined;
  const prompt = asObject(json['prompt_tokens_details']);
  const completion = asObject(json['completion_tokens_details']);
  return {
    inputTokens: asCount(json['prompt_tokens']),
    outputTokens: asCount(json['completion_tokens']),
    // DeepSeek has a name of its own.
    cachedInputTokens: asCount(prompt['cached_tokens'] ?? json['prompt_cache_hit_tokens']),
    cacheWriteTokens: asCount(prompt['cache_write_tokens']),
    reasoningTokens: asCount(completion['reasoning_tokens']),
    source: 'reported',
  };
}
