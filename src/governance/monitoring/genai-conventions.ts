/**
 * The one mapping from an audit entry to OpenTelemetry's semantic conventions for generative AI.
 * Attributes that would hold content (messages, tool arguments) are left out by design.
 */
import type { Attributes } from '@opentelemetry/api';
import type { InteractionEndEntry, InteractionEntry } from '../../domain/record.ts';

export type InteractionLike = InteractionEntry | InteractionEndEntry;

const OPERATIONS: Readonly<Record<string, string>> = {
  chat: 'chat',
  embeddings: 'embeddings',
  count_tokens: 'count_tokens',
};

export function operationOf({ endpoint }: InteractionLike): string {
  const operation = endpoint.slice(endpoint.indexOf('/') + 1);
  return OPERATIONS[operation] ?? 'unknown';
}

/** Span name: `{operation} {model}`. A model that was not resolved is a client's own text and is not used. */
export function spanNameOf(entry: InteractionLike): string {
  return entry.provider === undefined
    ? operationOf(entry)
    : `${operationOf(entry)} ${entry.requestedModel ?? ''}`;
}

/** Attributes that metrics carry too: each has few values. */
export function metricAttributesOf(entry: InteractionLike): Attributes {
  return {
    'gen_ai.operation.name': operationOf(entry),
    'gen_ai.provider.name': entry.provider ?? 'none',
    'gen_ai.request.model': entry.provider === undefined ? 'none' : (entry.configuredModel ?? 'none'),
    ...(entry.refusal === undefined ? {} : { 'error.type': entry.refusal }),
  };
}

export function spanAttributesOf(entry: InteractionLike): Attributes {
  const { usage } = entry;
  return {
    ...metricAttributesOf(entry),
    ...(entry.responseModel === undefined ? {} : { 'gen_ai.response.model': entry.responseModel }),
    ...(entry.finish === undefined ? {} : { 'gen_ai.response.finish_reasons': [entry.finish] }),
    ...(usage === undefined
      ? {}
      : {
          'gen_ai.usage.input_tokens': usage.inputTokens,
          'gen_ai.usage.output_tokens': usage.outputTokens,
          'gen_ai.usage.cache_read.input_tokens': usage.cachedInputTokens,
          'gen_ai.usage.cache_creation.input_tokens': usage.cacheWriteTokens,
        }),
    'bartizan.request_id': entry.id,
    'bartizan.outcome': entry.outcome,
    'bartizan.action': entry.action,
    'bartizan.snapshot': entry.snapshot,
    'bartizan.findings': entry.findings.length + entry.moreFindings,
    ...(entry.application === undefined ? {} : { 'bartizan.application': entry.application }),
  };
}

/** Seconds until the first chunk came from the provider, where one came. */
export function timeToFirstChunkOf({ timings }: InteractionLike): number | undefined {
  return timings.first_byte === undefined ? undefined : timings.first_byte / 1000;
}

export function durationOf({ timings }: InteractionLike): number {
  return (timings.total ?? 0) / 1000;
}
