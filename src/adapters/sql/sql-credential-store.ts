/** Credentials in an SQL database. */
import type { Insertable, Selectable } from 'kysely';
import { z } from 'zod';
import { SCOPES } from '../../domain/principal.ts';
import type { CredentialStore, StoredCredential } from '../../modules/identity/store.ts';
import type { SqlDatabase } from './sql-database.ts';
import type { Tables } from './tables.ts';

export function createSqlCredentialStore(database: SqlDatabase): CredentialStore {
  const select = () => database.queries.selectFrom('credentials').selectAll();
  return {
    async byHash(hash) {
      const row = await select().where('hash', '=', hash).executeTakeFirst();
      return row && fromRow(row);
    },
    async byId(id) {
      const row = await select().where('id', '=', id).executeTakeFirst();
      return row && fromRow(row);
    },
    async list() {
      return (await select().orderBy('created_at_ms').orderBy('id').execute()).map(fromRow);
    },
    async add(credential) {
      await database.change('credentials', async (transaction) => {
        await transaction.insertInto('credentials').values(toRow(credential)).execute();
        return true;
      });
    },
    update(id, change) {
      return database.change('credentials', async (transaction) => {
        const result = await transaction
          .updateTable('credentials')
          .set({
            // Setting a column that always exists to itself keeps the statement valid for an empty change.
            id,
            ...(change.expiresAtMs === undefined ? {} : { expires_at_ms: change.expiresAtMs }),
            ...(change.revokedAtMs === undefined ? {} : { revoked_at_ms: change.revokedAtMs }),
            ...(change.replacedBy === undefined ? {} : { replaced_by: change.replacedBy }),
          })
          .where('id', '=', id)
          .executeTakeFirst();
        return result.numUpdatedRows > 0n;
      });
    },
    onChange: (listener) => database.onChange('credentials', listener),
  };
}

const principalKind = z.enum(['person', 'service', 'agent']);
const scopes = z.array(z.enum(SCOPES));

function fromRow(row: Selectable<Tables['credentials']>): StoredCredential {
  return {
    id: row.id,
    hash: row.hash,
    hint: row.hint,
    applicationId: row.application_id,
    principal: { kind: principalKind.parse(row.principal_kind), id: row.principal_id },
    scopes: scopes.parse(JSON.parse(row.scopes)),
    createdAtMs: row.created_at_ms,
    expiresAtMs: row.expires_at_ms,
    revokedAtMs: row.revoked_at_ms,
    replacedBy: row.replaced_by,
  };
}

function toRow(credential: StoredCredential): Insertable<Tables['credentials']> {
  return {
    id: credential.id,
    hash: credential.hash,
    hint: credential.hint,
    application_id: credential.applicationId,
    principal_kind: credential.principal.kind,
    principal_id: credential.principal.id,
    scopes: JSON.stringify(credential.scopes),
    created_at_ms: credential.createdAtMs,
    expires_at_ms: credential.expiresAtMs,
    revoked_at_ms: credential.revokedAtMs,
    replaced_by: credential.replacedBy,
  };
}
