/** `bartizan eval`: how good the scanners are on labelled data, per slice and category, with how sure each figure is. */
import { createReadStream } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Command, Option } from 'commander';
import { linesOf } from '../../base/lines.ts';
import type { Share } from '../../base/statistics.ts';
import { evaluate, type Evaluation } from '../../compose/evaluate/evaluate.ts';
import type { SpanFigures, TextFigures } from '../../compose/evaluate/tally.ts';
import { guardrailsOf, listOf, type GuardrailOptions } from './guardrail-options.ts';
import { print } from '../print.ts';

interface EvalOptions extends GuardrailOptions {
  readonly data: string;
  readonly positive: readonly string[];
  readonly channel: 'user' | 'document' | 'tool' | 'instruction' | 'answer';
  readonly direction: 'request' | 'response';
  readonly json: boolean;
}

const MAX_CHARACTERS = 16 * 1024 * 1024;

export function evalCommand(): Command {
  return new Command('eval')
    .description('how good the scanners are on labelled data')
    .requiredOption(
      '--data <file>',
      'JSON lines of {"text", "label"} or {"text", "spans": [{"start", "end", "type"}]}; "channel", "language" and "source" make slices',
    )
    .option('--scanners <ids>', 'these alone, separated by commas', listOf, [])
    .option('--config <file>', "a configuration whose guardrails are used, instead of the scanners' defaults")
    .option(
      '--positive <labels>',
      'the labels that shall be flagged; all but "benign" and its like unless told',
      listOf,
      [],
    )
    .addOption(new Option('--direction <direction>').choices(['request', 'response']).default('request'))
    .addOption(
      new Option('--channel <channel>')
        .choices(['instruction', 'user', 'document', 'tool', 'answer'])
        .default('user'),
    )
    .option('--json', 'figures as JSON', false)
    .action(evaluateFile);
}

async function evaluateFile(options: EvalOptions): Promise<void> {
  const evaluation = await evaluate(linesOf(createReadStream(options.data)), {
    guardrails: await guardrailsOf(options),
    direction: options.direction,
    channel: options.channel,
    minConfidence: undefined,
    maxCharacters: MAX_CHARACTERS,
    positive: options.positive.map((label) => label.toLowerCase()),
    threads: availableParallelism(),
  });
  if (options.json) print(JSON.stringify(plain(evaluation), null, 2));
  else report(evaluation);
}

function plain({ texts, spans, rows }: Evaluation) {
  return { rows, texts: Object.fromEntries(texts), spans: Object.fromEntries(spans) };
}

function report({ texts, spans, rows }: Evaluation): void {
  print(`${rows} rows; in brackets the 95 % interval`);
  for (const [slice, figures] of texts) print(`\n${slice}\n${textLines(figures).join('\n')}`);
  for (const [type, figures] of spans) print(`\nspans of ${type}\n${spanLines(figures).join('\n')}`);
}

function textLines(figures: TextFigures): readonly string[] {
  const { positives, negatives, area } = figures;
  const lines = [`  ${positives} positive, ${negatives} negative`];
  if (positives > 0) lines.push(`  recall ${told(figures.recall)}`);
  if (negatives > 0) lines.push(`  false-positive rate ${told(figures.falsePositiveRate)}`);
  if (positives > 0 && negatives > 0)
    lines.push(
      `  precision ${told(figures.precision)}  F1 ${figures.f1.toFixed(3)}  F2 ${figures.f2.toFixed(3)}`,
      `  AUC ${area.value.toFixed(3)} (${area.low.toFixed(3)} to ${area.high.toFixed(3)})  recall at 1 % false positives ${told(figures.recallAtLowRate)}`,
    );
  return lines;
}

function spanLines({
  expected,
  told: count,
  recall,
  precision,
  f1,
  f2,
  exactF1,
}: SpanFigures): readonly string[] {
  return [
    `  ${expected} expected, ${count} told`,
    `  recall ${told(recall)}  precision ${told(precision)}`,
    `  F1 ${f1.toFixed(3)}  F2 ${f2.toFixed(3)}  exact F1 ${exactF1.toFixed(3)}`,
  ];
}

function told({ value, low, high }: Share): string {
  return `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
}
