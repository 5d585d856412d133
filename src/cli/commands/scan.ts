/** `bartizan scan`: what the scanners see in a text, or in every line of a data set. */
import { createReadStream, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import { linesOf } from '../../base/lines.ts';
import type { LineScannerSettings } from '../../compose/scan/line-scanner.ts';
import { createTextScanner, type TextScanner } from '../../compose/scan/text-scanner.ts';
import type { Channel, Direction } from '../../domain/document.ts';
import { CommandError } from '../command-error.ts';
import { guardrailsOf, listOf, type GuardrailOptions } from './guardrail-options.ts';
import { print } from '../print.ts';

interface ScanOptions extends GuardrailOptions {
  readonly jsonl: boolean;
  readonly explain: boolean;
  readonly direction: Direction;
  readonly channel: Channel | undefined;
  readonly minConfidence: number | undefined;
  readonly maxCharacters: number;
  readonly jobs: number;
}

const PROGRESS_EVERY_MS = 1_000;

export function scanCommand(): Command {
  return new Command('scan')
    .description('what the scanners see in a text; with --jsonl in every line of a data set, on all cores')
    .argument('[file]', 'standard input where none is named')
    .option(
      '--jsonl',
      'lines of {"id", "text"} in, lines of {"id", "findings", "verdict", "scores", "timings"} out',
      false,
    )
    .option('--explain', 'of one text: which rule or which words spoke, and what would have passed', false)
    .addOption(new Option('--direction <direction>').choices(['request', 'response']).default('request'))
    .addOption(
      new Option('--channel <channel>', 'user for requests and answer for responses unless told').choices([
        'instruction',
        'user',
        'document',
        'tool',
        'answer',
      ]),
    )
    .option('--scanners <ids>', 'these alone, separated by commas', listOf, [])
    .option('--config <file>', "a configuration whose guardrails are used, instead of the scanners' defaults")
    .option(
      '--min-confidence <number>',
      'list findings from this confidence on, whatever the guardrails ask for',
      fraction,
    )
    .option('--max-characters <count>', 'longer texts are refused', positive, 16 * 1024 * 1024)
    .option('--jobs <count>', 'threads', positive, availableParallelism())
    .action(scan);
}

async function scan(file: string | undefined, options: ScanOptions): Promise<void> {
  const settings: LineScannerSettings = {
    guardrails: await guardrailsOf(options),
    direction: options.direction,
    channel: options.channel ?? (options.direction === 'request' ? 'user' : 'answer'),
    minConfidence: options.minConfidence,
    maxCharacters: options.maxCharacters,
  };
  // Before any thread is started, which could not say as plainly what is wrong.
  const scanText = await scannerOf(settings);
  if (options.jsonl) await scanDataSet(file, settings, options.jobs);
  else await scanOneText(file, settings, scanText, options.explain);
}

/** @throws CommandError where a scanner cannot be used as it is configured */
async function scannerOf({ guardrails, minConfidence }: LineScannerSettings): Promise<TextScanner> {
  try {
    return await createTextScanner(guardrails, minConfidence);
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

async function scanDataSet(
  file: string | undefined,
  settings: LineScannerSettings,
  jobs: number,
): Promise<void> {
  const { scanLines } = await import('../../compose/scan/scan-pool.ts');
  const input = file === undefined ? process.stdin : createReadStream(file);
  const startedMs = performance.now();
  let done = 0;
  let failed = 0;
  let toldMs = startedMs;
  for await (const { line, isFailed } of scanLines(linesOf(input), settings, jobs)) {
    if (!process.stdout.write(`${line}\n`))
      await new Promise((resolve) => process.stdout.once('drain', resolve));
    done++;
    if (isFailed) failed++;
    if (performance.now() - toldMs < PROGRESS_EVERY_MS) continue;
    toldMs = performance.now();
    process.stderr.write(`${progress(done, startedMs)}\n`);
  }
  process.stderr.write(
    `${progress(done, startedMs)}${failed > 0 ? `, ${failed} of them could not be scanned` : ''}\n`,
  );
  if (failed > 0) process.exitCode = 1;
}

function progress(done: number, startedMs: number): string {
  const seconds = (performance.now() - startedMs) / 1_000;
  return `${done} texts in ${seconds.toFixed(1)} s (${Math.round(done / Math.max(seconds, 0.001))} a second)`;
}

async function scanOneText(
  file: string | undefined,
  settings: LineScannerSettings,
  scanText: TextScanner,
  isExplained: boolean,
): Promise<void> {
  const text = file === undefined ? await readAll(process.stdin) : readFileSync(file, 'utf8');
  if (text.length > settings.maxCharacters)
    throw new CommandError(`the text has more than ${settings.maxCharacters} characters`);
  const { direction, channel } = settings;
  const { findings, verdict, timings } = await scanText({ text, direction, channel });
  for (const { scanner, category, start, end, confidence } of findings)
    print(`${start}-${end}  ${scanner}  ${category}  ${confidence.toFixed(2)}`);
  if (isExplained) {
    const { explanationLines } = await import('../explanation.ts');
    explanationLines(text, channel).forEach(print);
  }
  print(`verdict: ${verdict} (${findings.length} findings, ${timings['total']} ms)`);
}

async function readAll(input: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

function positive(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('a whole number from 1 on');
  return number;
}

function fraction(value: string): number {
  const number = Number(value);
  if (!(number >= 0 && number <= 1)) throw new InvalidArgumentError('a number from 0 to 1');
  return number;
}
