/** Usage in a CSV file of anybody's making: a day, a model and tokens; a key and requests where it has them. */
import type { Columns, RowReader } from './columns.ts';

const DAY = ['date', 'day', 'usage_date', 'start_date', 'timestamp', 'time', 'date_utc'];
const MODEL = ['model', 'model_id', 'model_name', 'model_version'];
const KEY = ['key', 'api_key', 'api_key_id', 'key_id', 'credential'];
const REQUESTS = ['requests', 'num_requests', 'num_model_requests', 'request_count', 'calls'];
const INPUT = ['input_tokens', 'prompt_tokens', 'tokens_in', 'input'];
const OUTPUT = ['output_tokens', 'completion_tokens', 'tokens_out', 'output'];

/** Input tokens MUST include what was cached. */
export function plainCsv(columns: Columns): RowReader {
  const day = columns.oneOf(DAY, 'the day');
  const model = columns.oneOf(MODEL, 'the model');
  const input = columns.oneOf(INPUT, 'the input tokens');
  const output = columns.oneOf(OUTPUT, 'the output tokens');
  const key = columns.anyOf(KEY);
  const requests = columns.anyOf(REQUESTS);
  return (record) => ({
    day: columns.day(record, day),
    model: columns.model(record, model),
    key: columns.key(record, key),
    requests: requests === undefined ? undefined : columns.count(record, requests),
    inputTokens: columns.count(record, input),
    outputTokens: columns.count(record, output),
  });
}
