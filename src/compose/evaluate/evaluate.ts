/** Measures scanners on labelled data: per scanner, category and slice. */
import type { LineScannerSettings } from '../scan/line-scanner.ts';
import { scanLines } from '../scan/scan-pool.ts';
import type { ScannedText } from '../scan/scanned.ts';
import { parseLabelledRow, type LabelledRow } from './labelled-row.ts';
import {
  createSpanTally,
  createTextTally,
  type SpanFigures,
  type SpanTally,
  type TextFigures,
  type TextTally,
} from './tally.ts';

export interface Evaluation {
  /** By slice: `all`, `length 200-1000`, `channel tool`, `language de`, `source …`. */
  readonly texts: ReadonlyMap<string, TextFigures>;
  /** By type of span, and `all`. */
  readonly spans: ReadonlyMap<string, SpanFigures>;
  readonly rows: number;
}

export interface EvaluationSettings extends LineScannerSettings {
  readonly positive: readonly string[];
  readonly threads: number;
}

type Scanned = ScannedText & { readonly error?: string };

/** @throws Error naming the line that is no row, or whose text could not be scanned: half a data set is no measurement */
export async function evaluate(
  lines: AsyncIterable<string>,
  { positive, threads, ...settings }: EvaluationSettings,
): Promise<Evaluation> {
  const rows: LabelledRow[] = [];
  const texts = new Map<string, TextTally>();
  const spans = new Map<string, SpanTally>();
  let number = 0;
  async function* remembered(): AsyncGenerator<string> {
    for await (const line of lines) {
      if (line.trim() === '') continue;
      rows.push(parseLabelledRow(line, rows.length + 1, positive));
      yield line;
    }
  }
  for await (const { line } of scanLines(remembered(), settings, threads)) {
    const row = rows[number++];
    const scanned = JSON.parse(line) as Scanned;
    if (!row || scanned.error !== undefined) throw new Error(`line ${number}: ${scanned.error ?? 'no row'}`);
    if (row.isPositive !== undefined) addText(texts, row, row.isPositive, scanned, settings);
    if (row.spans !== undefined) addSpans(spans, row.spans, scanned);
  }
  return {
    texts: new Map(inOrder(texts).map(([slice, tally]) => [slice, tally.figures()])),
    spans: new Map(inOrder(spans).map(([type, tally]) => [type, tally.figures()])),
    rows: rows.length,
  };
}

/** `all` first. */
function inOrder<Tally>(tallies: ReadonlyMap<string, Tally>): readonly (readonly [string, Tally])[] {
  const rank = (name: string) => (name === 'all' ? '' : name);
  return [...tallies].toSorted(([a], [b]) => rank(a).localeCompare(rank(b)));
}

function addText(
  tallies: Map<string, TextTally>,
  row: LabelledRow,
  isPositive: boolean,
  { findings, scores }: Scanned,
  { channel }: LineScannerSettings,
): void {
  const score = Math.max(0, ...Object.values(scores));
  for (const slice of slicesOf(row, channel))
    tallyOf(tallies, slice, createTextTally).add(isPositive, findings.length > 0, score);
}

function addSpans(
  tallies: Map<string, SpanTally>,
  expected: NonNullable<LabelledRow['spans']>,
  { findings }: Scanned,
): void {
  const told = findings.map(({ start, end, category }) => ({ start, end, type: category }));
  tallyOf(tallies, 'all', createSpanTally).add(expected, told);
  for (const type of new Set([...expected, ...told].map((span) => span.type))) {
    const ofType = <T extends { readonly type: string }>(list: readonly T[]) =>
      list.filter((span) => span.type === type);
    tallyOf(tallies, type, createSpanTally).add(ofType(expected), ofType(told));
  }
}

function tallyOf<Tally>(tallies: Map<string, Tally>, name: string, create: () => Tally): Tally {
  let tally = tallies.get(name);
  if (!tally) tallies.set(name, (tally = create()));
  return tally;
}

function slicesOf(row: LabelledRow, channel: string): readonly string[] {
  const { length } = row.text;
  const size = length < 200 ? 'under 200' : length <= 1_000 ? '200 to 1000' : 'over 1000';
  return [
    'all',
    `length ${size}`,
    `channel ${row.channel ?? channel}`,
    ...(row.language === undefined ? [] : [`language ${row.language}`]),
    ...(row.source === undefined ? [] : [`source ${row.source}`]),
  ];
}
