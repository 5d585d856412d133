/** The embedded database as Kysely takes it, where each statement is prepared once: that costs as much as running a small one. */
import type { SqliteDatabase } from 'kysely';
import { createBoundedCache } from '../../base/bounded-cache.ts';
import type { SqliteConnection } from './connection.ts';

/** More than the house has; lists of values make further ones. */
const MAX_STATEMENTS = 256;
/** A statement with a long list is hardly ever asked again. */
const MAX_CHARACTERS = 4_000;

/** Results MUST be read at once, as Kysely's are unless they are streamed: one that is still being read is busy. */
export function withPreparedStatements(connection: SqliteConnection): SqliteDatabase {
  const statements = createBoundedCache<ReturnType<SqliteDatabase['prepare']>>(MAX_STATEMENTS);
  return {
    close: () => void connection.close(),
    prepare(sql) {
      const known = statements.get(sql);
      if (known) return known;
      const statement = connection.prepare(sql);
      if (sql.length <= MAX_CHARACTERS) statements.set(sql, statement);
      return statement;
    },
  };
}
