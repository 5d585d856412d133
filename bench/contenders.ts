/** Who takes part: how each server is started, and what a request to it looks like. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cores } from './cores.ts';
import type { ModelName } from './models.ts';
import { freePort, startServer, type ServerProcess } from './server-process.ts';
import { bartizan, type Controls } from './servers/bartizan.ts';
import { portkey } from './servers/portkey.ts';
import { questionText, VARIANTS } from './texts.ts';

export const CONTENDER_TITLES = {
  direct: 'the mock upstream itself, nothing between',
  'pass-through': 'node:http + undici Pool.dispatch, nothing done: the limit',
  bartizan: 'Bartizan, all controls on, durable record before release',
  'bartizan-unscanned': 'Bartizan, no guardrails, durable record before release',
  'bartizan-light': 'Bartizan, no guardrails, record async',
  portkey: "Portkey's open-source gateway, no guardrail",
} as const;

export type ContenderName = keyof typeof CONTENDER_TITLES;

const CONTROLS = {
  bartizan: { isScanning: true, record: 'before_release' },
  'bartizan-unscanned': { isScanning: false, record: 'before_release' },
  'bartizan-light': { isScanning: false, record: 'async' },
} as const satisfies Partial<Record<ContenderName, Controls>>;

export type BartizanName = keyof typeof CONTROLS;

export interface Contender {
  readonly name: ContenderName;
  readonly process: ServerProcess;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Question {
  readonly model: ModelName;
  readonly isStreaming: boolean;
}

export interface Ground {
  /** A directory for this run alone. */
  readonly directory: string;
  readonly cores: Cores;
}

export async function startUpstream({ directory, cores }: Ground): Promise<Contender> {
  const process = await startServer({
    name: 'upstream',
    args: [join(import.meta.dirname, 'servers', 'upstream.ts')],
    environment: {},
    core: cores.upstream,
    port: await freePort(),
    outputFile: join(directory, 'upstream.log'),
  });
  return { name: 'direct', process, headers: {} };
}

export async function startPassThrough(ground: Ground, upstreamPort: number): Promise<Contender> {
  const process = await startServer({
    name: 'pass-through',
    args: [join(import.meta.dirname, 'servers', 'pass-through.ts')],
    environment: { UPSTREAM_PORT: String(upstreamPort) },
    core: ground.cores.server,
    port: await freePort(),
    outputFile: join(ground.directory, 'pass-through.log'),
  });
  return { name: 'pass-through', process, headers: {} };
}

export async function startPortkey(ground: Ground, upstreamPort: number): Promise<Contender> {
  const port = await freePort();
  const process = await startServer({
    name: 'portkey',
    args: portkey.args(port),
    environment: portkey.environment,
    core: ground.cores.server,
    port,
    outputFile: join(ground.directory, 'portkey.log'),
  });
  return { name: 'portkey', process, headers: portkey.headers(upstreamPort) };
}

/** `nodeArgs` go before the program: a profiler's options. */
export async function startBartizan(
  ground: Ground,
  upstreamPort: number,
  name: BartizanName,
  nodeArgs: readonly string[] = [],
): Promise<Contender> {
  const port = await freePort();
  const directory = join(ground.directory, `${name}-${port}`);
  mkdirSync(directory, { recursive: true });
  const { args, environment, keyIn } = bartizan(directory, upstreamPort, CONTROLS[name]);
  const process = await startServer({
    name,
    args: [...nodeArgs, ...args],
    environment: { ...environment, BARTIZAN_PORT: String(port) },
    core: ground.cores.server,
    port,
    outputFile: join(directory, 'output.log'),
  });
  const key = await printedKey(process, keyIn);
  return { name, process, headers: { authorization: `Bearer ${key}` } };
}

/** @throws Error where it prints none in time */
export async function printedKey(
  process: Pick<ServerProcess, 'name' | 'output'>,
  keyIn: (output: string) => string | undefined,
): Promise<string> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const key = keyIn(process.output());
    if (key !== undefined) return key;
    await sleep(50);
  }
  throw new Error(`${process.name} printed no application key:\n${process.output().slice(-4_000)}`);
}

export function questionBody({ model, isStreaming }: Question, text: string): string {
  return JSON.stringify({
    model,
    messages: [
      { role: 'system', content: 'You are a helpful assistant for the staff of a public library.' },
      { role: 'user', content: text },
    ],
    temperature: 0.2,
    ...(isStreaming ? { stream: true, stream_options: { include_usage: true } } : {}),
  });
}

/** The bytes of every variant of a question, as this server wants to be asked. */
export function requestsFor({ process, headers }: Contender, question: Question): Buffer[] {
  return Array.from({ length: VARIANTS }, (_, variant) => {
    const body = Buffer.from(questionBody(question, questionText(variant)));
    const fields = {
      host: `127.0.0.1:${process.port}`,
      'content-type': 'application/json',
      accept: question.isStreaming ? 'text/event-stream' : 'application/json',
      'user-agent': 'bartizan-bench',
      ...headers,
      'content-length': String(body.length),
    };
    const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
    return Buffer.concat([Buffer.from(`POST /v1/chat/completions HTTP/1.1\r\n${lines.join('')}\r\n`), body]);
  });
}
