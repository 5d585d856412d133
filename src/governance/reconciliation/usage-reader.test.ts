import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createUsageReader } from './usage-reader.ts';
import { UsageError, dayText, type UsageFormat, type UsageRow } from './usage-row.ts';

const FOLDER = new URL('testdata/', import.meta.url);
const RULE = '----------\n';

async function* piecesOf(text: string | Buffer, size = 1_000_000): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text as string);
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

async function read(text: string | Buffer, size?: number, format?: UsageFormat) {
  const reader = createUsageReader(format);
  const rows: UsageRow[] = [];
  for await (const row of reader.rows(piecesOf(text, size))) rows.push(row);
  reader.finish();
  return { rows, format: reader.format, ignored: reader.ignored };
}

async function golden(input: string, size?: number): Promise<string> {
  try {
    const { rows, format, ignored } = await read(input, size);
    const told = rows.map(
      ({ day, model, key, requests, inputTokens, outputTokens }) =>
        `${dayText(day)} ${model} key=${key ?? '-'} requests=${requests ?? '-'} ${inputTokens}+${outputTokens}`,
    );
    return [`${format}, ${ignored} ignored`, ...told].join('\n');
  } catch (error) {
    if (error instanceof UsageError) return `error: ${error.message}`;
    throw error;
  }
}

describe('an export is read as the golden file says, however it is cut', () => {
  test.each(readdirSync(FOLDER))('%s', async (name) => {
    const file = new URL(name, FOLDER);
    const [input = '', expected = ''] = readFileSync(file, 'utf8').split(RULE);
    const actual = await golden(input);
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, `${input}${RULE}${actual}\n`);
    else expect(actual).toBe(expected.trimEnd());
    expect(await golden(input, 7)).toBe(actual);
    expect(await golden(input.trimEnd())).toBe(actual);
    expect(await golden(input.replaceAll('\n', '\r\n'))).toBe(actual);
    expect(await golden(`\uFEFF${input}`)).toBe(actual);
  });
});

test('no error tells what stands in the file', async () => {
  const secret = 'what nobody may see';
  const places = [
    `day,model,input_tokens,output_tokens\n${secret},m,1,2`,
    `day,model,input_tokens,output_tokens\n2026-01-01,m,${secret},2`,
    `${secret},b\n1,2`,
    `{"data":[{"start_time":"${secret}"}]}`,
    `{"schemaType":"ModelInvocationLog","timestamp":"${secret}","modelId":"m"}`,
    `{"schemaType":"ModelInvocationLog","modelId":"${secret}" ${secret}`,
  ];
  for (const place of places) {
    const told = await golden(place);
    expect(told).toMatch(/^error: /);
    expect(told).not.toContain('nobody');
  }
});

test('names that would move the cursor of a terminal are refused', async () => {
  const text = 'day,model,input_tokens,output_tokens\n2026-01-01,\u001b[2Jm,1,2';
  await expect(read(text)).rejects.toThrow('line 2, model: a name');
});

test('a form that is told is not guessed, and another is refused', async () => {
  const page =
    '{"data":[{"starting_at":"2026-01-01T00:00:00Z","ending_at":"2026-01-02T00:00:00Z","results":[]}]}';
  expect(await read(page, undefined, 'anthropic')).toMatchObject({ format: 'anthropic', rows: [] });
  await expect(read(page, undefined, 'openai')).rejects.toThrow('in the form of openai is expected');
  const csv = 'usage_date_utc,model,usage_input_tokens_no_cache,usage_output_tokens\n2026-01-01,m,1,2';
  await expect(read(csv, undefined, 'csv')).rejects.toThrow('no column says the day');
});

test('bytes that are not UTF-8 are refused', async () => {
  const text = Buffer.from('day,model,input_tokens,output_tokens\n2026-01-01,\xff,1,2', 'latin1');
  await expect(read(text)).rejects.toThrow('not valid UTF-8');
});

test('a record, a line and a page without an end are given up', async () => {
  async function* endless(begin: string): AsyncGenerator<Buffer> {
    yield Buffer.from(begin);
    for (const fill = Buffer.alloc(1_000_000, 0x20); ; ) yield fill;
  }
  const drain = async (begin: string) => {
    for await (const _ of createUsageReader(undefined).rows(endless(begin))) expect(_).toBeDefined();
  };
  await expect(drain('day,model,input,output\n"')).rejects.toThrow('line 2: the record is too long');
  await expect(drain('{"data":[],')).rejects.toThrow('a line is too long');
  await expect(drain('{\n')).rejects.toThrow('the page is too long');
  await expect(drain(`a${',a'.repeat(2_000)}`)).rejects.toThrow('more than 1000 fields');
});

test('whatever a file holds, reading it ends in rows or in an error that was meant', async () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom('{', '[', '"', ',', '\n', '{"data":[', ']}', 'day,model,input_tokens,output_tokens\n'),
    fc.json(),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece), async (pieces) => {
      expect(await golden(pieces.join(''))).toMatch(/^(error: |\w+, \d+ ignored)/);
    }),
    { numRuns: 300 },
  );
});

test('what any fields say is read again from CSV as it was', async () => {
  const name = fc.string({ minLength: 1, maxLength: 20 }).map((text) => `m${text.replace(/\p{Cc}/gu, '')}m`);
  const row = fc.record({ model: name, key: name, count: fc.nat(1_000_000) });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1 }), fc.integer({ min: 1, max: 40 }), async (rows, size) => {
      const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
      const lines = rows.map(
        ({ model, key, count }) => `2026-01-01,${quoted(model)},${quoted(key)},1,${count},0`,
      );
      const csv = ['date,model,key,requests,input_tokens,output_tokens', ...lines].join('\n');
      const told = (await read(csv, size)).rows.map(({ model, key, inputTokens }) => ({
        model,
        key,
        count: inputTokens,
      }));
      expect(told).toEqual(rows);
    }),
  );
});
