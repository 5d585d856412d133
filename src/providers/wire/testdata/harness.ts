/** What tests of providers have in common: bodies cut anywhere, answers read to their end, golden files. */
import { readdirSync, readFileSync } from 'node:fs';
import { EventStreamCodec, type MessageHeaders } from '@smithy/eventstream-codec';
import type { Json, JsonObject } from '../../../base/json.ts';
import type { ChatEvent } from '../../../domain/chat.ts';
import type {
  FrameReading,
  Provider,
  ProviderBody,
  ProviderCall,
  WireAnswer,
  WireFrame,
} from '../../../modules/inference/provider.ts';
import type { TransportAnswer } from '../../../modules/inference/transport.ts';
import { anthropic } from '../../anthropic/anthropic.ts';
import { createAwsBedrock } from '../../aws-bedrock/aws-bedrock.ts';
import { azureOpenai } from '../../azure-openai/azure-openai.ts';
import { google } from '../../google/google.ts';
import { openaiCompatible } from '../../openai-compatible/openai-compatible.ts';
import { openai } from '../../openai/openai.ts';
import { simulator } from '../../simulator/simulator.ts';

export const NOW = Date.UTC(2026, 10, 23, 12, 0, 0);

/** Every provider, configured as a test wants it. */
export function providerOf(kind: string, config: JsonObject = {}, credential: string | null = 'test-key'): Provider {
  switch (kind) {
    case 'openai':
      return openai.create(openai.config.parse(config), credential);
    case 'azure.openai':
      return azureOpenai.create(
        azureOpenai.config.parse({ base_url: 'https://acme.openai.azure.com', ...config }),
        credential,
      );
    case 'openai-compatible':
      return openaiCompatible.create(openaiCompatible.config.parse(config), credential);
    case 'anthropic':
      return anthropic.create(anthropic.config.parse(config), credential);
    case 'google':
      return google.create(google.config.parse(config), credential);
    case 'aws.bedrock':
      return createAwsBedrock(
        { aws_region: 'us-east-1', ...config },
        credential === 'test-key' ? 'AKIDEXAMPLE0EXAMPLE:x' : credential,
        () => NOW,
      );
    case 'simulator':
      return simulator.create(simulator.config.parse(config), null);
    default:
      throw new Error(`no provider ${kind}`);
  }
}

/** The provider that a golden file is about. */
export function kindOf(header: JsonObject): string {
  const kind = header['provider'];
  return typeof kind === 'string' ? kind : '';
}

export async function* cutAt(bytes: Buffer, cuts: readonly number[]): AsyncGenerator<Buffer> {
  let from = 0;
  for (const cut of [...cuts, bytes.length].sort((a, b) => a - b)) {
    if (cut <= from) continue;
    yield bytes.subarray(from, cut);
    from = cut;
  }
}

export function transportAnswer(bytes: Buffer, contentType: string, cuts: readonly number[] = []): TransportAnswer {
  return {
    status: 200,
    headers: { 'content-type': contentType, 'x-amzn-requestid': 'request-1' },
    body: cutAt(bytes, cuts),
  };
}

export interface ReadAnswer {
  readonly frames: readonly WireFrame[];
  readonly readings: readonly FrameReading[];
  readonly events: readonly ChatEvent[];
  readonly complete: boolean;
}

export async function readAll(answer: WireAnswer): Promise<ReadAnswer> {
  const frames: WireFrame[] = [];
  const readings: FrameReading[] = [];
  const events: ChatEvent[] = [];
  for await (const frame of answer.frames) {
    frames.push(frame);
    readings.push(answer.reader.read(frame));
    if (answer.stream) events.push(...answer.reader.decode(frame));
  }
  return { frames, readings, events, complete: answer.reader.isComplete() };
}

/** The text of each window, those of one name put together until it ends. */
export function windowsOf(readings: readonly FrameReading[]): Record<string, string> {
  const windows: Record<string, string> = {};
  for (const { texts } of readings) for (const { window, text } of texts) windows[window] = (windows[window] ?? '') + text;
  return windows;
}

export function callFor(header: JsonObject, body: ProviderBody): ProviderCall {
  return {
    operation: (header['operation'] ?? 'chat') as ProviderCall['operation'],
    model: String(header['model'] ?? 'a-model'),
    stream: header['stream'] === true,
    body,
  };
}

export const CHAT_BODY: ProviderBody = {
  kind: 'chat',
  request: { model: 'm', messages: [], tools: [], stream: false },
};

export function nativeBody(dialect: 'openai.chat' | 'openai.responses', json: Json): ProviderBody {
  return { kind: 'native', dialect, json, bytes: Buffer.from(JSON.stringify(json)) };
}

export interface GoldenCase {
  readonly name: string;
  readonly path: string;
  readonly header: JsonObject;
  readonly input: string;
  readonly expected: string;
}

const RULE = '\n----------\n';

/** `<first line: JSON header>`, input, rule, expected. */
export function goldenCases(folder: URL, kind: string): GoldenCase[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith(`${kind}_`) && name.endsWith('.txt'))
    .sort()
    .map((name) => {
      const path = new URL(name, folder);
      const [head = '', expected = ''] = readFileSync(path, 'utf8').split(RULE);
      const lineEnd = head.indexOf('\n');
      return {
        name,
        path: path.pathname,
        header: JSON.parse(head.slice(0, lineEnd)) as JsonObject,
        input: head.slice(lineEnd + 1),
        expected,
      };
    });
}

export const RULE_LINE = RULE;

const codec = new EventStreamCodec(
  (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8'),
  (text: string) => Buffer.from(text, 'utf8'),
);

/** Lines of `name {json}` as AWS's binary event stream; a name with `!` is an exception. */
export function eventStream(lines: string): Buffer {
  const messages = lines
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const space = line.indexOf(' ');
      const name = line.slice(0, space);
      const isException = name.startsWith('!');
      const headers: MessageHeaders = {
        [isException ? ':exception-type' : ':event-type']: { type: 'string', value: name.replace('!', '') },
        ':content-type': { type: 'string', value: 'application/json' },
        ':message-type': { type: 'string', value: isException ? 'exception' : 'event' },
      };
      return Buffer.from(codec.encode({ headers, body: Buffer.from(line.slice(space + 1)) }));
    });
  return Buffer.concat(messages);
}

export function answerBytes(header: JsonObject, input: string): { bytes: Buffer; contentType: string } {
  const isStream = header['stream'] === true;
  if (header['provider'] === 'aws.bedrock' && isStream) {
    return { bytes: eventStream(input), contentType: 'application/vnd.amazon.eventstream' };
  }
  if (!isStream) return { bytes: Buffer.from(input), contentType: 'application/json' };
  return { bytes: Buffer.from(input.endsWith('\n\n') ? input : `${input}\n\n`), contentType: 'text/event-stream' };
}
