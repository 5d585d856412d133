/** Hourly sums of usage as rows of a table, and how they are read. */
import { type Kysely, sql } from 'kysely';
import {
  ERASED_PRINCIPAL,
  type UsageAmounts,
  type UsageKey,
  type UsageStore,
} from '../../modules/metering/store.ts';
import type { SqlDatabase } from './sql-database.ts';
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

/** A statement has room for 32,766 parameters at least. */
const ROWS_PER_STATEMENT = 1_000;

const sums = sql.join(
  USAGE_AMOUNT_COLUMNS.map(
    (column) => sql`${sql.ref(column)} = usage_hours.${sql.ref(column)} + excluded.${sql.ref(column)}`,
  ),
);
const columns = sql.join([...USAGE_KEY_COLUMNS, ...USAGE_AMOUNT_COLUMNS].map((column) => sql.ref(column)));

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

/** Adds rows to the sums of their keys; no two of them may have the same. */
export async function addUsageRows(
  transaction: Kysely<Tables>,
  rows: readonly UsageHoursTable[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT)
    await addSome(transaction, rows.slice(start, start + ROWS_PER_STATEMENT));
}

async function addSome(transaction: Kysely<Tables>, rows: readonly UsageHoursTable[]): Promise<void> {
  const values = rows.map(
    (row) => sql`(${sql.join([...USAGE_KEY_COLUMNS, ...USAGE_AMOUNT_COLUMNS].map((column) => row[column]))})`,
  );
  await sql`insert into usage_hours (${columns}) values ${sql.join(values)}
    on conflict (${sql.join(USAGE_KEY_COLUMNS.map((column) => sql.ref(column)))}) do update set ${sums}`.execute(
    transaction,
  );
}

export function createUsageRemoval({ write }: SqlDatabase): UsageStore['remove'] {
  return (applications) =>
    write(async (transaction) => {
      if (applications.length === 0) return 0;
      const rows = await transaction
        .deleteFrom('usage_hours')
        .where('application', 'in', applications)
        .returning('requests')
        .execute();
      return rows.reduce((sum, { requests }) => sum + requests, 0);
    });
}

export function createDisown({ write }: SqlDatabase): UsageStore['disown'] {
  return async (principals) => {
    for (const principal of principals)
      await write(async (transaction) => {
        const rows = await transaction
          .deleteFrom('usage_hours')
          .where('principal', '=', principal)
          .returningAll()
          .execute();
        await addUsageRows(
          transaction,
          rows.map((row) => ({ ...row, principal: ERASED_PRINCIPAL })),
        );
      });
  };
}
