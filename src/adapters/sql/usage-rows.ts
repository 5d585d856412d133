/** Hourly sums of usage as rows of a table, and how they are read. */
import type { Kysely } from 'kysely';
import type { UsageAmounts, UsageKey, UsageStore } from '../../modules/metering/store.ts';
import type { Tables, UsageHoursTable } from './tables.ts';

export const USAGE_KEY_COLUMNS = [
  'hour_ms',
  'principal',
  'application',
  'model',
  'provider',
  'provider_model',
] as const satisfies readonly (keyof UsageHoursTable)[];

export const USAGE_AMOUNT_COLUMNS = [
  'requests',
  'refused',
  'input_tokens',
  'output_tokens',
  'cached_input_tokens',
  'cost_micros',
] as const satisfies readonly (keyof UsageHoursTable)[];

/** How long the id of a batch is remembered: far longer than anybody tries to hand it over again. */
export const BATCH_MEMORY_MS = 24 * 60 * 60 * 1000;

export function toUsageRow(usage: UsageKey & UsageAmounts): UsageHoursTable {
  return {
    hour_ms: usage.hourMs,
    principal: usage.principal,
    application: usage.application,
    model: usage.model,
    provider: usage.provider,
    provider_model: usage.providerModel,
    requests: usage.requests,
    refused: usage.refused,
    input_tokens: usage.inputTokens,
    output_tokens: usage.outputTokens,
    cached_input_tokens: usage.cachedInputTokens,
    cost_micros: usage.costMicros,
  };
}

export function createUsageReader(queries: Kysely<Tables>): UsageStore['read'] {
  return async ({ fromMs, toMs }) => {
    const rows = await queries
      .selectFrom('usage_hours')
      .selectAll()
      .where('hour_ms', '>=', fromMs)
      .where('hour_ms', '<', toMs)
      .orderBy('hour_ms')
      .execute();
    return rows.map(fromUsageRow);
  };
}

function fromUsageRow(row: UsageHoursTable): UsageKey & UsageAmounts {
  return {
    hourMs: row.hour_ms,
    principal: row.principal,
    application: row.application,
    model: row.model,
    provider: row.provider,
    providerModel: row.provider_model,
    requests: row.requests,
    refused: row.refused,
    inputTokens: row.input_tokens,
    outputTokens: row.output_tokens,
    cachedInputTokens: row.cached_input_tokens,
    costMicros: row.cost_micros,
  };
}
