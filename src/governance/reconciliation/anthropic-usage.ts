/**
 * Anthropic's usage: pages of the Admin API's usage report for messages, and the Console's CSV export. Neither counts
 * requests, and both count uncached, cache-write and cache-read input apart, where the record has their sum. The CSV file
 * names a key by its name, the API by its id. Source: docs.anthropic.com/en/api/admin-api/usage-cost.
 */
import { isArray, isObject, type JsonObject } from '../../base/json.ts';
import type { Columns, RowReader } from './columns.ts';
import { UsageError, countAt, dayOfTime, modelAt, nameAt, type UsageRow } from './usage-row.ts';

const CREATED = ['ephemeral_5m_input_tokens', 'ephemeral_1h_input_tokens'];
const CSV_INPUT = [
  'usage_input_tokens_no_cache',
  'usage_input_tokens_cache_write',
  'usage_input_tokens_cache_write_5m',
  'usage_input_tokens_cache_write_1h',
  'usage_input_tokens_cache_read',
];

export function* anthropicRows(bucket: JsonObject, where: string): Generator<UsageRow, void, undefined> {
  const day = dayOfTime(bucket['starting_at'], `${where}/starting_at`);
  const end = dayOfTime(bucket['ending_at'], `${where}/ending_at`);
  if (end !== day && end !== day + 1)
    throw new UsageError(`${where}: a bucket of a day at most is expected: export with bucket_width=1d`);
  const { results } = bucket;
  if (!isArray(results)) throw new UsageError(`${where}: results are expected`);
  for (const [place, result] of results.entries()) {
    const at = `${where}/results/${place}`;
    if (!isObject(result)) throw new UsageError(`${at}: an object is expected`);
    yield {
      day,
      model: modelAt(result['model'], `${at}/model`),
      key: nameAt(result['api_key_id'], `${at}/api_key_id`),
      requests: undefined,
      inputTokens: inputOf(result, at),
      outputTokens: countAt(result['output_tokens'], `${at}/output_tokens`),
    };
  }
}

function inputOf(result: JsonObject, where: string): number {
  const created = result['cache_creation'] ?? {};
  if (!isObject(created)) throw new UsageError(`${where}/cache_creation: an object is expected`);
  return (
    countAt(result['uncached_input_tokens'], `${where}/uncached_input_tokens`) +
    countAt(result['cache_read_input_tokens'], `${where}/cache_read_input_tokens`) +
    CREATED.reduce((sum, name) => sum + countAt(created[name], `${where}/cache_creation/${name}`), 0)
  );
}

export function isAnthropicCsv(columns: Columns): boolean {
  return columns.has('usage_date_utc') && columns.has('usage_input_tokens_no_cache');
}

export function anthropicCsv(columns: Columns): RowReader {
  const inputs = CSV_INPUT.filter((name) => columns.has(name));
  const output = columns.oneOf(['usage_output_tokens'], 'the output tokens');
  const model = columns.oneOf(['model_version', 'model'], 'the model');
  const key = columns.anyOf(['api_key']);
  return (record) => ({
    day: columns.day(record, 'usage_date_utc'),
    model: columns.model(record, model),
    key: columns.key(record, key),
    requests: undefined,
    inputTokens: inputs.reduce((sum, name) => sum + columns.count(record, name), 0),
    outputTokens: columns.count(record, output),
  });
}
