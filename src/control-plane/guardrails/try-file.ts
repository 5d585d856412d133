/** What a draft does with a file of JSON lines, counted: on threads of their own, so that no live request waits for it. */
import { z } from 'zod';
import type { fileTriedSchema } from '../../contract/api/guardrails.ts';
import type { Guardrail, Action } from '../../domain/guardrail.ts';
import type { Draft } from './draft.ts';

export type FileTried = z.input<typeof fileTriedSchema>;

/** What scans a row as `bartizan scan --jsonl` does, in the order of the rows. Each is one JSON line. */
export type ScanRows = (
  rows: AsyncIterable<string>,
  guardrails: readonly Guardrail[],
) => AsyncIterable<string>;

const MAX_ROWS = 20_000;
const MAX_EXAMPLES = 200;
const MAX_UNREADABLE = 100;

const rowSchema = z.looseObject({
  id: z.union([z.string(), z.number()]).optional(),
  text: z.string(),
  expect: z.enum(['block', 'allow']).optional(),
});

const scannedRowSchema = z.object({
  id: z.union([z.string(), z.number()]),
  findings: z.array(z.object({ category: z.string() })),
  verdict: z.enum(['allow', 'flag', 'pseudonymize', 'mask', 'redact', 'block']),
  error: z.string().optional(),
});

type Row = z.infer<typeof rowSchema> & { readonly line: number };

export async function tryOnFile(scanRows: ScanRows, { guardrail }: Draft, lines: string): Promise<FileTried> {
  const tally = new FileTally();
  const rows = readRows(lines, tally);
  const startedMs = performance.now();
  async function* texts(): AsyncGenerator<string> {
    for (const { text, id: _, expect: __, line, ...place } of rows)
      yield JSON.stringify({ ...place, id: line, text });
  }
  let index = 0;
  for await (const scanned of scanRows(texts(), [guardrail])) {
    const row = rows[index++];
    if (row) tally.add(row, scannedRowSchema.parse(JSON.parse(scanned)));
  }
  return tally.result(Math.round(performance.now() - startedMs));
}

function readRows(lines: string, tally: FileTally): readonly Row[] {
  const rows: Row[] = [];
  for (const [index, text] of lines.split('\n').entries()) {
    if (text.trim() === '') continue;
    const line = index + 1;
    if (rows.length >= MAX_ROWS) {
      tally.unreadable(line, `more than ${MAX_ROWS} rows: the rest was left out`);
      break;
    }
    const row = readRow(text);
    if (typeof row === 'string') tally.unreadable(line, row);
    else rows.push({ ...row, line });
  }
  return rows;
}

function readRow(text: string): z.infer<typeof rowSchema> | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'not JSON';
  }
  const parsed = rowSchema.safeParse(json);
  return parsed.success ? parsed.data : 'a row is {"id": …, "text": "…", "expect": "block" | "allow"}';
}

class FileTally {
  readonly #counts = { blocked: 0, rewritten: 0, flagged: 0, passed: 0, failed: 0 };
  readonly #kinds = new Map<string, number>();
  readonly #agreement = { truePositives: 0, falsePositives: 0, trueNegatives: 0, falseNegatives: 0 };
  readonly #unreadable: { line: number; message: string }[] = [];
  readonly #examples: FileTried['examples'] = [];
  #rows = 0;

  unreadable(line: number, message: string): void {
    if (this.#unreadable.length < MAX_UNREADABLE) this.#unreadable.push({ line, message });
  }

  add({ line, id, expect }: Row, { findings, verdict, error }: z.infer<typeof scannedRowSchema>): void {
    this.#rows++;
    this.#counts[error === undefined ? countOf(verdict) : 'failed']++;
    const kinds = [...new Set(findings.map(({ category }) => category))];
    for (const kind of kinds) this.#kinds.set(kind, (this.#kinds.get(kind) ?? 0) + 1);
    if (expect !== undefined) {
      const isCaught = verdict !== 'allow';
      if (expect === 'block') this.#agreement[isCaught ? 'truePositives' : 'falseNegatives']++;
      else this.#agreement[isCaught ? 'falsePositives' : 'trueNegatives']++;
    }
    if (this.#examples.length < MAX_EXAMPLES)
      this.#examples.push({ line, id: String(id ?? line), action: verdict, kinds });
  }

  result(milliseconds: number): FileTried {
    return {
      rows: this.#rows,
      counts: this.#counts,
      kinds: Object.fromEntries([...this.#kinds].toSorted(([, a], [, b]) => b - a)),
      agreement: this.#agreement,
      unreadable: this.#unreadable,
      examples: this.#examples,
      milliseconds,
    };
  }
}

export function countOf(action: Action): 'blocked' | 'rewritten' | 'flagged' | 'passed' {
  if (action === 'block') return 'blocked';
  if (action === 'allow') return 'passed';
  return action === 'flag' ? 'flagged' : 'rewritten';
}
