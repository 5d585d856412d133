/** Reads training data: a folder of JSON lines that is given by argument, never part of the project. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const rowSchema = z.object({
  text: z.string(),
  label: z.string().nullish(),
  source: z.string(),
  license: z.string(),
  /** The attack that stands within the text. */
  attack_text: z.string().optional(),
  spans: z.array(z.object({ start: z.int(), end: z.int(), type: z.string() })).default([]),
});

export type Row = z.infer<typeof rowSchema>;

/** The rows of `<name>.jsonl`; offsets, which count code points, become UTF-16. @throws Error naming the line */
export function readRows(folder: string, name: string): readonly Row[] {
  const lines = readFileSync(join(folder, `${name}.jsonl`), 'utf8').split('\n');
  return lines
    .filter((line) => line !== '')
    .map((line, index) => {
      const parsed = rowSchema.safeParse(JSON.parse(line));
      if (!parsed.success) throw new Error(`${name}.jsonl, line ${index + 1}: ${parsed.error.message}`);
      return inUtf16(parsed.data);
    });
}

function inUtf16(row: Row): Row {
  const points = Array.from(row.text);
  if (points.length === row.text.length) return row;
  const offset = (end: number) => points.slice(0, end).join('').length;
  return {
    ...row,
    spans: row.spans.map(({ start, end, type }) => ({ start: offset(start), end: offset(end), type })),
  };
}
