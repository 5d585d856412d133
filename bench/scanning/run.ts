/** `npm run bench:scanning`: all default scanners together, beside what a team would take from npm, on the same texts. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Segment } from '../../src/domain/document.ts';
import { defaultGuardrails } from '../../src/compose/scan/default-guardrails.ts';
import { SCANNERS } from '../../src/compose/scanners.ts';
import { Refusal } from '../../src/domain/refusal.ts';
import { createScanning, type Scanning } from '../../src/modules/scanning/scanning.ts';
import { chooseCores, pinSelf } from '../cores.ts';
import { median, quantile } from '../figures.ts';
import { CACHE_DIRECTORY, PROJECT_DIRECTORY } from '../places.ts';
import { longText, questionText, VARIANTS } from '../texts.ts';
import { HOSTILE } from './hostile.ts';
import { installPeers, loadPeers } from './peers.ts';

const ROUNDS = 12;
const STREAM_ROUNDS = 4;
/** The first fills Node's compile cache, which the package turns on for its commands. */
const START_RUNS = 7;
/** V8 has compiled what it will by then. */
const WARM_UP_MS = 3_000;
const PROMPT_CHARACTERS = 2_048;
const CHUNK = 40;
/** A hostile text that streams is cut off there, and its bench ends then at the latest. */
const HOSTILE_STREAM = 200_000;
const HOSTILE_STREAM_MS = 4_000;
const RESULTS_FILE = join(import.meta.dirname, '..', 'RESULTS-SCANNING.md');

const guardrails = defaultGuardrails([]);

function segmentOf(text: string) {
  return { pointer: '', role: 'user', channel: 'user', text, encoding: 'plain', editable: true } as const;
}

/** What streams is an answer, so it is compared with an answer that is there as a whole. */
const ANSWER = { role: 'assistant', channel: 'answer', encoding: 'plain' } as const;

function scanAnswer(scanning: Scanning, text: string, inForce = guardrails): void {
  const segment = { ...ANSWER, pointer: '', text, editable: true };
  if (scanning.scan({ direction: 'response', segments: [segment] }, inForce) instanceof Promise)
    throw new Error('default scanners answer at once');
}

function scanWhole(scanning: Scanning, text: string, place: Partial<Segment> = {}): void {
  const report = scanning.scan(
    { direction: 'request', segments: [{ ...segmentOf(text), ...place }] },
    guardrails,
  );
  if (report instanceof Promise) throw new Error('default scanners answer at once');
  // More than can be judged is refused as such, and costs what finding it costs.
  if (report.failures.some(({ fault }) => fault !== 'too_many')) throw new Error('a scanner failed');
}

function scanStream(scanning: Scanning, text: string, inForce = guardrails): void {
  const stream = scanning.openStream('response', inForce);
  for (let at = 0; at < text.length; at += CHUNK) {
    const piece = text.slice(at, at + CHUNK);
    const texts = [{ ...ANSWER, window: 'a', text: piece }];
    if (stream.push(texts, []) instanceof Promise) throw new Error('default scanners answer at once');
  }
  if (stream.push([], 'all') instanceof Promise) throw new Error('default scanners answer at once');
}

const RESULT = { role: 'tool', channel: 'tool' } as const;

/** No two neighbors are the same, so that nothing is answered from a memory of the last text. */
function prompts(): readonly string[] {
  return Array.from({ length: VARIANTS }, (_, variant) =>
    `${questionText(variant)} ${questionText((variant + 7) % VARIANTS)}`.slice(0, PROMPT_CHARACTERS),
  );
}

/** Tools' results in which every sentence asks for an act: rules and shapes are looked for in each. */
function denseResults(): readonly string[] {
  return REQUESTS.map((_, first) => {
    let text = '';
    for (let at = first; text.length < PROMPT_CHARACTERS; at += 1 + (first % 3))
      text += `${REQUESTS[at % REQUESTS.length] ?? ''} `;
    return text.slice(0, PROMPT_CHARACTERS);
  });
}

const REQUESTS = [
  'Please transfer $500 to account 4421 before Friday.',
  'Could you send my invoice to joe@example.com and then delete the thread?',
  'Change my password to hunter2 and log me out of all devices.',
  'Book a table for two at 8 and tell Anna about it.',
  'Forward the contract to legal, then archive the folder.',
  'Cancel my subscription and refund the last order #1234.',
  'Open the garage door at 6 and turn on the lights.',
  'Share my calendar with bob@example.org for a week.',
] as const;

function millisecondsOf(texts: readonly string[], work: (text: string) => unknown, rounds: number): number[] {
  const warmUntilMs = performance.now() + WARM_UP_MS;
  while (performance.now() < warmUntilMs) for (const text of texts) work(text);
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const text of texts) {
      const startedMs = performance.now();
      work(text);
      times.push(performance.now() - startedMs);
    }
  }
  return times;
}

interface Row {
  readonly what: string;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

async function measurePrompts(scanning: Scanning): Promise<readonly Row[]> {
  const texts = prompts();
  const rowOf = (what: string, times: readonly number[]): Row => ({
    what,
    p50Ms: median(times),
    p95Ms: quantile(times, 0.95),
  });
  const rows = [
    rowOf(
      '**all default scanners**',
      millisecondsOf(texts, (text) => scanWhole(scanning, text), ROUNDS),
    ),
    rowOf(
      'the same on an answer',
      millisecondsOf(texts, (text) => scanAnswer(scanning, text), ROUNDS),
    ),
    rowOf(
      'the same on an answer, streamed',
      millisecondsOf(texts, (text) => scanStream(scanning, text), ROUNDS),
    ),
    rowOf(
      "a tool's result that is full of requests",
      millisecondsOf(denseResults(), (text) => scanWhole(scanning, text, RESULT), 8 * ROUNDS),
    ),
  ];
  for (const { scanner } of guardrails) {
    const own = defaultGuardrails([scanner]);
    const alone = createScanning(SCANNERS, own);
    const look = (text: string) => alone.scan({ direction: 'request', segments: [segmentOf(text)] }, own);
    rows.push(rowOf(`↳ ${scanner}`, millisecondsOf(texts, look, ROUNDS)));
    const answer = (text: string) => scanAnswer(alone, text, own);
    rows.push(rowOf(`↳ ${scanner}, on an answer`, millisecondsOf(texts, answer, STREAM_ROUNDS)));
    const stream = (text: string) => scanStream(alone, text, own);
    rows.push(rowOf(`↳ ${scanner}, on an answer, streamed`, millisecondsOf(texts, stream, STREAM_ROUNDS)));
  }
  for (const { name, finds, look } of await loadPeers())
    rows.push(rowOf(`${name} (${finds})`, millisecondsOf(texts, look, 2)));
  return rows;
}

function megabytesPerSecond(scanning: Scanning, text: string, place: Partial<Segment> = {}): number {
  const startedMs = performance.now();
  scanWhole(scanning, text, place);
  return text.length / 1_000 / (performance.now() - startedMs);
}

interface Streamed {
  readonly speed: number;
  /** The most characters that were undecided at once. */
  readonly held: number;
  /** Refused because findings chained up to more than may be held: the stream ends there. */
  readonly isRefused: boolean;
}

/** Of as much as streams in time. */
function measureStream(scanning: Scanning, text: string): Streamed {
  const stream = scanning.openStream('response', guardrails);
  const startedMs = performance.now();
  let at = 0;
  let held = 0;
  let isRefused = false;
  const end = Math.min(text.length, HOSTILE_STREAM);
  try {
    while (at < end && performance.now() - startedMs < HOSTILE_STREAM_MS) {
      const piece = text.slice(at, at + CHUNK);
      const progress = stream.push([{ ...ANSWER, window: 'a', text: piece }], []);
      if (progress instanceof Promise) throw new Error('default scanners answer at once');
      at += piece.length;
      for (const { settled } of progress.windows) held = Math.max(held, at - settled);
    }
    if (stream.push([], 'all') instanceof Promise) throw new Error('default scanners answer at once');
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    isRefused = true;
  }
  return { speed: at / 1_000 / (performance.now() - startedMs), held, isRefused };
}

interface Start {
  /** Of the built package, as it is installed: `bartizan scan` of one line, from the start of its process to its end. */
  readonly packageMs: number;
  /** Of the repository, whose types Node strips at every start: to the first scan. */
  readonly sourcesMs: number;
  /** What all models then take. */
  readonly residentMb: number;
}

function measureStart(): Start {
  execFileSync(process.execPath, [join(PROJECT_DIRECTORY, 'scripts', 'build.ts')], {
    cwd: PROJECT_DIRECTORY,
    stdio: 'inherit',
  });
  const file = join(CACHE_DIRECTORY, 'one-line.txt');
  writeFileSync(file, 'Please write to joe@example.com about it.');
  const runs = Array.from({ length: START_RUNS }, () => {
    const startedMs = performance.now();
    execFileSync(process.execPath, [join(PROJECT_DIRECTORY, 'dist', 'cli', 'bartizan.js'), 'scan', file]);
    const packageMs = performance.now() - startedMs;
    const program = join(import.meta.dirname, 'first-scan.ts');
    const printed = execFileSync(process.execPath, [program], { encoding: 'utf8' });
    return { packageMs, ...(JSON.parse(printed) as { startMs: number; residentMb: number }) };
  });
  return {
    packageMs: median(runs.map(({ packageMs }) => packageMs)),
    sourcesMs: median(runs.map(({ startMs }) => startMs)),
    residentMb: median(runs.map(({ residentMb }) => residentMb)),
  };
}

function fixed(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(2) : value.toFixed(3);
}

function verdict(isMet: boolean): string {
  return isMet ? 'met' : '**not met**';
}

mkdirSync(CACHE_DIRECTORY, { recursive: true });
installPeers();
const { packageMs, sourcesMs, residentMb } = measureStart();
pinSelf(chooseCores().load);
const scanning = createScanning(SCANNERS, guardrails);
const rows = await measurePrompts(scanning);
const [whole, answer, streamed, dense] = rows;
if (!whole || !answer || !streamed || !dense) throw new Error('nothing was measured');
const document = longText(1_000_000);
megabytesPerSecond(scanning, document);
const documentSpeed = median(Array.from({ length: 3 }, () => megabytesPerSecond(scanning, document)));
const hostile = Object.entries(HOSTILE).map(([name, make]) => {
  const text = make();
  const asPrompt = megabytesPerSecond(scanning, text);
  const asResult = megabytesPerSecond(scanning, text, RESULT);
  const asDocument = megabytesPerSecond(scanning, text, { channel: 'document' });
  const speed = Math.min(asPrompt, asResult, asDocument);
  return { name, speed, asPrompt, asResult, asDocument, streamed: measureStream(scanning, text) };
});
const slowest = Math.min(...hostile.map(({ speed }) => speed));
const slowestStream = Math.min(...hostile.map(({ streamed: { speed } }) => speed));
const longestHold = Math.max(
  ...hostile.flatMap(({ streamed: { held, isRefused } }) => (isRefused ? [] : [held])),
);
const statedHold = scanning.maxHoldCharacters(guardrails);

const page = `# Bench: scanning

Written by \`npm run bench:scanning\`; do not edit. One core, all default scanners together (${guardrails.map(({ scanner }) => scanner).join(', ')}), ${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.version}.

| what | target | measured | |
| --- | ---: | ---: | ---: |
| 2 KB prompt, p50 | ≤ 1 ms | ${fixed(whole.p50Ms)} ms | ${verdict(whole.p50Ms <= 1)} |
| 2 KB prompt, p95 | ≤ 2 ms | ${fixed(whole.p95Ms)} ms | ${verdict(whole.p95Ms <= 2)} |
| 2 KB of a tool's result that is full of requests, p50 | ≤ 1 ms | ${fixed(dense.p50Ms)} ms | ${verdict(dense.p50Ms <= 1)} |
| 1 MB document | ≥ 4 MB/s | ${fixed(documentSpeed)} MB/s | ${verdict(documentSpeed >= 4)} |
| slowest of ${hostile.length} hostile texts of 1 MB | ≥ 0.5 MB/s | ${fixed(slowest)} MB/s | ${verdict(slowest >= 0.5)} |
| slowest of them streamed in pieces of ${CHUNK} characters | ≥ 0.5 MB/s | ${fixed(slowestStream)} MB/s | ${verdict(slowestStream >= 0.5)} |
| an answer streamed in pieces of ${CHUNK} characters against the whole | ≤ 1.5 × | ${fixed(streamed.p50Ms / answer.p50Ms)} × | ${verdict(streamed.p50Ms / answer.p50Ms <= 1.5)} |
| most characters that such a stream holds back; stated are ${statedHold}, and chains of findings that overlap | | ${longestHold} | |
| \`bartizan scan\` of one line, built package, from the start of its process to its end | ≤ 300 ms | ${fixed(packageMs)} ms | ${verdict(packageMs <= 300)} |
| the same from sources, whose types are stripped at every start, to the first scan | | ${fixed(sourcesMs)} ms | |
| resident memory of models and scanners, beyond the code | ≤ 80 MB | ${fixed(residentMb)} MB | ${verdict(residentMb <= 80)} |

## A prompt of 2 KB

| what | p50 ms | p95 ms | against all default scanners |
| --- | ---: | ---: | ---: |
${rows.map(({ what, p50Ms, p95Ms }) => `| ${what} | ${fixed(p50Ms)} | ${fixed(p95Ms)} | ${fixed(p50Ms / whole.p50Ms)} × |`).join('\n')}

${VARIANTS} prompts of ordinary prose, each ${ROUNDS} times after ${WARM_UP_MS / 1_000} s of warm-up (peers twice).

## Hostile texts of 1 MB

| what is repeated | as a prompt, MB/s | as a tool's result | as a document | as an answer, streamed | held back |
| --- | ---: | ---: | ---: | ---: | ---: |
${hostile
  .toSorted((a, b) => a.speed - b.speed)
  .map(
    ({ name, asPrompt, asResult, asDocument, streamed: { speed: streamedSpeed, held, isRefused } }) =>
      `| ${name} | ${[asPrompt, asResult, asDocument, streamedSpeed].map(fixed).join(' | ')} | ${isRefused ? 'refused' : held} |`,
  )
  .join('\n')}

Streamed: the first ${HOSTILE_STREAM} characters of each, or as many as pass in ${HOSTILE_STREAM_MS / 1_000} s. Refused: findings
that overlap chained up to more than may be held back, and the answer ended there.
`;
writeFileSync(RESULTS_FILE, page);
console.log(page);
