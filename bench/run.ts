/** `npm run bench`: this gateway beside a pass-through proxy and its nearest peer, in one run. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  startBartizan,
  startPassThrough,
  startPortkey,
  startUpstream,
  type Contender,
  type ContenderName,
  type Ground,
} from './contenders.ts';
import { chooseCores, pinSelf } from './cores.ts';
import type { RoundFigures } from './figures.ts';
import { LOADS, measureRound, type Load } from './loads.ts';
import { describeMachine, syncMilliseconds } from './machine.ts';
import { measureMemory, type MemoryFigures } from './memory.ts';
import { isComplete, readOptions, USAGE, type Options } from './options.ts';
import { CACHE_DIRECTORY } from './places.ts';
import { loadTable, resultsPage, summary } from './report.ts';
import { installPortkey } from './servers/portkey.ts';
import type { Measured } from './targets.ts';
import { verifyAnswers, verifyControls } from './verify.ts';

const MEMORY_REQUESTS = { full: 200_000, short: 20_000 };
const RESULTS_FILE = join(import.meta.dirname, 'RESULTS.md');

type Contenders = ReadonlyMap<ContenderName, Contender>;

async function startAll(ground: Ground, { hasPortkey }: Options): Promise<Contenders> {
  const upstream = await startUpstream(ground);
  const { port } = upstream.process;
  const all = [
    upstream,
    await startPassThrough(ground, port),
    await startBartizan(ground, port, 'bartizan'),
    await startBartizan(ground, port, 'bartizan-unscanned'),
    await startBartizan(ground, port, 'bartizan-light'),
    ...(hasPortkey ? [await startPortkey(ground, port)] : []),
  ];
  return new Map(all.map((contender) => [contender.name, contender]));
}

async function verifyAll(contenders: Contenders): Promise<void> {
  for (const contender of contenders.values()) {
    await verifyAnswers(contender);
    if (contender.name.startsWith('bartizan')) await verifyControls(contender, contender.name === 'bartizan');
    console.log(`${contender.name} answers as it should (process ${contender.process.pid})`);
  }
}

async function measureLoad(
  load: Load,
  contenders: Contenders,
  { rounds, seconds, warmUpSeconds }: Options,
): Promise<ReadonlyMap<ContenderName, readonly RoundFigures[]>> {
  const running = load.contenders.flatMap((name) => contenders.get(name) ?? []);
  const figures = new Map<ContenderName, RoundFigures[]>(running.map(({ name }) => [name, []]));
  for (const contender of running) await measureRound(contender, load, warmUpSeconds);
  for (let round = 0; round < rounds; round++)
    for (const contender of running)
      figures.get(contender.name)?.push(await measureRound(contender, load, seconds));
  return figures;
}

async function measureLoads(contenders: Contenders, options: Options): Promise<Measured> {
  const measured = new Map<
    (typeof options.loads)[number],
    ReadonlyMap<ContenderName, readonly RoundFigures[]>
  >();
  for (const name of options.loads) {
    measured.set(name, await measureLoad(LOADS[name], contenders, options));
    console.log(`\n${loadTable(name, measured) ?? ''}`);
  }
  return measured;
}

async function measureFreshMemory(
  ground: Ground,
  upstreamPort: number,
  isFull: boolean,
): Promise<MemoryFigures> {
  const fresh = await startBartizan(ground, upstreamPort, 'bartizan');
  try {
    return await measureMemory(fresh, isFull ? MEMORY_REQUESTS.full : MEMORY_REQUESTS.short);
  } finally {
    await fresh.process.stop();
  }
}

async function bench(options: Options, ground: Ground): Promise<void> {
  if (options.hasPortkey) installPortkey();
  pinSelf(ground.cores.load);
  const syncMs = syncMilliseconds(ground.directory);
  const contenders = await startAll(ground, options);
  await verifyAll(contenders);
  const measured = await measureLoads(contenders, options);
  for (const [name, { process }] of contenders) if (name !== 'direct') await process.stop();
  const upstreamPort = contenders.get('direct')?.process.port ?? 0;
  const memory = options.hasMemory
    ? await measureFreshMemory(ground, upstreamPort, options.isFull)
    : undefined;
  await contenders.get('direct')?.process.stop();
  const machine = describeMachine(ground.cores, syncMs, options.hasPortkey);
  const findings = { options, machine, measured, memory };
  console.log(`\n${summary(findings)}`);
  if (!isComplete(options)) return;
  writeFileSync(RESULTS_FILE, resultsPage(findings));
  console.log(`\nwritten to ${RESULTS_FILE}`);
}

const options = readOptions();
if (options === undefined) {
  console.log(USAGE);
} else {
  mkdirSync(CACHE_DIRECTORY, { recursive: true });
  const directory = mkdtempSync(join(CACHE_DIRECTORY, 'run-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  await bench(options, { directory, cores: chooseCores() });
}
