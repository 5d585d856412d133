/**
 * `npm run eval [-- DATA_FOLDER] [-- --write]`: how good the scanners are on the development sets, and whether they have become worse.
 *
 * Without a folder it measures on texts of our own making; with one on its held-out rows as well. `--write` makes what is
 * measured the baseline.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import type { Interval } from '../src/base/statistics.ts';
import { evaluate, type Evaluation } from '../src/compose/evaluate/evaluate.ts';
import { defaultGuardrails } from '../src/compose/scan/default-guardrails.ts';
import { fallen, readBaseline, writeBaseline, type Figure } from './baseline.ts';
import { developmentSets, type DevelopmentSet } from './development-sets.ts';

const MAX_CHARACTERS = 1_000_000;

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

function measure({ scanner, channel, lines, positive }: DevelopmentSet): Promise<Evaluation> {
  return evaluate(each(lines), {
    guardrails: defaultGuardrails([scanner]),
    direction: channel === 'answer' ? 'response' : 'request',
    channel,
    minConfidence: undefined,
    maxCharacters: MAX_CHARACTERS,
    positive,
    threads: availableParallelism(),
  });
}

function figuresOf(name: string, { texts, spans }: Evaluation): Record<string, Figure> {
  const figures: Record<string, Figure> = {};
  const add = (what: string, { low, high }: Interval, value: number, isGood: boolean): void => {
    figures[`${name}, ${what}`] = { value: rounded(value), low: rounded(low), high: rounded(high), isGood };
  };
  const all = texts.get('all');
  if (all && all.positives > 0) add('recall', all.recall, all.recall.value, true);
  if (all && all.negatives > 0)
    add('false alarms', all.falsePositiveRate, all.falsePositiveRate.value, false);
  if (all && all.positives > 0 && all.negatives > 0) add('AUC', all.area, all.area.value, true);
  const found = spans.get('all');
  if (found) {
    add('recall of spans', found.recall, found.recall.value, true);
    add('precision of spans', found.precision, found.precision.value, true);
  }
  return figures;
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean', default: false } },
});
const figures: Record<string, Figure> = {};
for (const set of developmentSets(positionals[0])) {
  const measured = figuresOf(set.name, await measure(set));
  for (const [name, { value, low, high }] of Object.entries(measured))
    console.log(
      `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})  ${name}, ${set.lines.length} texts`,
    );
  Object.assign(figures, measured);
}
if (values.write) writeBaseline(figures);
const worse = fallen(readBaseline(), figures);
for (const name of worse) console.log(`worse than the baseline by more than its interval: ${name}`);
process.exitCode = worse.length > 0 ? 1 : 0;
