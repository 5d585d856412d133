/** `bartizan audit reconcile`: a provider's own usage export against the record, to find what went around the gateway. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { reconcileUsage, type ReconciledFiles } from '../../compose/reconcile-usage.ts';
import {
  UsageError,
  type Finding,
  type Note,
  type UsageFormat,
} from '../../governance/reconciliation/reconciliation.ts';
import { CommandError } from '../command-error.ts';
import { print } from '../print.ts';
import { withOffice } from '../with-office.ts';

interface ReconcileOptions {
  readonly usage: readonly string[];
  readonly format?: UsageFormat;
  readonly provider: readonly string[];
  readonly key: ReadonlyMap<string, string>;
  readonly model: ReadonlyMap<string, string>;
  readonly from?: number;
  readonly to?: number;
  readonly tolerance: number;
  readonly json: boolean;
}

export function reconcileCommand(): Command {
  return new Command('reconcile')
    .description(
      "a provider's own usage export against the record; exits with 1 where the provider counted what no entry explains",
    )
    .requiredOption('--usage <files...>', "the export's files, in their order; gzip is unpacked")
    .addOption(
      new Option('--format <format>', 'found out unless told').choices([
        'openai',
        'anthropic',
        'bedrock',
        'csv',
      ]),
    )
    .option('--provider <id>', 'whose usage it is; all of the kind unless told', added, [])
    .option('--key <exported=provider>', 'the provider that uses this key of the export', paired, new Map())
    .option(
      '--model <exported=recorded>',
      "a model's name in the export and in the record",
      paired,
      new Map(),
    )
    .option('--from <date>', 'the first day, UTC', parseDay)
    .option('--to <date>', 'the day after the last, UTC', parseDay)
    .option('--tolerance <share>', 'by which share of tokens the two may differ', parseShare, 0.01)
    .option('--json', 'the result as JSON', false)
    .action(reconcileFiles);
}

async function reconcileFiles(options: ReconcileOptions): Promise<void> {
  const {
    usage: files,
    format,
    provider: providers,
    key: keys,
    model: models,
    from,
    to,
    tolerance,
  } = options;
  if (providers.length > 0 && keys.size > 0)
    throw new CommandError('either --provider, or --key for each key: not both');
  const reconciled = await withOffice((office) =>
    reconcileUsage(office, {
      files,
      providers,
      keys,
      models,
      tolerance,
      ...(format === undefined ? {} : { format }),
      ...(from === undefined ? {} : { fromMs: from }),
      ...(to === undefined ? {} : { toMs: to }),
    }),
  ).catch((error: unknown) => {
    throw told(error);
  });
  if (options.json) print(JSON.stringify(reconciled, null, 2));
  else report(reconciled);
  if (reconciled.findings.length > 0) process.exitCode = 1;
}

function told(error: unknown): unknown {
  if (error instanceof UsageError) return new CommandError(error.message);
  const isFile = error instanceof Error && 'code' in error && /^E[A-Z]+$/.test(String(error.code));
  return isFile && 'path' in error
    ? new CommandError(`a file of --usage cannot be read: ${error.message}`)
    : error;
}

function report({ format, from, to, rows, ignoredRows, interactions, ...rest }: ReconciledFiles): void {
  const { countsRequests, lines, findings, notes } = rest;
  print(`${format} usage from ${from} to ${to}: ${rows} rows against ${interactions} interactions`);
  if (ignoredRows > 0) print(`${ignoredRows} rows tell of no tokens and were left out`);
  if (!countsRequests) print('the export does not count requests: tokens alone are compared');
  print('');
  printTable(
    ['day', 'provider', 'model', 'requests', 'input tokens', 'output tokens'],
    lines.map(({ day, provider, model, exported, recorded }) => [
      day,
      provider,
      model,
      countsRequests ? `${exported.requests} / ${recorded.requests}` : `- / ${recorded.requests}`,
      `${exported.inputTokens} / ${recorded.inputTokens}`,
      `${exported.outputTokens} / ${recorded.outputTokens}`,
    ]),
  );
  print('(exported / recorded)');
  for (const note of notes) print(`note     ${noteLine(note)}`);
  for (const finding of findings) print(`FINDING  ${findingLine(finding)}`);
  print(`findings: ${findings.length}`);
}

const WORDS = { requests: 'requests', inputTokens: 'input tokens', outputTokens: 'output tokens' } as const;

function findingLine({
  kind,
  day,
  provider,
  key,
  model,
  of,
  exported,
  recorded,
  unexplained,
}: Finding): string {
  const whose = key === undefined ? (provider ?? '') : `key ${key}`;
  return `${day}  ${kind}  ${whose}  ${model}  ${unexplained} of ${exported} ${WORDS[of]} (${recorded} recorded)`;
}

function noteLine({ kind, day, provider, model, of, exported, recorded, difference }: Note): string {
  return `${day}  ${kind}  ${provider}  ${model}  ${difference} ${WORDS[of]} (${exported} exported, ${recorded} recorded)`;
}

function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((title, column) =>
    rows.reduce((most, row) => Math.max(most, row[column]?.length ?? 0), title.length),
  );
  for (const row of [head, ...rows])
    print(
      row
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}

function added(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

/** A key's name may hold the sign, a provider's may not. */
function paired(value: string, before: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const [, from, to] = /^(.+)=([^=]+)$/.exec(value) ?? [];
  if (from === undefined || to === undefined) throw new InvalidArgumentError('two names as EXPORTED=NAME');
  return new Map([...before, [from, to]]);
}

function parseDay(text: string): number {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00Z`) : Number.NaN;
  if (Number.isNaN(ms)) throw new InvalidArgumentError('a day as 2026-11-23');
  return ms;
}

function parseShare(text: string): number {
  const [, number, percent] = /^(\d{1,3}(?:\.\d{1,4})?)(%?)$/.exec(text) ?? [];
  const share = Number(number) / (percent ? 100 : 1);
  if (Number.isNaN(share) || share >= 1) throw new InvalidArgumentError('a share as 1% or 0.01');
  return share;
}
