/** What a witness cosigned last, in an SQLite file: it is on the disk before the cosignature leaves the house. */
import type { TreeHead } from '../../tlog/verify.ts';
import type { WitnessStore } from '../../tlog/witness.ts';
import { openConnection } from './connection.ts';

export interface SqliteWitnessStore extends WitnessStore {
  close(): void;
}

const BUSY_TIMEOUT_MS = 2_000;

export function openSqliteWitnessStore(file: string): SqliteWitnessStore {
  const connection = openConnection({ file }, 'FULL', BUSY_TIMEOUT_MS);
  connection.exec(
    'create table if not exists witnessed (origin text primary key, size integer not null, root blob not null) strict',
  );
  const read = connection.prepare<[string], TreeHead>('select size, root from witnessed where origin = ?');
  const begin = connection.prepare<[string, number, Uint8Array]>(
    'insert into witnessed (origin, size, root) values (?, ?, ?) on conflict do nothing',
  );
  // One statement is one transaction: what is compared is what is replaced.
  const replace = connection.prepare<[number, Uint8Array, string, number, Uint8Array]>(
    'update witnessed set size = ?, root = ? where origin = ? and size = ? and root = ?',
  );
  return {
    latest: async (origin) => read.get(origin),
    async advance(origin, expected, next) {
      const { changes } = expected
        ? replace.run(next.size, next.root, origin, expected.size, expected.root)
        : begin.run(origin, next.size, next.root);
      return changes === 1;
    },
    close: () => void connection.close(),
  };
}
