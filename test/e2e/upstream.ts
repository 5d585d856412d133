/** Every provider at once, on loopback: answers with recorded wire behavior, and remembers what it was asked. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { misbehave } from './misbehavior.ts';
import { recordedError, recordedJson, recordedStream, type Vendor } from './recordings.ts';

export interface Asked {
  readonly vendor: Vendor;
  /** The path after the vendor's own prefix, query included. */
  readonly path: string;
  readonly model: string;
  readonly scenario: string;
  readonly stream: boolean;
  readonly headers: IncomingMessage['headers'];
  /** As it came. */
  readonly text: string;
  readonly body: Body;
  /** Set where the connection was closed before the answer was whole. */
  cancelled: boolean;
}

// oxlint-disable-next-line typescript/no-explicit-any -- bodies of every dialect, looked into by tests
type Body = any;

export interface Upstream {
  readonly url: string;
  readonly asked: Asked[];
  /** The last request for a scenario. */
  last(scenario?: string): Asked;
  stop(): Promise<void>;
}

/** Between the events of the scenario `slow`. */
const SLOW_MS = 15;
export const SLOW_TEXT = Array.from({ length: 60 }, (_, i) => `word${i}`).join(' ');

/** Scenarios that say the same whatever they are asked. */
const FIXED: Readonly<Record<string, string>> = {
  slow: SLOW_TEXT,
  invents: 'Write to <EMAIL_ADDRESS_aaaaaaaaaa> instead.',
};

/** Scenarios that give the system prompt away, each in its own way of writing it. */
const LEAKS: Readonly<Record<string, (prompt: string) => string>> = {
  leaks: (prompt) => `Of course, it says: ${prompt}`,
  'leaks-base64': (prompt) => Buffer.from(`It says: ${prompt}`).toString('base64'),
  'leaks-reversed': (prompt) => Array.from(prompt).toReversed().join(''),
};

export async function startUpstream(): Promise<Upstream> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void answer(request, response, asked).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500).end(String(error));
      else response.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    last(scenario) {
      const found = asked.findLast((request) => scenario === undefined || request.scenario === scenario);
      if (!found) throw new Error(`nothing was asked of the upstream for ${scenario ?? 'anything'}`);
      return found;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, asked: Asked[]): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const understood = understand(request, Buffer.concat(chunks).toString('utf8'));
  asked.push(understood);
  response.once('close', () => {
    understood.cancelled = !response.writableFinished;
  });
  if (await misbehave(understood, response)) return;
  if (understood.scenario === 'quotes') return quote(understood, response);
  const error = /^error-(\d+)$/.exec(understood.scenario)?.[1];
  if (error !== undefined) return refuse(understood, Number(error), response);
  if (isCount(understood)) return send(response, recordedJson(understood.vendor, 'count', ''));
  if (isEmbedding(understood)) return send(response, embeddings(understood));
  await converse(understood, response);
}

/** `/openai/v1/chat/completions`: the first segment names the vendor, the model's last part the scenario. */
function understand({ url = '/', headers }: IncomingMessage, text: string): Asked {
  const [, folder = '', path = ''] = /^\/([^/]+)(\/.*)$/.exec(url) ?? [];
  const body = JSON.parse(text);
  const named = /\/models?\/([^/:?]+)/.exec(path)?.[1];
  const model = named === undefined ? String(body.model) : decodeURIComponent(named);
  const isResponses = path.includes('/responses');
  return {
    vendor: (isResponses ? 'openai-responses' : folder) as Vendor,
    path,
    model,
    scenario: model.split('.').at(-1) ?? '',
    stream:
      body.stream === true || path.includes('converse-stream') || path.includes('streamGenerateContent'),
    headers,
    text,
    body,
    cancelled: false,
  };
}

const isCount = ({ path }: Asked) => /count_?tokens/i.test(path);
const isEmbedding = ({ path }: Asked) => /embed/i.test(path);

function refuse({ vendor }: Asked, status: number, response: ServerResponse): void {
  const { headers, body } = recordedError(vendor === 'openai-responses' ? 'openai' : vendor, status);
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** An error that tells what it was sent. */
function quote(asked: Asked, response: ServerResponse): void {
  const error = { type: 'invalid_request_error', message: `This is too long: ${systemText(asked)}` };
  response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
}

function send(response: ServerResponse, body: string): void {
  response
    .writeHead(200, { 'content-type': 'application/json', 'x-amzn-requestid': 'b7a1-recorded' })
    .end(body);
}

async function converse(asked: Asked, response: ServerResponse): Promise<void> {
  const { vendor, scenario } = asked;
  const isSlow = scenario === 'slow';
  const fixed = LEAKS[scenario]?.(systemText(asked)) ?? FIXED[scenario];
  const isAnswered = scenario === 'tools' && hasResults(asked);
  const recording = fixed === undefined ? (isAnswered ? 'tools-answered' : scenario) : 'echo';
  const said = fixed ?? lastUserText(asked);
  if (!asked.stream) {
    if (isSlow) await delay(500);
    return send(response, toldAgain(asked, recordedJson(vendor, recording, said)));
  }
  response.writeHead(200, {
    'content-type':
      vendor === 'bedrock' ? 'application/vnd.amazon.eventstream' : 'text/event-stream; charset=utf-8',
    'x-amzn-requestid': 'b7a1-recorded',
  });
  const recorded = recordedStream(vendor, recording, said);
  const events =
    vendor === 'openai-responses'
      ? recorded.map((event) => Buffer.from(toldAgain(asked, event.toString())))
      : recorded;
  if (isSlow) {
    for (const event of events) {
      if (response.destroyed) return;
      response.write(event);
      await delay(SLOW_MS);
    }
  } else {
    for (const piece of unevenly(Buffer.concat(events))) response.write(piece);
  }
  response.end();
}

/** Cut where no event, line or character ends. */
function* unevenly(bytes: Buffer): Generator<Buffer> {
  for (let start = 0, size = 61; start < bytes.length; start += size, size = 61 + ((size * 7) % 131))
    yield bytes.subarray(start, start + size);
}

const hasResults = ({ text }: Asked) =>
  /"role":\s*"tool"|"function_call_output"|"tool_result"|"functionResponse"|"toolResult"/.test(text);

/** The Responses API says the instructions again in every response. */
function toldAgain({ vendor, body }: Asked, answer: string): string {
  if (vendor !== 'openai-responses' || body.instructions === undefined) return answer;
  return answer.replace(
    /"instructions":\s*null/,
    () => `"instructions":${JSON.stringify(body.instructions)}`,
  );
}

function systemText({ body }: Asked): string {
  const turns: Body[] = (body.messages ?? body.input ?? []) as Body[];
  const said = Array.isArray(turns)
    ? turns.filter(({ role }) => role === 'system' || role === 'developer')
    : [];
  const whole = [
    body.system,
    body.instructions,
    body.systemInstruction?.parts,
    ...said.map(({ content }) => content),
  ];
  return whole
    .flat()
    .map((part) => (typeof part === 'string' ? part : (part?.text ?? '')))
    .join('');
}

function lastUserText({ body }: Asked): string {
  if (typeof body.input === 'string') return body.input;
  const turns: Body[] = body.messages ?? body.contents ?? body.input ?? [];
  const last = turns.findLast((turn) => turn.role === undefined || turn.role === 'user');
  const content = last?.content ?? last?.parts ?? '';
  if (typeof content === 'string') return content;
  return (content as Body[]).map((part) => part.text ?? '').join('');
}

const VECTOR = [0.125, -0.5, 0.25, 1];

function embeddings({ vendor, path, body }: Asked): string {
  if (vendor === 'google') {
    const isBatch = path.includes('batchEmbedContents');
    return JSON.stringify(
      isBatch
        ? { embeddings: (body.requests as unknown[]).map(() => ({ values: VECTOR })) }
        : { embedding: { values: VECTOR } },
    );
  }
  const inputs: unknown[] = Array.isArray(body.input) ? body.input : [body.input];
  const base64 = Buffer.from(new Float32Array(VECTOR).buffer).toString('base64');
  const embedding = body.encoding_format === 'base64' ? base64 : VECTOR;
  return JSON.stringify({
    object: 'list',
    data: inputs.map((_, index) => ({ object: 'embedding', index, embedding })),
    model: 'text-embedding-3-small',
    usage: { prompt_tokens: 9, total_tokens: 9 },
  });
}
