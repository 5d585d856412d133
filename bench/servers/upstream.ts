/** A mock of an OpenAI-compatible provider: every answer is computed before the first request. Run as its own process. */
import { createServer, type ServerResponse } from 'node:http';
import { MODELS, type MockModel, type ModelName } from '../models.ts';
import { answerText, longText, VARIANTS } from '../texts.ts';

interface Answers {
  readonly model: MockModel;
  readonly whole: readonly Buffer[];
  /** For each variant the events of a stream: opening, contents, finish, usage and end. */
  readonly streams: readonly (readonly Buffer[])[];
}

/** Events written in one turn of the event loop where the stream is not paced: a fast provider's segments. */
const EVENTS_PER_WRITE = 10;
const ID = 'chatcmpl-C7xYb1kQmV2sN9tRfGhJ4pLzWd6Ae';
const CREATED = 1_790_000_000;
const PROVIDER_MODEL = 'gpt-4o-mini-2024-07-18';
const FINGERPRINT = 'fp_8bda4d3a2c';

function usageOf(characters: number) {
  const completion = Math.ceil(characters / 4);
  return {
    prompt_tokens: 212,
    completion_tokens: completion,
    total_tokens: 212 + completion,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: 0,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}

function wholeAnswer(text: string): Buffer {
  return Buffer.from(
    JSON.stringify({
      id: ID,
      object: 'chat.completion',
      created: CREATED,
      model: PROVIDER_MODEL,
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: text, refusal: null, annotations: [] },
          logprobs: null,
          finish_reason: 'stop',
        },
      ],
      usage: usageOf(text.length),
      service_tier: 'default',
      system_fingerprint: FINGERPRINT,
    }),
  );
}

function event(choices: readonly object[], usage: object | null): Buffer {
  const data = {
    id: ID,
    object: 'chat.completion.chunk',
    created: CREATED,
    model: PROVIDER_MODEL,
    service_tier: 'default',
    system_fingerprint: FINGERPRINT,
    choices,
    usage,
  };
  return Buffer.from(`data: ${JSON.stringify(data)}\n\n`);
}

function delta(content: object, finishReason: string | null = null): Buffer {
  return event([{ index: 0, delta: content, logprobs: null, finish_reason: finishReason }], null);
}

function streamedAnswer(text: string, charactersPerEvent: number): Buffer[] {
  const contents: Buffer[] = [];
  for (let at = 0; at < text.length; at += charactersPerEvent)
    contents.push(delta({ content: text.slice(at, at + charactersPerEvent) }));
  return [
    delta({ role: 'assistant', content: '', refusal: null }),
    ...contents,
    delta({}, 'stop'),
    event([], usageOf(text.length)),
    Buffer.from('data: [DONE]\n\n'),
  ];
}

function answersOf(model: MockModel): Answers {
  const isLong = model.characters > 10_000;
  const texts = isLong
    ? [longText(model.characters)]
    : Array.from({ length: VARIANTS }, (_, variant) => answerText(variant).slice(0, model.characters));
  return {
    model,
    whole: texts.map(wholeAnswer),
    streams: texts.map((text) => streamedAnswer(text, model.charactersPerEvent)),
  };
}

const answers = new Map(
  (Object.keys(MODELS) as ModelName[]).map((name) => [name as string, answersOf(MODELS[name])]),
);
let turn = 0;

function variantOf<T>(variants: readonly T[]): T {
  turn = (turn + 1) % VARIANTS;
  const variant = variants[turn % variants.length];
  if (variant === undefined) throw new Error('no answer was prepared');
  return variant;
}

/** Writes whole events as fast as the reader takes them. */
function stream(response: ServerResponse, events: readonly Buffer[], at = 0): void {
  if (response.destroyed) return;
  let isWritable = true;
  response.cork();
  const end = Math.min(at + EVENTS_PER_WRITE, events.length);
  for (const bytes of events.slice(at, end)) isWritable = response.write(bytes);
  response.uncork();
  if (end === events.length) response.end();
  else if (isWritable) setImmediate(stream, response, events, end);
  else response.once('drain', () => stream(response, events, end));
}

/** Writes one event at each tick, the opening together with the first content. */
function streamPaced(response: ServerResponse, events: readonly Buffer[], paceMs: number): void {
  let at = 2;
  response.write(Buffer.concat(events.slice(0, at)));
  const timer = setInterval(() => {
    if (at < events.length) response.write(events[at++]);
    else response.end();
  }, paceMs);
  response.once('close', () => clearInterval(timer));
}

function answer(body: string, response: ServerResponse): void {
  const prepared = answers.get(/"model"\s*:\s*"([^"]*)"/.exec(body)?.[1] ?? '');
  if (prepared === undefined) {
    response
      .writeHead(404, { 'content-type': 'application/json' })
      .end('{"error":{"message":"no such model"}}');
  } else if (/"stream"\s*:\s*true/.test(body)) {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    const events = variantOf(prepared.streams);
    if (prepared.model.paceMs > 0) streamPaced(response, events, prepared.model.paceMs);
    else stream(response, events);
  } else {
    const bytes = variantOf(prepared.whole);
    response
      .writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length })
      .end(bytes);
  }
}

const server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => answer(Buffer.concat(chunks).toString('latin1'), response));
});
server.listen(Number(process.env['PORT']), '127.0.0.1');
