/** Usage and finish reasons as Gemini tells them: thoughts stand beside the candidates' tokens. */
import { isObject, type Json } from '../../../base/json.ts';
import type { FinishReason } from '../../../domain/chat.ts';
import type { Usage } from '../../../domain/usage.ts';
import { asCount } from '../answer.ts';

export function googleUsage(json: Json | undefined): Usage | undefined {
  if (!isObject(json)) return undefined;
  const reasoningTokens = asCount(json['thoughtsTokenCount']);
  return {
    inputTokens: asCount(json['promptTokenCount']) + asCount(json['toolUsePromptTokenCount']),
    outputTokens: asCount(json['candidatesTokenCount']) + reasoningTokens,
    cachedInputTokens: asCount(json['cachedContentTokenCount']),
    cacheWriteTokens: 0,
    reasoningTokens,
    source: 'reported',
  };
}

const FILTERED = new Set([
  'SAFETY',
  'RECITATION',
  'LANGUAGE',
  'BLOCKLIST',
  'PROHIBITED_CONTENT',
  'SPII',
  'IMAGE_SAFETY',
  'IMAGE_PROHIBITED_CONTENT',
  'IMAGE_RECITATION',
]);

/** Undefined where the candidate has not finished. Gemini says STOP where tools are waited for. */
export function googleFinish(reason: Json | undefined, hasCalls: boolean): FinishReason | undefined {
  if (typeof reason !== 'string' || reason === '' || reason === 'FINISH_REASON_UNSPECIFIED') return undefined;
  if (reason === 'MAX_TOKENS') return 'length';
  if (FILTERED.has(reason)) return 'content_filter';
  return hasCalls ? 'tool_calls' : 'stop';
}
