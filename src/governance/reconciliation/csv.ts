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
  const reader = new CsvReader(delimiter);
  for await (const chunk of text) yield* reader.push(chunk);
  yield* reader.finish();
}

type Place = 'start' | 'plain' | 'quoted' | 'quote';

class CsvReader {
  readonly #delimiter: string;
  #fields: string[] = [];
  #field = '';
  #length = 0;
  #line = 1;
  #begun = 1;
  #place: Place = 'start';

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  *push(chunk: string): Generator<CsvRecord, void, undefined> {
    for (const sign of chunk) {
      if (sign !== '\n' || this.#place === 'quoted') {
        this.#take(sign);
        if (sign === '\n') this.#line++;
        continue;
      }
      yield* this.#endRecord();
      this.#begun = ++this.#line;
    }
  }

  *finish(): Generator<CsvRecord, void, undefined> {
    if (this.#place === 'quoted') throw new UsageError(`line ${this.#begun}: a quote is not closed`);
    yield* this.#endRecord();
  }

  #take(sign: string): void {
    if (++this.#length > LONGEST_RECORD) this.#fail('the record is too long');
    if (this.#place === 'quoted') {
      if (sign === '"') this.#place = 'quote';
      else this.#field += sign;
    } else if (sign === this.#delimiter) this.#endField();
    else if (sign === '"') this.#quote();
    // After a field's quotes nothing may follow but the end of the line.
    else if (this.#place === 'quote' && sign !== '\r') this.#fail('a quote stands where none may');
    else {
      this.#field += sign;
      if (this.#place === 'start') this.#place = 'plain';
    }
  }

  /** Begins a field in quotes, or is a second one within them, which stands for itself. */
  #quote(): void {
    if (this.#place === 'plain') this.#fail('a quote stands where none may');
    if (this.#place === 'quote') this.#field += '"';
    this.#place = 'quoted';
  }

  #endField(): void {
    this.#fields.push(this.#field);
    if (this.#fields.length > MOST_FIELDS) this.#fail(`more than ${MOST_FIELDS} fields`);
    this.#field = '';
    this.#place = 'start';
  }

  *#endRecord(): Generator<CsvRecord, void, undefined> {
    this.#endField();
    const fields = this.#fields;
    // A carriage return belongs to the end of the line.
    const last = fields.at(-1) ?? '';
    if (last.endsWith('\r')) fields[fields.length - 1] = last.slice(0, -1);
    this.#fields = [];
    this.#length = 0;
    if (fields.length > 1 || fields[0] !== '') yield { line: this.#begun, fields };
  }

  #fail(what: string): never {
    throw new UsageError(`line ${this.#line}: ${what}`);
  }
}
