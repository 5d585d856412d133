/** Rows of JSON: pages of a usage API, whole or one on a line, or a log with one call on a line. */
import { isArray, isObject, parseJson, parseTrusted, type Json, type JsonObject } from '../../base/json.ts';
import { JsonError } from '../../base/json-limits.ts';
import { linesOf } from '../../base/lines.ts';
import { anthropicRows } from './anthropic-usage.ts';
import { invocationRow, isInvocation } from './bedrock-usage.ts';
import type { ExportForm } from './export-form.ts';
import { openAiRows } from './openai-usage.ts';
import { UsageError, type UsageRow } from './usage-row.ts';

/** Of one line, or of one file that is a single JSON text. */
const MAX_TEXT_BYTES = 64 * 1024 * 1024;
const JSON_LIMITS = { maxDepth: 32, maxElements: 5_000_000 };
const LF = 0x0a;

/** `head`: how the file begins. @throws UsageError */
export async function* jsonRows(
  bytes: AsyncIterable<Buffer>,
  head: string,
  form: ExportForm,
): AsyncGenerator<UsageRow, void, undefined> {
  if (isJsonLines(head.trimStart())) yield* jsonLineRows(bytes, form);
  else yield* valueRows(parsed(Buffer.concat(await collected(bytes)), ''), '', form);
}

function* valueRows(value: Json, where: string, form: ExportForm): Generator<UsageRow, void, undefined> {
  if (isInvocation(value)) {
    form.settle('bedrock', where);
    const row = invocationRow(value, where);
    if (row) yield row;
    else form.ignored++;
  } else if (isArray(value)) {
    for (const [place, one] of value.entries()) yield* valueRows(one, `${where}/${place}`, form);
  } else yield* pageRows(value, where, form);
}

function* pageRows(page: Json, where: string, form: ExportForm): Generator<UsageRow, void, undefined> {
  const data = isObject(page) ? page['data'] : undefined;
  if (!isObject(page) || !isArray(data))
    throw new UsageError(`${where || 'the file'}: no usage that is known`);
  form.isUnfinished = page['has_more'] === true;
  for (const [place, bucket] of data.entries()) {
    const at = `${where}/data/${place}`;
    if (!isObject(bucket)) throw new UsageError(`${at}: an object is expected`);
    yield* bucketRows(bucket, at, form);
  }
}

function* bucketRows(
  bucket: JsonObject,
  where: string,
  form: ExportForm,
): Generator<UsageRow, void, undefined> {
  const found = 'starting_at' in bucket ? 'anthropic' : 'openai';
  form.settle(found, where);
  yield* found === 'anthropic' ? anthropicRows(bucket, where) : openAiRows(bucket, where);
}

async function* jsonLineRows(
  bytes: AsyncIterable<Buffer>,
  form: ExportForm,
): AsyncGenerator<UsageRow, void, undefined> {
  let line = 0;
  for await (const text of linesOf(shortLines(bytes))) {
    line++;
    if (text.trim() === '') continue;
    const where = `line ${line}`;
    // What was said to a model may hold what strict parsing refuses, and is not looked at.
    const isLog = text.includes('"ModelInvocationLog"');
    yield* valueRows(isLog ? trusted(text, where) : parsed(Buffer.from(text), where), where, form);
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
