/** Passkeys and recovery codes of administrators in an SQL database. */
import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { FactorStore, StoredPasskey } from '../../governance/administrators/store.ts';
import type { SqlDatabase } from './sql-database.ts';
import type { Tables } from './tables.ts';

export function createSqlFactors(database: SqlDatabase): FactorStore {
  const { queries } = database;
  const select = () => queries.selectFrom('administrator_passkeys').selectAll();
  return {
    async passkeys(administrator) {
      const rows = await select()
        .where('administrator', '=', administrator)
        .orderBy('created_at_ms')
        .orderBy('id')
        .execute();
      return rows.map(fromRow);
    },
    async passkey(id) {
      const row = await select().where('id', '=', id).executeTakeFirst();
      return row && fromRow(row);
    },
    async addPasskey(passkey) {
      const { numInsertedOrUpdatedRows } = await queries
        .insertInto('administrator_passkeys')
        .values({
          id: passkey.id,
          administrator: passkey.administrator,
          name: passkey.name,
          public_key: passkey.publicKey,
          counter: passkey.counter,
          transports: JSON.stringify(passkey.transports),
          is_backed_up: passkey.isBackedUp ? 1 : 0,
          created_at_ms: passkey.createdAtMs,
          last_used_at_ms: passkey.lastUsedAtMs,
        })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirst();
      return (numInsertedOrUpdatedRows ?? 0n) > 0n;
    },
    async usePasskey(id, { from, to, isBackedUp, atMs }) {
      const { numUpdatedRows } = await queries
        .updateTable('administrator_passkeys')
        .set({ counter: to, is_backed_up: isBackedUp ? 1 : 0, last_used_at_ms: atMs })
        .where('id', '=', id)
        .where('counter', '=', from)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async removePasskey(administrator, id) {
      const { numDeletedRows } = await queries
        .deleteFrom('administrator_passkeys')
        .where('administrator', '=', administrator)
        .where('id', '=', id)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
    ...recoveryCodes(database),
    async clear(administrator) {
      await database.write(async (transaction) => {
        for (const table of ['administrator_passkeys', 'administrator_recovery_codes'] as const)
          await transaction.deleteFrom(table).where('administrator', '=', administrator).execute();
      });
    },
  };
}

function recoveryCodes({
  queries,
  write,
}: SqlDatabase): Pick<FactorStore, 'recoveryCodes' | 'replaceRecoveryCodes' | 'useRecoveryCode'> {
  return {
    async recoveryCodes(administrator) {
      const rows = await queries
        .selectFrom('administrator_recovery_codes')
        .select('hash')
        .where('administrator', '=', administrator)
        .execute();
      return rows.length;
    },
    async replaceRecoveryCodes(administrator, hashes) {
      await write(async (transaction) => {
        await transaction
          .deleteFrom('administrator_recovery_codes')
          .where('administrator', '=', administrator)
          .execute();
        if (hashes.length > 0)
          await transaction
            .insertInto('administrator_recovery_codes')
            .values(hashes.map((hash) => ({ hash, administrator })))
            .execute();
      });
    },
    async useRecoveryCode(administrator, hash) {
      const { numDeletedRows } = await queries
        .deleteFrom('administrator_recovery_codes')
        .where('administrator', '=', administrator)
        .where('hash', '=', hash)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
  };
}

const strings = z.array(z.string());

function fromRow(row: Selectable<Tables['administrator_passkeys']>): StoredPasskey {
  return {
    id: row.id,
    administrator: row.administrator,
    name: row.name,
    publicKey: row.public_key,
    counter: row.counter,
    transports: strings.parse(JSON.parse(row.transports)),
    isBackedUp: row.is_backed_up === 1,
    createdAtMs: row.created_at_ms,
    lastUsedAtMs: row.last_used_at_ms,
  };
}
