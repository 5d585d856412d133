/** Administrators in an SQL database: what lives for minutes (tickets, failures) is here, the rest beside it. */
import type { Kysely } from 'kysely';
import type { AdministratorStore, BrakeStore, TicketStore } from '../../governance/administrators/store.ts';
import { createSqlAccounts } from './sql-administrator-accounts.ts';
import { createSqlFactors } from './sql-administrator-factors.ts';
import { createSqlSessions, createSqlTokens } from './sql-administrator-sessions.ts';
import type { SqlDatabase, Writing } from './sql-database.ts';
import type { Tables } from './tables.ts';

export function createSqlAdministratorStore(database: SqlDatabase): AdministratorStore {
  const { queries } = database;
  return {
    accounts: createSqlAccounts(database),
    factors: createSqlFactors(database),
    sessions: createSqlSessions(queries),
    tokens: createSqlTokens(queries),
    tickets: tickets(queries),
    brake: brake(database),
    async tidy(nowMs, failuresBeforeMs) {
      for (const table of [
        'administrator_sessions',
        'administrator_tokens',
        'administrator_tickets',
      ] as const)
        await queries.deleteFrom(table).where('expires_at_ms', '<=', nowMs).execute();
      await queries.deleteFrom('sign_in_failures').where('last_at_ms', '<', failuresBeforeMs).execute();
    },
  };
}

function tickets(queries: Kysely<Tables>): TicketStore {
  return {
    async add({ hash, kind, administrator, data, expiresAtMs }) {
      await queries
        .insertInto('administrator_tickets')
        .values({ hash, kind, administrator, data, expires_at_ms: expiresAtMs, failures: 0 })
        .execute();
    },
    async find(wanted) {
      const row = await queries
        .selectFrom('administrator_tickets')
        .selectAll()
        .where('hash', '=', wanted)
        .executeTakeFirst();
      if (!row) return undefined;
      const { hash, kind, administrator, data, expires_at_ms: expiresAtMs } = row;
      return { hash, kind, administrator, data, expiresAtMs };
    },
    async take(hash) {
      const { numDeletedRows } = await queries
        .deleteFrom('administrator_tickets')
        .where('hash', '=', hash)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
    async fail(hash) {
      const row = await queries
        .updateTable('administrator_tickets')
        .set((expression) => ({ failures: expression('failures', '+', 1) }))
        .where('hash', '=', hash)
        .returning('failures')
        .executeTakeFirst();
      return row?.failures ?? Infinity;
    },
    async void(kind, administrator) {
      await queries
        .deleteFrom('administrator_tickets')
        .where('kind', '=', kind)
        .where('administrator', '=', administrator)
        .execute();
    },
  };
}

function brake({ queries, write }: SqlDatabase): BrakeStore {
  return {
    attempt(keys, atMs, permits) {
      return write(async (transaction) => {
        const count = (key: string, by: 0 | 1) => countFailure(transaction, key, by, atMs);
        const [first] = keys;
        // Written before it is read, so that who shares it waits; the others only by those who may, so that nobody fills the table.
        if (first !== undefined) await count(first, 0);
        const rows = await transaction
          .selectFrom('sign_in_failures')
          .selectAll()
          .where('key', 'in', keys)
          .execute();
        const failures = new Map(rows.map((row) => [row.key, row]));
        const isPermitted = permits(
          keys.map((key) => {
            const row = failures.get(key);
            return row && row.failures > 0 ? { count: row.failures, lastAtMs: row.last_at_ms } : undefined;
          }),
        );
        if (isPermitted) for (const key of keys) await count(key, 1);
        return isPermitted;
      });
    },
    async settle({ forget, refund }) {
      if (forget.length > 0)
        await queries.deleteFrom('sign_in_failures').where('key', 'in', forget).execute();
      if (refund.length > 0)
        await queries
          .updateTable('sign_in_failures')
          .set((expression) => ({ failures: expression('failures', '-', 1) }))
          .where('key', 'in', refund)
          .where('failures', '>', 0)
          .execute();
    },
  };
}

async function countFailure(transaction: Writing, key: string, by: 0 | 1, atMs: number): Promise<void> {
  await transaction
    .insertInto('sign_in_failures')
    .values({ key, failures: by, last_at_ms: by === 0 ? 0 : atMs })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet((expression) =>
        by === 0
          ? { key }
          : {
              failures: expression('sign_in_failures.failures', '+', 1),
              last_at_ms: atMs,
            },
      ),
    )
    .execute();
}
