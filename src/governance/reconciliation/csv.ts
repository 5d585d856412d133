/** CSV (RFC 4180), read as it comes and within limits. */
import { UsageError } from './usage-row.ts';

export interface CsvRecord {
  /** Of the file, from 1: where the record begins. */
  readonly line: number;
  readonly fields: readonly string[];
}

const LONGEST_RECORD = 256 * 1024;
const MOST_FIELDS = 1_000;

/** What separates the fields: the sign that is most frequent in the first line. */
export function delimiterOf(firstLine: string): string {
  const counted = [',', ';', '\t'].map((sign) => [firstLine.split(sign).length, sign] as const);
  return counted.reduce((most, next) => (next[0] > most[0] ? next : most))[1];
}

/** Empty lines are no records. @throws UsageError */
export async function* csvRecords(
  text: AsyncIterable<string>,
  delimiter: string,
): AsyncGenerator<CsvRecord, void, undefined> {
  const reader = createCsvReader(delimiter);
  for await (const chunk of text) yield* reader.push(chunk);
  yield* reader.finish();
}

type Place = 'start' | 'plain' | 'quoted' | 'quote';

function createCsvReader(delimiter: string) {
  let fields: string[] = [];
  let field = '';
  let length = 0;
  let line = 1;
  let begun = 1;
  let place: Place = 'start';

  const fail = (what: string): never => {
    throw new UsageError(`line ${line}: ${what}`);
  };
  const endField = () => {
    fields.push(field);
    if (fields.length > MOST_FIELDS) fail(`more than ${MOST_FIELDS} fields`);
    field = '';
    place = 'start';
  };
  const endRecord = (): CsvRecord | undefined => {
    endField();
    // A carriage return belongs to the end of the line.
    const last = fields.at(-1) ?? '';
    if (last.endsWith('\r')) fields[fields.length - 1] = last.slice(0, -1);
    const record = { line: begun, fields };
    fields = [];
    length = 0;
    return record.fields.length === 1 && record.fields[0] === '' ? undefined : record;
  };
  const take = (sign: string) => {
    if (++length > LONGEST_RECORD) fail('the record is too long');
    if (place === 'quoted') {
      if (sign === '"') place = 'quote';
      else field += sign;
    } else if (sign === delimiter) endField();
    else if (sign === '"' && place === 'start') place = 'quoted';
    else if (sign === '"' && place === 'quote') {
      field += sign;
      place = 'quoted';
    } else if (sign === '"' || (place === 'quote' && sign !== '\r')) fail('a quote stands where none may');
    else {
      field += sign;
      if (place === 'start') place = 'plain';
    }
  };
  return {
    *push(chunk: string): Generator<CsvRecord, void, undefined> {
      for (const sign of chunk) {
        if (sign !== '\n' || place === 'quoted') {
          take(sign);
          if (sign === '\n') line++;
          continue;
        }
        const record = endRecord();
        begun = ++line;
        if (record) yield record;
      }
    },
    *finish(): Generator<CsvRecord, void, undefined> {
      if (place === 'quoted') throw new UsageError(`line ${begun}: a quote is not closed`);
      const record = endRecord();
      if (record) yield record;
    },
  };
}
