/** Sessions and access tokens of administrators in an SQL database. */
import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import type {
  SessionStore,
  StoredSession,
  StoredToken,
  TokenStore,
} from '../../governance/administrators/store.ts';
import type { Tables } from './tables.ts';

const strings = z.array(z.string());

export function createSqlSessions(queries: Kysely<Tables>): SessionStore {
  const select = () => queries.selectFrom('administrator_sessions').selectAll();
  const remove = () => queries.deleteFrom('administrator_sessions');
  return {
    async add(session) {
      await queries
        .insertInto('administrator_sessions')
        .values({
          id: session.id,
          hash: session.hash,
          administrator: session.administrator,
          created_at_ms: session.createdAtMs,
          authenticated_at_ms: session.authenticatedAtMs,
          last_seen_at_ms: session.lastSeenAtMs,
          expires_at_ms: session.expiresAtMs,
          address: session.address,
          user_agent: session.userAgent,
          methods: JSON.stringify(session.methods),
        })
        .execute();
    },
    async byHash(hash) {
      const row = await select().where('hash', '=', hash).executeTakeFirst();
      return row && sessionOf(row);
    },
    async list(administrator) {
      const rows = await select()
        .where('administrator', '=', administrator)
        .orderBy('last_seen_at_ms', 'desc')
        .orderBy('id', 'desc')
        .execute();
      return rows.map(sessionOf);
    },
    async touch(id, atMs) {
      await queries
        .updateTable('administrator_sessions')
        .set({ last_seen_at_ms: atMs })
        .where('id', '=', id)
        .execute();
    },
    async rotate(id, { from, to, authenticatedAtMs }) {
      const { numUpdatedRows } = await queries
        .updateTable('administrator_sessions')
        .set({ hash: to, authenticated_at_ms: authenticatedAtMs })
        .where('id', '=', id)
        .where('hash', '=', from)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async end(administrator, id) {
      const { numDeletedRows } = await remove()
        .where('administrator', '=', administrator)
        .where('id', '=', id)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
    async endAll(administrator, except = '') {
      const { numDeletedRows } = await remove()
        .where('administrator', '=', administrator)
        .where('id', '!=', except)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}

function sessionOf(row: Selectable<Tables['administrator_sessions']>): StoredSession {
  return {
    id: row.id,
    hash: row.hash,
    administrator: row.administrator,
    createdAtMs: row.created_at_ms,
    authenticatedAtMs: row.authenticated_at_ms,
    lastSeenAtMs: row.last_seen_at_ms,
    expiresAtMs: row.expires_at_ms,
    address: row.address,
    userAgent: row.user_agent,
    methods: strings.parse(JSON.parse(row.methods)),
  };
}

export function createSqlTokens(queries: Kysely<Tables>): TokenStore {
  const select = () => queries.selectFrom('administrator_tokens').selectAll();
  return {
    async add(token) {
      await queries
        .insertInto('administrator_tokens')
        .values({
          id: token.id,
          hash: token.hash,
          administrator: token.administrator,
          name: token.name,
          hint: token.hint,
          permissions: token.permissions === null ? null : JSON.stringify(token.permissions),
          created_at_ms: token.createdAtMs,
          expires_at_ms: token.expiresAtMs,
          last_used_at_ms: token.lastUsedAtMs,
        })
        .execute();
    },
    async byHash(hash) {
      const row = await select().where('hash', '=', hash).executeTakeFirst();
      return row && tokenOf(row);
    },
    async list(administrator) {
      const rows = await select()
        .where('administrator', '=', administrator)
        .orderBy('created_at_ms', 'desc')
        .orderBy('id', 'desc')
        .execute();
      return rows.map(tokenOf);
    },
    async touch(id, atMs) {
      await queries
        .updateTable('administrator_tokens')
        .set({ last_used_at_ms: atMs })
        .where('id', '=', id)
        .execute();
    },
    async remove(administrator, id) {
      const { numDeletedRows } = await queries
        .deleteFrom('administrator_tokens')
        .where('administrator', '=', administrator)
        .where('id', '=', id)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
  };
}

function tokenOf(row: Selectable<Tables['administrator_tokens']>): StoredToken {
  return {
    id: row.id,
    hash: row.hash,
    administrator: row.administrator,
    name: row.name,
    hint: row.hint,
    permissions: row.permissions === null ? null : strings.parse(JSON.parse(row.permissions)),
    createdAtMs: row.created_at_ms,
    expiresAtMs: row.expires_at_ms,
    lastUsedAtMs: row.last_used_at_ms,
  };
}
