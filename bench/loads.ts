/** The loads: what is asked, how much of it at once, and of whom. */
import { requestsFor, type Contender, type ContenderName, type Question } from './contenders.ts';
import { quantile, type RoundFigures } from './figures.ts';
import { runLoop } from './load/closed-loop.ts';
import type { Answer } from './load/connection.ts';
import { cpuSeconds } from './process-figures.ts';

export interface Load extends Question {
  readonly title: string;
  readonly connections: number;
  readonly contenders: readonly ContenderName[];
  /** A round is never shorter, where one answer takes long by itself. */
  readonly leastSeconds: number;
}

const ALL = ['direct', 'pass-through', 'bartizan', 'bartizan-light', 'portkey'] as const;

export const LOADS = {
  'answers-64': {
    title: '64 connections, 1 KB question, 1 KB answer',
    model: 'bench-answer',
    isStreaming: false,
    connections: 64,
    leastSeconds: 0,
    contenders: ALL,
  },
  'answers-1': {
    title: '1 connection, 1 KB question, 1 KB answer',
    model: 'bench-answer',
    isStreaming: false,
    connections: 1,
    leastSeconds: 0,
    contenders: [...ALL, 'bartizan-unscanned'],
  },
  'streams-16': {
    title: '16 connections, 1 KB answer streamed in 50 chunks as fast as they are taken',
    model: 'bench-answer',
    isStreaming: true,
    connections: 16,
    leastSeconds: 0,
    contenders: ALL,
  },
  'streams-1': {
    title: '1 connection, 1 KB answer streamed in 50 chunks as fast as they are taken',
    model: 'bench-answer',
    isStreaming: true,
    connections: 1,
    leastSeconds: 0,
    contenders: [...ALL, 'bartizan-unscanned'],
  },
  'paced-8': {
    title: '8 connections, 1 KB answer streamed in 50 chunks, one each 20 ms',
    model: 'bench-paced',
    isStreaming: true,
    connections: 8,
    leastSeconds: 4,
    contenders: [...ALL, 'bartizan-unscanned'],
  },
  'stream-100-kb': {
    title: '1 connection, an answer of 100,000 characters streamed, paced by back-pressure alone',
    model: 'bench-100-kb',
    isStreaming: true,
    connections: 1,
    leastSeconds: 0,
    contenders: ALL,
  },
  'stream-1-mb': {
    title: '1 connection, an answer of 1,000,000 characters streamed, paced by back-pressure alone',
    model: 'bench-1-mb',
    isStreaming: true,
    connections: 1,
    leastSeconds: 0,
    contenders: ALL,
  },
} as const satisfies Record<string, Load>;

export type LoadName = keyof typeof LOADS;
export const LOAD_NAMES = Object.keys(LOADS) as readonly LoadName[];

/** The load on one server for so long. */
export async function measureRound(
  contender: Contender,
  load: Load,
  wantedSeconds: number,
): Promise<RoundFigures> {
  const seconds = Math.max(wantedSeconds, load.leastSeconds);
  const { pid, port } = contender.process;
  const requests = requestsFor(contender, load);
  const cpuBefore = cpuSeconds(pid);
  const { answers, late, failures } = await runLoop({
    port,
    requests,
    connections: load.connections,
    isWatchingForToken: load.isStreaming,
    until: { seconds },
  });
  const cpu = cpuSeconds(pid) - cpuBefore;
  const latencies = answers.map(({ latencyMs }) => latencyMs);
  const firstTokens = answers.map(({ firstTokenMs }) => firstTokenMs ?? Number.NaN);
  const bytes = bytesOf(answers);
  return {
    answersPerSecond: answers.length / seconds,
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    firstTokenP50Ms: quantile(firstTokens, 0.5),
    firstTokenP99Ms: quantile(firstTokens, 0.99),
    cpuMicrosecondsPerAnswer: (cpu / (answers.length + late.length)) * 1e6,
    cpuNanosecondsPerByte: (cpu / (bytes + bytesOf(late))) * 1e9,
    nanosecondsPerByte: (latencies.reduce((sum, each) => sum + each, 0) / bytes) * 1e6,
    coreShare: cpu / seconds,
    answers: answers.length,
    failures,
  };
}

function bytesOf(answers: readonly Answer[]): number {
  return answers.reduce((sum, { bytes }) => sum + bytes, 0);
}
