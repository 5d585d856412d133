/** One connection to the embedded database, set up the way every one of them must be. */
import { closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';

export type SqliteConnection = Database.Database;

export interface ConnectionSettings {
  readonly file: string;
  /** How large the file may grow; what would make it larger fails. */
  readonly maxBytes?: number | undefined;
}

/** Takes no lock that a writer waits for. The file MUST be there: whoever serves makes it. */
export function openReadOnly(file: string, busyTimeoutMs: number): SqliteConnection {
  return new Database(file, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs });
}

/** FULL: a commit is on the disk before it is acknowledged. NORMAL: after a power cut the last ones may be missing. */
export function openConnection(
  { file, maxBytes }: ConnectionSettings,
  synchronous: 'FULL' | 'NORMAL',
  busyTimeoutMs: number,
): SqliteConnection {
  // Made first, so that nobody else may read it, nor the files beside it, which take its mode.
  closeSync(openSync(file, 'a', 0o600));
  const connection = new Database(file, { timeout: busyTimeoutMs });
  connection.pragma('journal_mode = WAL');
  connection.pragma(`synchronous = ${synchronous}`);
  if (maxBytes !== undefined) {
    const pageBytes = Number(connection.pragma('page_size', { simple: true }));
    connection.pragma(`max_page_count = ${Math.floor(maxBytes / pageBytes)}`);
  }
  return connection;
}
