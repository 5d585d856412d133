/** What the project promises, and whether this run kept it. */
import type { ContenderName } from './contenders.ts';
import { differenceOf, medianOf, ratioOf, type RoundFigures } from './figures.ts';
import { LOADS, type LoadName } from './loads.ts';
import type { MemoryFigures } from './memory.ts';
import { MODELS } from './models.ts';

/** Rounds of each load for each server. */
export type Measured = ReadonlyMap<LoadName, ReadonlyMap<ContenderName, readonly RoundFigures[]>>;

export interface Outcome {
  readonly what: string;
  readonly target: string;
  readonly measured: string;
  readonly isMet: boolean;
}

/** Undefined where a load or a server was left out. */
type Judge = (measured: Measured, memory: MemoryFigures | undefined) => Outcome | undefined;

const FULL_MEMORY_REQUESTS = 200_000;

function times(value: number): string {
  return `${value.toFixed(2)} ×`;
}

function milliseconds(value: number): string {
  return `${value.toFixed(2)} ms`;
}

function rateTarget(name: ContenderName, against: ContenderName, atLeast: number, remark = ''): Judge {
  return (measured) => {
    const load = measured.get('answers-64');
    const [rounds, others] = [load?.get(name), load?.get(against)];
    if (!rounds || !others) return undefined;
    const ratio = ratioOf(rounds, others, 'answersPerSecond');
    const cpu = 1 / ratioOf(rounds, others, 'cpuMicrosecondsPerAnswer');
    return {
      what: `answers per second, ${LOADS['answers-64'].connections} connections: ${name} against ${against}`,
      target: `≥ ${atLeast} ×${remark}`,
      measured: `${times(ratio)} (by processor time per answer ${times(cpu)})`,
      isMet: ratio >= atLeast,
    };
  };
}

function latencyTarget(figure: 'p50Ms' | 'p99Ms', atMost: number): Judge {
  return (measured) => {
    const load = measured.get('answers-1');
    const [rounds, direct] = [load?.get('bartizan'), load?.get('direct')];
    if (!rounds || !direct) return undefined;
    const added = differenceOf(rounds, direct, figure);
    return {
      what: `latency added over direct, 1 connection, ${figure === 'p50Ms' ? 'p50' : 'p99'}`,
      target: `≤ ${atMost} ms`,
      measured: milliseconds(added),
      isMet: added <= atMost,
    };
  };
}

/** Against the same gateway without guardrails: what remains is the scanning alone. */
function firstTokenTarget(name: 'streams-1' | 'paced-8'): Judge {
  return (measured) => {
    const load = measured.get(name);
    const [rounds, unscanned] = [load?.get('bartizan'), load?.get('bartizan-unscanned')];
    if (!rounds || !unscanned) return undefined;
    const added = differenceOf(rounds, unscanned, 'firstTokenP50Ms');
    const { paceMs } = MODELS[LOADS[name].model];
    const heldEvents = paceMs > 0 ? Math.max(0, Math.round(added / paceMs)) : 0;
    const beyond = added - heldEvents * paceMs;
    return {
      what: `time to first token added by scanning (${LOADS[name].title})`,
      target: '≤ hold-back + 1 ms',
      measured:
        paceMs > 0
          ? `hold-back ${heldEvents} events (${heldEvents * paceMs} ms), and ${milliseconds(beyond)}`
          : milliseconds(beyond),
      isMet: beyond <= 1,
    };
  };
}

function linearTarget(figure: 'nanosecondsPerByte' | 'cpuNanosecondsPerByte', what: string): Judge {
  return (measured) => {
    const long = measured.get('stream-1-mb')?.get('bartizan');
    const short = measured.get('stream-100-kb')?.get('bartizan');
    if (!long || !short) return undefined;
    const ratio = medianOf(long, figure) / medianOf(short, figure);
    return {
      what: `1 MB stream against 100 KB stream, ${what} per byte`,
      target: '≤ 1.2 ×',
      measured: times(ratio),
      isMet: ratio <= 1.2,
    };
  };
}

function memoryTarget(): Judge {
  return (_measured, memory) => {
    if (memory === undefined) return undefined;
    const requests = memory.points.at(-1)?.requests ?? 0;
    const isShort = requests < FULL_MEMORY_REQUESTS;
    const counts = `${requests.toLocaleString('en')} requests against after ${(requests / 10).toLocaleString('en')}`;
    return {
      what: `memory after ${counts}${isShort ? ' (shortened: --full measures the target)' : ''}`,
      target: '≤ 1.1 ×',
      measured: times(memory.ratio),
      isMet: memory.ratio <= 1.1,
    };
  };
}

const JUDGES: readonly Judge[] = [
  rateTarget('bartizan', 'pass-through', 0.35, ' (aim 0.5 ×)'),
  rateTarget('bartizan-light', 'pass-through', 0.6),
  rateTarget('bartizan', 'portkey', 4),
  latencyTarget('p50Ms', 1.5),
  latencyTarget('p99Ms', 5),
  firstTokenTarget('streams-1'),
  firstTokenTarget('paced-8'),
  linearTarget('nanosecondsPerByte', 'time'),
  linearTarget('cpuNanosecondsPerByte', 'processor time'),
  memoryTarget(),
];

export function judgeTargets(measured: Measured, memory: MemoryFigures | undefined): readonly Outcome[] {
  return JUDGES.map((judge) => judge(measured, memory)).filter((outcome) => outcome !== undefined);
}
