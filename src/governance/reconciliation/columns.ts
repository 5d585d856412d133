/** The columns of a CSV file by name, however their names are written. */
import { UsageError, countAt, dayOfTime, modelAt, nameAt, type UsageRow } from './usage-row.ts';
import type { CsvRecord } from './csv.ts';

/** Reads one record into a row; undefined for one that tells of something else. */
export type RowReader = (record: CsvRecord) => UsageRow | undefined;

export interface Columns {
  has(name: string): boolean;
  /** The first of these names that is a column. @throws UsageError where none is */
  oneOf(names: readonly string[], what: string): string;
  anyOf(names: readonly string[]): string | undefined;
  text(record: CsvRecord, name: string): string;
  count(record: CsvRecord, name: string | undefined): number;
  day(record: CsvRecord, name: string): number;
  model(record: CsvRecord, name: string): string;
  key(record: CsvRecord, name: string | undefined): string | undefined;
}

/** `lineItem/UsageType`, `Usage Type` and `usage-type` all become words with underscores. */
export function columnName(written: string): string {
  return written
    .trim()
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
    .toLowerCase();
}

/** @throws UsageError where two columns have one name */
export function createColumns({ fields }: CsvRecord): Columns {
  const places = new Map<string, number>();
  for (const [place, written] of fields.entries()) {
    const name = columnName(written);
    if (places.has(name)) throw new UsageError(`line 1: column ${place + 1} has the name of another`);
    places.set(name, place);
  }
  const anyOf = (names: readonly string[]) => names.find((name) => places.has(name));
  const text = (record: CsvRecord, name: string): string => {
    if (record.fields.length !== fields.length)
      throw new UsageError(
        `line ${record.line}: ${record.fields.length} fields, where the header has ${fields.length}`,
      );
    return record.fields[places.get(name) ?? -1]?.trim() ?? '';
  };
  const at = (record: CsvRecord, name: string) => `line ${record.line}, ${name}`;
  return {
    has: (name) => places.has(name),
    anyOf,
    oneOf(names, what) {
      const found = anyOf(names);
      if (found === undefined) throw new UsageError(`line 1: no column says ${what} (${names.join(', ')})`);
      return found;
    },
    text,
    count: (record, name) => (name === undefined ? 0 : countAt(text(record, name), at(record, name))),
    day: (record, name) => dayOfTime(text(record, name), at(record, name)),
    model: (record, name) => modelAt(text(record, name), at(record, name)),
    key: (record, name) => (name === undefined ? undefined : nameAt(text(record, name), at(record, name))),
  };
}
