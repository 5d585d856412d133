/** Reads a provider's export, whatever its form: pages of JSON, JSON lines or CSV. Strict, and within limits. */
import { isArray, isObject, parseJson, parseTrusted, type Json, type JsonObject } from '../../base/json.ts';
import { JsonError } from '../../base/json-limits.ts';
import { linesOf } from '../../base/lines.ts';
import { anthropicCsv, anthropicRows, isAnthropicCsv } from './anthropic-usage.ts';
import { bedrockCsv, invocationRow, isBedrockCsv, isInvocation } from './bedrock-usage.ts';
import { createColumns, type Columns, type RowReader } from './columns.ts';
import { csvRecords, delimiterOf } from './csv.ts';
import { isOpenAiCsv, openAiCsv, openAiRows } from './openai-usage.ts';
import { plainCsv } from './plain-usage.ts';
import { UsageError, type UsageFormat, type UsageRow } from './usage-row.ts';

/** Enough to see what a file is. */
const HEAD_BYTES = 64 * 1024;
/** Of one line, or of one file that is a single JSON text. */
const MAX_TEXT_BYTES = 64 * 1024 * 1024;
const MAX_FILE_BYTES = 8 * 1024 * 1024 * 1024;
const JSON_LIMITS = { maxDepth: 32, maxElements: 5_000_000 };
const LF = 0x0a;
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
  let format = expected;
  let ignored = 0;
  let isUnfinished = false;

  const settle = (found: UsageFormat, where: string): void => {
    if (format !== undefined && format !== found)
      throw new UsageError(`${where}: usage in the form of ${format} is expected, not of ${found}`);
    format = found;
  };

  function* valueRows(value: Json, where: string): Generator<UsageRow, void, undefined> {
    if (isInvocation(value)) {
      settle('bedrock', where);
      const row = invocationRow(value, where);
      if (row) yield row;
      else ignored++;
    } else if (isArray(value)) {
      for (const [place, one] of value.entries()) yield* valueRows(one, `${where}/${place}`);
    } else yield* pageRows(value, where);
  }

  function* pageRows(page: Json, where: string): Generator<UsageRow, void, undefined> {
    const data = isObject(page) ? page['data'] : undefined;
    if (!isObject(page) || !isArray(data)) throw new UsageError(`${where}: no usage that is known`);
    isUnfinished = page['has_more'] === true;
    for (const [place, bucket] of data.entries()) {
      const at = `${where}/data/${place}`;
      if (!isObject(bucket)) throw new UsageError(`${at}: an object is expected`);
      yield* bucketRows(bucket, at);
    }
  }

  function* bucketRows(bucket: JsonObject, where: string): Generator<UsageRow, void, undefined> {
    const found = 'starting_at' in bucket ? 'anthropic' : 'openai';
    settle(found, where);
    yield* found === 'anthropic' ? anthropicRows(bucket, where) : openAiRows(bucket, where);
  }

  async function* csvRows(bytes: AsyncIterable<Buffer>, head: string) {
    let read: RowReader | undefined;
    const delimiter = delimiterOf(head.slice(0, Math.max(0, head.indexOf('\n')) || head.length));
    for await (const record of csvRecords(decoded(bytes), delimiter)) {
      if (read === undefined) {
        const columns = createColumns(record);
        const [found, reader] = csvReader(columns, format);
        settle(found, 'line 1');
        read = reader;
        continue;
      }
      const row = read(record);
      if (row) yield row;
      else ignored++;
    }
  }

  return {
    get format() {
      return format;
    },
    get ignored() {
      return ignored;
    },
    async *rows(bytes) {
      const { head, whole } = await peek(bounded(bytes));
      const begin = head.trimStart();
      if (!/^[[{]/.test(begin)) yield* csvRows(whole, head);
      else if (isJsonLines(begin)) yield* jsonLineRows(whole, valueRows);
      else yield* valueRows(parsed(Buffer.concat(await collected(whole)), ''), '');
    },
    finish() {
      if (isUnfinished) throw new UsageError('the last page says that more follow: they are missing');
    },
  };
}

function csvReader(columns: Columns, expected: UsageFormat | undefined): readonly [UsageFormat, RowReader] {
  if (expected === 'csv') return ['csv', plainCsv(columns)];
  if (isOpenAiCsv(columns)) return ['openai', openAiCsv(columns)];
  if (isAnthropicCsv(columns)) return ['anthropic', anthropicCsv(columns)];
  if (isBedrockCsv(columns)) return ['bedrock', bedrockCsv(columns)];
  return ['csv', plainCsv(columns)];
}

async function* jsonLineRows(
  bytes: AsyncIterable<Buffer>,
  rowsOf: (value: Json, where: string) => Iterable<UsageRow>,
) {
  let line = 0;
  for await (const text of linesOf(shortLines(bytes))) {
    line++;
    if (text.trim() === '') continue;
    const where = `line ${line}`;
    // What was said to a model may hold what strict parsing refuses, and is not looked at.
    const isLog = text.includes('"ModelInvocationLog"');
    yield* rowsOf(isLog ? trusted(text, where) : parsed(Buffer.from(text), where), where);
  }
}

/** A text that ends with its first line, or goes on beyond the head without one, is told line by line. */
function isJsonLines(begin: string): boolean {
  const end = begin.indexOf('\n');
  if (end < 0) return true;
  try {
    JSON.parse(begin.slice(0, end));
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

function parsed(bytes: Buffer, where: string): Json {
  try {
    return parseJson(bytes, JSON_LIMITS);
  } catch (error) {
    throw toldAt(error, where);
  }
}

function trusted(text: string, where: string): Json {
  try {
    return parseTrusted(text);
  } catch (error) {
    throw toldAt(error, where);
  }
}

function toldAt(error: unknown, where: string): unknown {
  return error instanceof JsonError ? new UsageError(`${where || 'the file'}: ${error.message}`) : error;
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

async function* shortLines(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  let length = 0;
  for await (const chunk of bytes) {
    const end = chunk.lastIndexOf(LF);
    if (length + (end < 0 ? chunk.length : chunk.indexOf(LF)) > MAX_TEXT_BYTES)
      throw new UsageError('a line is too long');
    length = end < 0 ? length + chunk.length : chunk.length - end - 1;
    yield chunk;
  }
}

async function collected(bytes: AsyncIterable<Buffer>): Promise<readonly Buffer[]> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    if ((size += chunk.length) > MAX_TEXT_BYTES)
      throw new UsageError('the page is too long: export fewer days at once');
    chunks.push(chunk);
  }
  return chunks;
}

async function* decoded(bytes: AsyncIterable<Buffer>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError('the file is not valid UTF-8');
    throw error;
  }
}
