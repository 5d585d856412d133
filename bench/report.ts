/** The figures as a page: what was measured, how, on what, and whether the targets were met. */
import { CONTENDER_TITLES, type ContenderName } from './contenders.ts';
import { medianOf, ratioOf, type Figure, type RoundFigures } from './figures.ts';
import { LOADS, LOAD_NAMES, type Load, type LoadName } from './loads.ts';
import type { MemoryFigures } from './memory.ts';
import type { Options } from './options.ts';
import { judgeTargets, type Measured } from './targets.ts';

export interface Findings {
  readonly options: Options;
  readonly machine: readonly (readonly [string, string])[];
  readonly measured: Measured;
  readonly memory: MemoryFigures | undefined;
}

interface Column {
  readonly title: string;
  readonly cell: (rounds: readonly RoundFigures[], limit: readonly RoundFigures[] | undefined) => string;
}

/** Three significant digits, thousands apart. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return new Intl.NumberFormat('en', { maximumSignificantDigits: Math.abs(value) >= 1_000 ? 4 : 3 }).format(
    value,
  );
}

function figure(title: string, name: Figure): Column {
  return { title, cell: (rounds) => formatNumber(medianOf(rounds, name)) };
}

function againstLimit(title: string, name: Figure): Column {
  return {
    title,
    cell: (rounds, limit) => (limit ? `${formatNumber(ratioOf(rounds, limit, name))} ×` : '–'),
  };
}

const RATE = [figure('answers/s', 'answersPerSecond'), againstLimit('of limit', 'answersPerSecond')];
const CPU = [
  figure('CPU µs/answer', 'cpuMicrosecondsPerAnswer'),
  againstLimit('of limit', 'cpuMicrosecondsPerAnswer'),
];
const LATENCY = [figure('p50 ms', 'p50Ms'), figure('p99 ms', 'p99Ms')];
const FIRST_TOKEN = [figure('first token p50 ms', 'firstTokenP50Ms'), figure('p99 ms', 'firstTokenP99Ms')];
const SHARE: Column = {
  title: 'core used',
  cell: (rounds) => `${Math.round(medianOf(rounds, 'coreShare') * 100)} %`,
};
const FAILURES: Column = {
  title: 'failed',
  cell: (rounds) => String(rounds.reduce((sum, each) => sum + each.failures, 0)),
};

function columnsOf(name: LoadName): readonly Column[] {
  switch (name) {
    case 'answers-64':
    case 'answers-1':
      return [...RATE, ...CPU, ...LATENCY, SHARE, FAILURES];
    case 'streams-16':
    case 'streams-1':
      return [...RATE, ...CPU, ...FIRST_TOKEN, ...LATENCY, SHARE, FAILURES];
    case 'paced-8':
      return [...FIRST_TOKEN, ...LATENCY, FAILURES];
    case 'stream-100-kb':
    case 'stream-1-mb':
      return [
        figure('ns/byte', 'nanosecondsPerByte'),
        figure('CPU ns/byte', 'cpuNanosecondsPerByte'),
        ...FIRST_TOKEN.slice(0, 1),
        ...LATENCY,
        SHARE,
        FAILURES,
      ];
  }
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = line(head.map((_, index) => (index === 0 ? '---' : '---:')));
  return [line(head), rule, ...rows.map(line)].join('\n');
}

export function loadTable(name: LoadName, measured: Measured): string | undefined {
  const rounds = measured.get(name);
  if (rounds === undefined) return undefined;
  const columns = columnsOf(name);
  const load: Load = LOADS[name];
  const rows = load.contenders.flatMap((contender: ContenderName) => {
    const own = rounds.get(contender);
    return own ? [[contender, ...columns.map(({ cell }) => cell(own, rounds.get('pass-through')))]] : [];
  });
  return `### ${load.title}\n\n${table(['server', ...columns.map(({ title }) => title)], rows)}`;
}

function targetTable({ measured, memory }: Findings): string {
  const rows = judgeTargets(measured, memory).map(({ what, target, measured: value, isMet }) => [
    what,
    target,
    value,
    isMet ? 'met' : '**not met**',
  ]);
  return table(['what', 'target', 'measured', ''], rows);
}

function memoryTable({ points, failures }: MemoryFigures): string {
  const rows = points.map(({ requests, megabytes }) => [requests.toLocaleString('en'), megabytes.toFixed(1)]);
  return `### Memory of Bartizan, all controls on, 64 connections\n\nResident, at rest; ${failures} requests failed.\n\n${table(['requests so far', 'MiB'], rows)}`;
}

function method({ options }: Findings): string {
  return `- Every server is its own process on loopback: a mock upstream (node:http, all answers computed beforehand), a
  pass-through proxy that is the limit of what a gateway on Node can do, this gateway in several configurations, and
  the peer. Where there are two cores or more, servers under test are pinned to one, upstream and load generator to others.
- The load is a closed loop over kept-alive bare sockets with prepared request bytes: each connection asks again as soon
  as it was answered. Questions and answers are ordinary prose in 64 orders, so that no server answers from a cache.
- ${options.rounds} rounds of ${options.seconds} s for each load, interleaved over the servers (A B C …, A B C …) after ${options.warmUpSeconds} s of warm-up each. Figures are
  medians over the rounds; ratios and differences are taken round by round, then their median.
- Processor time is user and system time of the whole server process, all threads, from \`/proc/<pid>/stat\`. It is steadier
  than the rate: where "core used" is well below 100 %, something else than the server was the limit.
- Bartizan, all controls: application key, one Cedar policy, three limits (requests per principal, tokens per application,
  concurrent requests), the scanners pii, secrets, keywords, regex and invisible-text on questions and answers, and each
  record durable on the embedded database before its answer is released. \`bartizan-light\` has no guardrails and records
  asynchronously; key, policy and limits stay, since they cannot be turned off. Before measuring, the bench checks that
  every answer arrives whole and that the controls act.
- Time to first token is from the question to the first text of the answer. What scanning adds is taken against the same
  gateway without guardrails; with paced events, what is held back shows as whole events.
- The peer runs without any guardrail, record or limit. Traffic is on loopback only. Run it: \`npm run bench -- --full\`.`;
}

export function resultsPage(findings: Findings): string {
  const { machine, measured, memory } = findings;
  const contenders = Object.entries(CONTENDER_TITLES).map(([name, title]) => [name, title]);
  return `${[
    '# Bench: speed and memory, side by side in one run',
    'Written by `npm run bench`; do not edit. Trust the ratios more than the figures: they depend on the machine.',
    '## Targets',
    targetTable(findings),
    '## Servers',
    table(['server', 'what it is'], contenders).replace('---:', '---'),
    '## Figures',
    ...LOAD_NAMES.map((name) => loadTable(name, measured)).filter((text) => text !== undefined),
    ...(memory ? [memoryTable(memory)] : []),
    '## Machine',
    table(['', ''], machine).replace('---:', '---'),
    '## Method',
    method(findings),
  ].join('\n\n')}\n`;
}

export function summary(findings: Findings): string {
  return `## Targets\n\n${targetTable(findings)}`;
}
