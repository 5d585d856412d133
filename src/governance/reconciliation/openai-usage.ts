/**
 * OpenAI's usage: pages of the organization usage API, and the CSV file that the dashboard exports, whose columns have
 * the API's names. `input_tokens` include cached and cache-write tokens, `output_tokens` include reasoning, so both are
 * what the record counts. Sources: platform.openai.com/docs/api-reference/usage, and OpenAI's cookbook
 * "completions_usage_api".
 */
import { isArray, isObject, type JsonObject } from '../../base/json.ts';
import type { Columns, RowReader } from './columns.ts';
import { UsageError, countAt, dayOf, modelAt, nameAt, type UsageRow } from './usage-row.ts';

const RECONCILED: readonly unknown[] = [
  'organization.usage.completions.result',
  'organization.usage.embeddings.result',
];
const DAY_SECONDS = 86_400;
/** Far beyond any date that an export names, and still a date. */
const LATEST_SECONDS = 10_000_000_000;

export function* openAiRows(bucket: JsonObject, where: string): Generator<UsageRow, void, undefined> {
  const start = countAt(bucket['start_time'], `${where}/start_time`);
  const end = countAt(bucket['end_time'], `${where}/end_time`);
  if (start === 0 || start > LATEST_SECONDS || end <= start || end - start > DAY_SECONDS)
    throw new UsageError(`${where}: a bucket of a day at most is expected: export with bucket_width=1d`);
  // A bucket that begins within a day and ends in the next could not be told apart by day.
  if (dayOf(start * 1_000) !== dayOf((end - 1) * 1_000))
    throw new UsageError(`${where}: the bucket lies in two days: export from midnight, UTC`);
  const { results } = bucket;
  if (!isArray(results)) throw new UsageError(`${where}: results are expected`);
  for (const [place, result] of results.entries()) {
    const at = `${where}/results/${place}`;
    if (!isObject(result) || !RECONCILED.includes(result['object']))
      throw new UsageError(`${at}: usage of completions or of embeddings is expected`);
    yield {
      day: dayOf(start * 1_000),
      model: modelAt(result['model'], `${at}/model`),
      key: nameAt(result['api_key_id'], `${at}/api_key_id`),
      requests: countAt(result['num_model_requests'], `${at}/num_model_requests`),
      inputTokens: countAt(result['input_tokens'], `${at}/input_tokens`),
      outputTokens: countAt(result['output_tokens'], `${at}/output_tokens`),
    };
  }
}

export function isOpenAiCsv(columns: Columns): boolean {
  return columns.has('start_time_iso') && columns.has('num_model_requests');
}

export function openAiCsv(columns: Columns): RowReader {
  const input = columns.oneOf(['input_tokens'], 'the input tokens');
  const output = columns.anyOf(['output_tokens']);
  const model = columns.oneOf(['model'], 'the model');
  const key = columns.anyOf(['api_key_id']);
  return (record) => {
    const inputTokens = columns.count(record, input);
    const outputTokens = columns.count(record, output);
    const requests = columns.count(record, 'num_model_requests');
    const isEmpty = inputTokens + outputTokens + requests === 0;
    // The dashboard writes a line for a day without usage, which names no model.
    if (isEmpty && columns.text(record, model) === '') return undefined;
    return {
      day: columns.day(record, 'start_time_iso'),
      model: columns.model(record, model),
      key: columns.key(record, key),
      requests,
      inputTokens,
      outputTokens,
    };
  };
}
