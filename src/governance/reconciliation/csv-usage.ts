/** Rows of a CSV file, whose header tells what it is. */
import { anthropicCsv, isAnthropicCsv } from './anthropic-usage.ts';
import { bedrockCsv, isBedrockCsv } from './bedrock-usage.ts';
import { createColumns, type Columns, type RowReader } from './columns.ts';
import { csvRecords, delimiterOf } from './csv.ts';
import type { ExportForm } from './export-form.ts';
import { isOpenAiCsv, openAiCsv } from './openai-usage.ts';
import { plainCsv } from './plain-usage.ts';
import { UsageError, type UsageFormat, type UsageRow } from './usage-row.ts';

/** `head`: how the file begins. @throws UsageError */
export async function* csvRows(
  bytes: AsyncIterable<Buffer>,
  head: string,
  form: ExportForm,
): AsyncGenerator<UsageRow, void, undefined> {
  const [firstLine = ''] = head.split('\n', 1);
  let read: RowReader | undefined;
  for await (const record of csvRecords(decoded(bytes), delimiterOf(firstLine))) {
    if (read === undefined) {
      const [found, reader] = csvReader(createColumns(record), form.format);
      form.settle(found, 'line 1');
      read = reader;
      continue;
    }
    const row = read(record);
    if (row) yield row;
    else form.ignored++;
  }
}

function csvReader(columns: Columns, expected: UsageFormat | undefined): readonly [UsageFormat, RowReader] {
  if (expected === 'csv') return ['csv', plainCsv(columns)];
  if (isOpenAiCsv(columns)) return ['openai', openAiCsv(columns)];
  if (isAnthropicCsv(columns)) return ['anthropic', anthropicCsv(columns)];
  if (isBedrockCsv(columns)) return ['bedrock', bedrockCsv(columns)];
  return ['csv', plainCsv(columns)];
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
