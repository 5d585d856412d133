/** One connection to the embedded database, set up the way every one of them must be. */
import Database from 'better-sqlite3';

export type SqliteConnection = Database.Database;

/** FULL: a commit is on the disk before it is acknowledged. NORMAL: after a power cut the last ones may be missing. */
export function openConnection(
  file: string,
  synchronous: 'FULL' | 'NORMAL',
  busyTimeoutMs: number,
): SqliteConnection {
  const connection = new Database(file, { timeout: busyTimeoutMs });
  connection.pragma('journal_mode = WAL');
  connection.pragma(`synchronous = ${synchronous}`);
  connection.pragma('foreign_keys = ON');
  return connection;
}
