/** Reads a provider's export, whatever its form: pages of JSON, JSON lines or CSV. Strict, and within limits. */
import { csvRows } from './csv-usage.ts';
import { ExportForm } from './export-form.ts';
import { jsonRows } from './json-usage.ts';
import { UsageError, type UsageFormat, type UsageRow } from './usage-row.ts';

/** Enough to see what a file is. */
const HEAD_BYTES = 64 * 1024;
const MAX_FILE_BYTES = 8 * 1024 * 1024 * 1024;
const BYTE_ORDER_MARK = Buffer.from('\uFEFF');

export interface UsageReader {
  /** What the export is; undefined until something was read that tells. */
  readonly format: UsageFormat | undefined;
  /** Lines and results that tell of no tokens. */
  readonly ignored: number;
  /** One file. @throws UsageError */
  rows(bytes: AsyncIterable<Buffer>): AsyncGenerator<UsageRow, void, undefined>;
  /** @throws UsageError where a page says that more follow, and they do not */
  finish(): void;
}

/** For the files of one export; what they are is found out unless it is told. */
export function createUsageReader(expected: UsageFormat | undefined): UsageReader {
  const form = new ExportForm(expected);
  return {
    get format() {
      return form.format;
    },
    get ignored() {
      return form.ignored;
    },
    async *rows(bytes) {
      const { head, whole } = await peek(bounded(bytes));
      const isJson = /^\s*[[{]/.test(head);
      yield* isJson ? jsonRows(whole, head, form) : csvRows(whole, head, form);
    },
    finish() {
      if (form.isUnfinished) throw new UsageError('the last page says that more follow: they are missing');
    },
  };
}

async function peek(bytes: AsyncGenerator<Buffer, void, undefined>) {
  const first: Buffer[] = [];
  let size = 0;
  while (size < HEAD_BYTES) {
    const { done, value } = await bytes.next();
    if (done) break;
    first.push(value);
    size += value.length;
  }
  const read = Buffer.concat(first);
  const start = read.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK) ? read.subarray(3) : read;
  async function* whole(): AsyncGenerator<Buffer, void, undefined> {
    yield start;
    yield* bytes;
  }
  return { head: start.subarray(0, HEAD_BYTES).toString('utf8'), whole: whole() };
}

async function* bounded(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  let size = 0;
  for await (const chunk of bytes) {
    if ((size += chunk.length) > MAX_FILE_BYTES) throw new UsageError('the file is too long');
    yield chunk;
  }
}
