/** `node bench/profile.ts [load]`: where the gateway's time goes under one of the bench's loads, function by function. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startBartizan, startUpstream, type BartizanName, type Ground } from './contenders.ts';
import { chooseCores, pinSelf } from './cores.ts';
import { LOADS, LOAD_NAMES, measureRound } from './loads.ts';
import { CACHE_DIRECTORY, PROJECT_DIRECTORY } from './places.ts';
import { cpuSecondsByThread } from './process-figures.ts';
import { readTimes, type CpuProfile, type FunctionTime, type ProfileTimes, type Span } from './self-time.ts';

const TOP = 30;
const TOP_INCLUSIVE = 60;
const INTERVAL_MICROSECONDS = 250;
/** The compiler is done with a server of this size by then, and no longer runs beside it. */
const WARM_UP_SECONDS = 10;

interface Profiled {
  readonly answers: number;
  readonly answersPerSecond: number;
  readonly cpuMicrosecondsPerAnswer: number;
  /** Processor time of the load, by thread. */
  readonly threadSeconds: ReadonlyMap<string, number>;
  /** The busiest thread first. */
  readonly threads: readonly ProfileTimes[];
}

function monotonicMicroseconds(): number {
  return Number(process.hrtime.bigint() / 1_000n);
}

function profilesIn(directory: string, span: Span): ProfileTimes[] {
  return readdirSync(directory)
    .map((name): CpuProfile => JSON.parse(readFileSync(join(directory, name), 'utf8')))
    .map((profile) => readTimes(profile, span))
    .toSorted((a, b) => b.busyMicroseconds - a.busyMicroseconds);
}

async function profile(
  ground: Ground,
  name: BartizanName,
  load: (typeof LOADS)[keyof typeof LOADS],
  seconds: number,
): Promise<Profiled> {
  const profiles = join(ground.directory, 'profiles');
  mkdirSync(profiles);
  const nodeArgs = [
    '--cpu-prof',
    `--cpu-prof-dir=${profiles}`,
    `--cpu-prof-interval=${INTERVAL_MICROSECONDS}`,
  ];
  const upstream = await startUpstream(ground);
  const gateway = await startBartizan(ground, upstream.process.port, name, nodeArgs);
  await measureRound(gateway, load, WARM_UP_SECONDS);
  const before = cpuSecondsByThread(gateway.process.pid);
  const from = monotonicMicroseconds();
  const figures = await measureRound(gateway, load, seconds);
  const to = monotonicMicroseconds();
  const after = [...cpuSecondsByThread(gateway.process.pid)];
  const threadSeconds = new Map(
    after.map(([thread, seconds]) => [thread, seconds - (before.get(thread) ?? 0)]),
  );
  await gateway.process.stop();
  await upstream.process.stop();
  return { ...figures, threadSeconds, threads: profilesIn(profiles, { from, to }) };
}

function placeOf({ file, line }: FunctionTime): string {
  if (file === '') return '';
  const path = file.startsWith('file:') ? relative(PROJECT_DIRECTORY, fileURLToPath(file)) : file;
  return `${path}:${line}`;
}

/** The folder of our own code, the package of another's, or Node's internals. */
function ownerOf({ file, name }: FunctionTime): string {
  if (file === '') return name.startsWith('(') ? name : '(native)';
  if (file.startsWith('node:')) return 'node';
  const path = placeOf({ file, line: 0 } as FunctionTime);
  const package_ = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
  return package_ ?? path.split('/').slice(0, -1).join('/');
}

interface Line {
  readonly label: string;
  readonly self: number;
  readonly total?: number;
}

function printTable(
  title: string,
  lines: readonly Line[],
  { busyMicroseconds }: ProfileTimes,
  answers: number,
): void {
  const perAnswer = (microseconds: number) => (microseconds / answers).toFixed(1).padStart(7);
  console.log(`\n   self  µs/ans   total  ${title}`);
  for (const { label, self, total } of lines) {
    const share = `${((self / busyMicroseconds) * 100).toFixed(1)} %`.padStart(7);
    console.log(
      `${share} ${perAnswer(self)} ${total === undefined ? ''.padStart(7) : perAnswer(total)}  ${label}`,
    );
  }
}

function lineOf(each: FunctionTime): Line {
  const label = `${each.name}  ${placeOf(each)}`;
  return { label, self: each.selfMicroseconds, total: each.totalMicroseconds };
}

function grouped(
  functions: readonly FunctionTime[],
  labelOf: (each: FunctionTime) => string,
): readonly Line[] {
  return [...Map.groupBy(functions, labelOf)]
    .map(([label, own]) => ({ label, self: own.reduce((sum, each) => sum + each.selfMicroseconds, 0) }))
    .toSorted((a, b) => b.self - a.self)
    .slice(0, TOP);
}

function printThread(thread: ProfileTimes, answers: number): void {
  const { functions } = thread;
  const bySelf = functions.toSorted((a, b) => b.selfMicroseconds - a.selfMicroseconds).slice(0, TOP);
  const ours = functions.filter((each) => placeOf(each).startsWith('src/'));
  const byTotal = ours.toSorted((a, b) => b.totalMicroseconds - a.totalMicroseconds).slice(0, TOP_INCLUSIVE);
  printTable('by function', bySelf.map(lineOf), thread, answers);
  printTable('by owner', grouped(functions, ownerOf), thread, answers);
  printTable(
    'by our own file',
    grouped(ours, (each) => placeOf(each).replace(/:\d+$/, '')),
    thread,
    answers,
  );
  printTable('our own functions with all that they call', byTotal.map(lineOf), thread, answers);
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '10' },
    /** Without guardrails, the record asynchronous. */
    light: { type: 'boolean', default: false },
  },
});
const wanted = positionals[0] ?? 'answers-64';
const loadName = LOAD_NAMES.find((name) => name === wanted);
if (loadName === undefined)
  throw new Error(`there is no load named ${wanted}; there are ${LOAD_NAMES.join(', ')}`);

mkdirSync(CACHE_DIRECTORY, { recursive: true });
const directory = mkdtempSync(join(CACHE_DIRECTORY, 'profile-'));
process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
const cores = chooseCores();
pinSelf(cores.load);
const name = values.light ? 'bartizan-light' : 'bartizan';
const profiled = await profile({ directory, cores }, name, LOADS[loadName], Number(values.seconds));

console.log(
  `${name}, ${LOADS[loadName].title}: ${Math.round(profiled.answersPerSecond)} answers/s, ${Math.round(profiled.cpuMicrosecondsPerAnswer)} µs of processor time each (with the profiler on)`,
);
for (const [thread, seconds] of profiled.threadSeconds)
  console.log(`${((seconds * 1e6) / profiled.answers).toFixed(1).padStart(7)} µs each in ${thread}`);
profiled.threads.forEach((thread, index) => {
  console.log(
    `\nThread ${index + 1}: ${(thread.busyMicroseconds / profiled.answers).toFixed(1)} µs busy per answer, by samples of the wall clock: what waits for the disk or for its core counts`,
  );
  printThread(thread, profiled.answers);
});
