/**
 * `npm run bench:log`: how fast the record is, beside plain inserts and a hash chain in the same databases, in one run.
 *
 * PostgreSQL is taken from BARTIZAN_TEST_POSTGRES_URL; without it the embedded database alone is measured.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { median, quantile } from '../figures.ts';
import { chooseCores } from '../cores.ts';
import { describeMachine, syncMilliseconds } from '../machine.ts';
import { CACHE_DIRECTORY, PROJECT_DIRECTORY } from '../places.ts';
import {
  embeddedChain,
  embeddedInserts,
  embeddedRecord,
  postgresChain,
  postgresInserts,
  ORIGIN,
  postgresRecord,
  type Contender,
  type Record,
} from './contenders.ts';
import { nextEntry } from './entries.ts';

const WRITERS = 64;
/** Two pools of these are as many as PostgreSQL takes as installed. */
const CONNECTIONS = 40;
const PROOFS = 500;
const KIT_ENTRIES = 100_000;
const RESULTS_FILE = join(import.meta.dirname, '..', 'RESULTS-LOG.md');

const { values: options } = parseArgs({
  options: {
    entries: { type: 'string', default: '1000000' },
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
  },
});
const entries = Number(options.entries);
const seconds = Number(options.seconds);
const rounds = Number(options.rounds);

interface Rate {
  readonly perSecond: number;
  readonly cpuMicroseconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Each writer waits for its entry before it brings the next. `pauseMs`: how long it rests between. */
async function appendRate(contender: Contender, forMs: number, pauseMs = 0): Promise<Rate> {
  const latencies: number[] = [];
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  const write = async () => {
    while (performance.now() - startedAt < forMs) {
      if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, Math.random() * 2 * pauseMs));
      const before = performance.now();
      await contender.append(nextEntry());
      latencies.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, write));
  const elapsedMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpu);
  return {
    perSecond: latencies.length / (elapsedMs / 1_000),
    cpuMicroseconds: (user + system) / latencies.length,
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
  };
}

/** What the rounds before left to be taken into the tree is not what a gateway at this pace has to do. */
async function pacedRate(record: Record): Promise<Rate> {
  await record.log.publish();
  await appendRate(record, 2_000, WRITERS);
  return appendRate(record, seconds * 1_000, WRITERS);
}

/** Interleaved, so that a slow minute of the machine is everybody's. */
async function appendRates(contenders: readonly Contender[]): Promise<ReadonlyMap<string, Rate>> {
  for (const contender of contenders) await appendRate(contender, 2_000);
  const measured = new Map<string, Rate[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const contender of contenders)
      measured.get(contender.name)?.push(await appendRate(contender, seconds * 1_000));
  return new Map([...measured].map(([name, rates]) => [name, medianRate(rates)]));
}

function medianRate(rates: readonly Rate[]): Rate {
  return {
    perSecond: median(rates.map(({ perSecond }) => perSecond)),
    cpuMicroseconds: median(rates.map(({ cpuMicroseconds }) => cpuMicroseconds)),
    p50Ms: median(rates.map(({ p50Ms }) => p50Ms)),
    p99Ms: median(rates.map(({ p99Ms }) => p99Ms)),
  };
}

interface LargeLog {
  readonly proofP50Ms: number;
  readonly proofP99Ms: number;
  readonly bytesPerEntry: number;
  readonly fsckSeconds: number;
  readonly kitSeconds: number;
  readonly verifySeconds: number;
}

async function fill(record: Record, size: number, snapshot: string): Promise<void> {
  while ((await record.stores.log.sequenced()) < size)
    await Promise.all(Array.from({ length: 1_000 }, () => record.append({ ...nextEntry(), snapshot })));
  await record.log.publish();
}

async function measureLarge(directory: string): Promise<LargeLog> {
  const data = join(directory, 'large');
  const masterKey = 'AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=';
  const environment = {
    ...process.env,
    BARTIZAN_DATA: data,
    BARTIZAN_MASTER_KEY: masterKey,
    BARTIZAN_LOG_ORIGIN: ORIGIN,
  };
  const bartizan = (...args: readonly string[]) =>
    timeOf([join('src', 'cli', 'bartizan.ts'), ...args], environment);
  // Every interaction names the configuration that it was served by, which the verifier looks for.
  const configuration = join(directory, 'bartizan.json');
  writeFileSync(configuration, '{ "version": 1, "applications": { "demo": {} } }');
  bartizan('apply', '-f', configuration);
  const record = await embeddedRecord(data, Buffer.from(masterKey, 'base64'));
  const current = await record.stores.configurations.current();
  await fill(record, entries, `${current?.version}-${current?.digest.slice(0, 12)}`);
  const proofs: number[] = [];
  for (let proof = 0; proof < PROOFS; proof++) {
    const index = Math.floor(Math.random() * entries);
    const before = performance.now();
    if ((await record.log.prove(index)) === undefined) throw new Error(`entry ${index} has no proof`);
    proofs.push(performance.now() - before);
  }
  const verifierKey = record.log.verifierKey;
  const first = await record.stores.audit.read({ after: entries - Math.min(entries, KIT_ENTRIES), limit: 1 });
  const from = new Date(
    (JSON.parse(first[0]?.leaf ?? '') as { entry: { at: number } }).entry.at,
  ).toISOString();
  await record.close();
  const bytes = readdirSync(data).reduce((sum, name) => sum + statSync(join(data, name)).size, 0);
  const kit = join(directory, 'kit.zip');
  return {
    proofP50Ms: quantile(proofs, 0.5),
    proofP99Ms: quantile(proofs, 0.99),
    bytesPerEntry: bytes / entries,
    fsckSeconds: bartizan('audit', 'fsck'),
    kitSeconds: bartizan('audit', 'kit', '--from', from, '-o', kit),
    verifySeconds: bartizan('audit', 'verify', kit, '--key', verifierKey),
  };
}

function timeOf(args: readonly string[], env: NodeJS.ProcessEnv): number {
  const before = performance.now();
  execFileSync(process.execPath, args, {
    cwd: PROJECT_DIRECTORY,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return (performance.now() - before) / 1_000;
}

async function withSchema<T>(work: (url: string) => Promise<T>): Promise<T | undefined> {
  const base = process.env['BARTIZAN_TEST_POSTGRES_URL'];
  if (base === undefined) return undefined;
  const schema = `bench_${process.pid}`;
  const client = new pg.Client({ connectionString: base });
  await client.connect();
  await client.query(`create schema ${schema}`);
  const url = new URL(base);
  url.searchParams.set('options', `-c search_path=${schema}`);
  try {
    return await work(url.href);
  } finally {
    await client.query(`drop schema ${schema} cascade`);
    await client.end();
  }
}

async function closing<T>(contenders: readonly Contender[], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    for (const contender of contenders) await contender.close();
  }
}

interface Findings {
  readonly syncMs: number;
  readonly rates: ReadonlyMap<string, Rate>;
  readonly paced: Rate;
  readonly large: LargeLog;
}

async function measure(directory: string): Promise<Findings> {
  const syncMs = syncMilliseconds(directory);
  const record = await embeddedRecord(join(directory, 'record'));
  const embedded = [record, embeddedInserts(directory), embeddedChain(directory)];
  const [rates, paced] = await closing(embedded, async () => [
    await appendRates(embedded),
    await pacedRate(record),
  ]);
  const postgres = await withSchema(async (url) => {
    const contenders = [
      await postgresRecord(url),
      await postgresInserts(url, CONNECTIONS),
      await postgresChain(url, CONNECTIONS),
    ];
    return closing(contenders, () => appendRates(contenders));
  });
  return {
    syncMs,
    rates: new Map([...rates, ...(postgres ?? [])]),
    paced,
    large: await measureLarge(directory),
  };
}

interface Target {
  readonly what: string;
  readonly measured: number | undefined;
  readonly limit: number;
  readonly isAtLeast?: true;
  readonly unit: string;
}

function targetsOf({ rates, paced, large }: Findings): readonly Target[] {
  const rate = (name: string) => rates.get(name)?.perSecond;
  return [
    {
      what: `entries sequenced durably per second, embedded, ${WRITERS} waiting writers`,
      measured: rate('the record, embedded'),
      limit: 15_000,
      isAtLeast: true,
      unit: '/s',
    },
    {
      what: `entries sequenced durably per second, PostgreSQL, ${WRITERS} waiting writers`,
      measured: rate('the record, PostgreSQL'),
      limit: 8_000,
      isAtLeast: true,
      unit: '/s',
    },
    {
      what: `durable record of one request, ${WRITERS} connections, about 1,000 requests a second, p50`,
      measured: paced.p50Ms,
      limit: 2,
      unit: ' ms',
    },
    { what: 'the same, p99', measured: paced.p99Ms, limit: 10, unit: ' ms' },
    {
      what: `inclusion proof from a log of ${entries.toLocaleString('en')}, p50`,
      measured: large.proofP50Ms,
      limit: 1,
      unit: ' ms',
    },
    {
      what: `fsck of ${entries.toLocaleString('en')} entries`,
      measured: large.fsckSeconds,
      limit: 15,
      unit: ' s',
    },
    {
      what: `verifying a kit of ${KIT_ENTRIES.toLocaleString('en')}`,
      measured: large.verifySeconds,
      limit: 5,
      unit: ' s',
    },
    { what: 'bytes on disk per entry without content', measured: large.bytesPerEntry, limit: 600, unit: '' },
  ];
}

function number(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}

function page(findings: Findings): string {
  const { rates, paced, large, syncMs } = findings;
  const targets = targetsOf(findings).map(({ what, measured, limit, isAtLeast, unit }) => {
    const isMet = measured !== undefined && (isAtLeast ? measured >= limit : measured <= limit);
    const shown = measured === undefined ? 'not measured' : `${number(measured)}${unit}`;
    return `| ${what} | ${isAtLeast ? '≥' : '≤'} ${limit.toLocaleString('en')}${unit} | ${shown} | ${isMet ? 'met' : '**not met**'} |`;
  });
  const against = (name: string) => rates.get(`the record, ${name.split(', ')[1]}`)?.perSecond ?? Number.NaN;
  const contenders = [...rates].map(
    ([name, { perSecond, cpuMicroseconds, p50Ms, p99Ms }]) =>
      `| ${name} | ${number(perSecond)} | ${number(perSecond / against(name))} × | ${number(cpuMicroseconds)} | ${number(p50Ms)} | ${number(p99Ms)} |`,
  );
  const machine = describeMachine(chooseCores(), syncMs, false).map(
    ([what, value]) => `| ${what} | ${value} |`,
  );
  return `# Bench: the record

Written by \`npm run bench:log\`; do not edit. Trust the ratios more than the figures: they depend on the machine, and on its disk.

| what | target | measured | |
| --- | ---: | ---: | ---: |
${targets.join('\n')}

Writing the kit took ${number(large.kitSeconds)} s; proofs p99 ${number(large.proofP99Ms)} ms. Both commands' times hold their start. At about ${number(paced.perSecond)} entries a second the record costs ${number(paced.cpuMicroseconds)} µs of processor time each.

## Beside what a team would do instead

${WRITERS} writers, each waiting for its entry to be durable before it brings the next; ${rounds} rounds of ${seconds} s, interleaved, medians. Neither of the others conceals persons, numbers entries, or can be verified by somebody else; the chain cannot even show that its end was not cut off.

| what appends | entries/s | against the record | CPU µs each (this process) | p50 ms | p99 ms |
| --- | ---: | ---: | ---: | ---: | ---: |
${contenders.join('\n')}

## Method

The record is measured as the gateway uses it: concealed under subjects' keys (500 persons), sequenced in groups, taken into the tree and published each second meanwhile. Plain inserts and the chain commit each entry alone, with ${CONNECTIONS} connections in PostgreSQL. SQLite with WAL and \`synchronous=FULL\`; PostgreSQL as installed, \`synchronous_commit=on\`. The large log is filled through the same door; fsck, kit and verification are the commands, from sources.

| machine | |
| --- | --- |
${machine.join('\n')}
`;
}

mkdirSync(CACHE_DIRECTORY, { recursive: true });
const directory = mkdtempSync(join(CACHE_DIRECTORY, 'log-'));
try {
  mkdirSync(join(directory, 'large'));
  const text = page(await measure(directory));
  console.log(text);
  if (entries >= 1_000_000) writeFileSync(RESULTS_FILE, text);
} finally {
  rmSync(directory, { recursive: true, force: true });
}
