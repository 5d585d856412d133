/** Accounts of administrators in an SQL database. */
import type { Insertable, Selectable } from 'kysely';
import { z } from 'zod';
import type { Assignment } from '../../domain/administrator.ts';
import type { AccountStore, Others, StoredAdministrator } from '../../governance/administrators/store.ts';
import type { SqlDatabase, Writing } from './sql-database.ts';
import type { Tables } from './tables.ts';

const keyOf = (id: string) => id.toLowerCase();

export function createSqlAccounts(database: SqlDatabase): AccountStore {
  const { queries } = database;
  const select = (from: Writing = queries) => from.selectFrom('administrators').selectAll();
  return {
    async find(id) {
      const row = await select().where('sign_in_name', '=', keyOf(id)).executeTakeFirst();
      return row && fromRow(row);
    },
    async bySubject(source, subject) {
      const row = await select()
        .where('source', '=', source)
        .where('subject', '=', subject)
        .executeTakeFirst();
      return row && fromRow(row);
    },
    async list({ after, limit }) {
      const rows = await select()
        .$if(after !== undefined, (query) => query.where('sign_in_name', '>', keyOf(after ?? '')))
        .orderBy('sign_in_name')
        .limit(limit)
        .execute();
      return rows.map(fromRow);
    },
    async isEmpty() {
      return (await queries.selectFrom('administrators').select('id').limit(1).execute()).length === 0;
    },
    async edit(id, change) {
      await database.write(async (transaction) => {
        await comeNext(transaction);
        const row = await select(transaction).where('sign_in_name', '=', keyOf(id)).executeTakeFirst();
        const next = change(row && fromRow(row), await othersThan(transaction, id));
        if (next === null) await remove(transaction, row?.id ?? id);
        else await put(transaction, next);
      });
    },
    async signedIn(id, atMs) {
      await queries
        .updateTable('administrators')
        .set({ last_sign_in_at_ms: atMs })
        .where('sign_in_name', '=', keyOf(id))
        .execute();
    },
    async useTotpStep(id, step) {
      const { numUpdatedRows } = await queries
        .updateTable('administrators')
        .set({ totp_step: step })
        .where('sign_in_name', '=', keyOf(id))
        .where('totp_step', '<', step)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  };
}

/** Whoever writes this row first is first: without it, two who leave at once would each see the other stay. */
async function comeNext(transaction: Writing): Promise<void> {
  await transaction
    .updateTable('administrators_order')
    .set((expression) => ({ changes: expression('changes', '+', 1) }))
    .where('one', '=', 1)
    .execute();
}

async function othersThan(transaction: Writing, id: string): Promise<Others> {
  const { owners, administrators } = await transaction
    .selectFrom('administrators')
    .select((expression) => [
      expression.fn.sum<number | string | null>('is_owner').as('owners'),
      expression.fn.countAll<number | string>().as('administrators'),
    ])
    .where('sign_in_name', '!=', keyOf(id))
    .executeTakeFirstOrThrow();
  return { owners: Number(owners ?? 0), administrators: Number(administrators) };
}

async function put(transaction: Writing, account: StoredAdministrator): Promise<void> {
  const row = toRow(account);
  await transaction
    .insertInto('administrators')
    .values({ ...row, totp_step: 0 })
    .onConflict((conflict) => conflict.column('sign_in_name').doUpdateSet(row))
    .execute();
}

async function remove(transaction: Writing, id: string): Promise<void> {
  await transaction.deleteFrom('administrators').where('sign_in_name', '=', keyOf(id)).execute();
  for (const table of [
    'administrator_passkeys',
    'administrator_recovery_codes',
    'administrator_sessions',
    'administrator_tokens',
    'administrator_tickets',
  ] as const)
    await transaction.deleteFrom(table).where('administrator', '=', id).execute();
}

const assignments = z.array(
  z.object({
    role: z.string(),
    scope: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('organization') }),
      z.object({ kind: z.literal('group'), id: z.string() }),
      z.object({ kind: z.literal('application'), id: z.string() }),
    ]),
  }),
);

function assignmentsIn(text: string): readonly Assignment[] {
  return assignments.parse(JSON.parse(text));
}

function fromRow(row: Selectable<Tables['administrators']>): StoredAdministrator {
  return {
    id: row.id,
    reference: row.reference,
    displayName: row.display_name,
    source: row.source,
    subject: row.subject,
    assignments: assignmentsIn(row.assignments),
    providerAssignments: assignmentsIn(row.provider_assignments),
    passwordHash: row.password_hash,
    totp:
      row.totp_sealed === null
        ? null
        : { sealed: row.totp_sealed, enrolledAtMs: row.totp_enrolled_at_ms ?? 0 },
    createdAtMs: row.created_at_ms,
    disabledAtMs: row.disabled_at_ms,
    lastSignInAtMs: row.last_sign_in_at_ms,
    isOwner: row.is_owner === 1,
  };
}

function toRow(account: StoredAdministrator): Omit<Insertable<Tables['administrators']>, 'totp_step'> {
  return {
    sign_in_name: keyOf(account.id),
    id: account.id,
    reference: account.reference,
    display_name: account.displayName,
    source: account.source,
    subject: account.subject,
    assignments: JSON.stringify(account.assignments),
    provider_assignments: JSON.stringify(account.providerAssignments),
    password_hash: account.passwordHash,
    totp_sealed: account.totp?.sealed ?? null,
    totp_enrolled_at_ms: account.totp?.enrolledAtMs ?? null,
    created_at_ms: account.createdAtMs,
    disabled_at_ms: account.disabledAtMs,
    last_sign_in_at_ms: account.lastSignInAtMs,
    is_owner: account.isOwner ? 1 : 0,
  };
}
