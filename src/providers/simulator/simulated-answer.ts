/** What the simulator says, as chat completions carry it. The same request always has the same answer. */
import { hash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { parseTrusted, type Json, type JsonObject } from '../../base/json.ts';
import { formatSse } from '../../base/sse.ts';
import type { ProviderCall, WireRequest } from '../../modules/inference/provider.ts';
import type { TransportAnswer } from '../../modules/inference/transport.ts';
import { asArray, asObject, asText } from '../wire/answer.ts';

const BANNER = '[Bartizan simulator: no provider is configured]';
/** Characters of a streamed piece. */
const PIECE = 12;
const DIMENSIONS = 64;
const CREATED = 1_767_225_600;

export function simulatedAnswer(
  call: ProviderCall,
  request: WireRequest,
  signal: AbortSignal,
  delayMs: number,
): TransportAnswer {
  const bytes = request.body ?? '';
  const body = asObject(parseTrusted(typeof bytes === 'string' ? bytes : bytes.toString('utf8')));
  if (call.operation === 'embeddings') return buffered(embeddings(call.model, body));
  const said = reply(body);
  const id = `sim-${hash('sha256', bytes).slice(0, 24)}`;
  if (!call.stream) return buffered(completion(id, call.model, body, said));
  const events = chunks(id, call.model, body, said);
  return answer('text/event-stream; charset=utf-8', streamed(events, signal, delayMs));
}

interface Reply {
  readonly text: string;
  /** The tool it calls instead of talking. */
  readonly tool: string | undefined;
}

function reply(body: JsonObject): Reply {
  const prompt = lastUserText(asArray(body['messages']));
  const tool = toolToCall(body, prompt);
  return { text: tool === undefined ? `${BANNER} You said: ${prompt}` : BANNER, tool };
}

function lastUserText(messages: readonly Json[]): string {
  const last = messages.map(asObject).findLast(({ role }) => role === 'user');
  const content = last?.['content'];
  if (typeof content === 'string') return content;
  return asArray(content)
    .map((part) => asText(asObject(part)['text']))
    .filter((text) => text !== '')
    .join('\n');
}

/** The first tool where one must be called, or may be and the prompt has the word "tool"; never twice in a row. */
function toolToCall(body: JsonObject, prompt: string): string | undefined {
  const names = asArray(body['tools']).map((tool) => asText(asObject(asObject(tool)['function'])['name']));
  const [first] = names;
  const choice = body['tool_choice'] ?? 'auto';
  const hasResult = asObject(asArray(body['messages']).at(-1))['role'] === 'tool';
  if (first === undefined || choice === 'none' || hasResult) return undefined;
  if (choice === 'required') return first;
  const named = asText(asObject(asObject(choice)['function'])['name']);
  if (named !== '') return named;
  return /\btool\b/i.test(prompt) ? first : undefined;
}

/** About four characters are a token; the simulator's tokens cost nothing. */
function usage(body: JsonObject, said: Reply): JsonObject {
  const prompt = Math.ceil(JSON.stringify(body['messages'] ?? body['input'] ?? '').length / 4);
  const completion = Math.ceil(said.text.length / 4);
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}

/** What it would call a tool with: the prompt again, so that arguments can be tried as well. */
function toolCall(id: string, tool: string, body: JsonObject): JsonObject {
  const echoed = JSON.stringify({ simulated: true, prompt: lastUserText(asArray(body['messages'])) });
  return { id: `call_${id.slice(4, 20)}`, type: 'function', function: { name: tool, arguments: echoed } };
}

function choiceCount(body: JsonObject): number {
  const count = body['n'];
  return typeof count === 'number' && Number.isInteger(count) ? Math.min(Math.max(count, 1), 16) : 1;
}

function completion(id: string, model: string, body: JsonObject, said: Reply): JsonObject {
  const calls = said.tool === undefined ? {} : { tool_calls: [toolCall(id, said.tool, body)] };
  const choices = Array.from({ length: choiceCount(body) }, (_, index) => ({
    index,
    message: { role: 'assistant', content: said.text, refusal: null, ...calls },
    logprobs: null,
    finish_reason: said.tool === undefined ? 'stop' : 'tool_calls',
  }));
  return { id, object: 'chat.completion', created: CREATED, model, choices, usage: usage(body, said) };
}

function chunks(id: string, model: string, body: JsonObject, said: Reply): string[] {
  const head = { id, object: 'chat.completion.chunk', created: CREATED, model };
  const events: string[] = [];
  const add = (index: number, delta: JsonObject, finish: string | null): void => {
    events.push(formatSse(JSON.stringify({ ...head, choices: [{ index, delta, finish_reason: finish }] })));
  };
  for (let index = 0; index < choiceCount(body); index++) {
    add(index, { role: 'assistant', content: '' }, null);
    for (const piece of pieces(said.text)) add(index, { content: piece }, null);
    if (said.tool !== undefined) addCall(toolCall(id, said.tool, body), (delta) => add(index, delta, null));
    add(index, {}, said.tool === undefined ? 'stop' : 'tool_calls');
  }
  if (asObject(body['stream_options'])['include_usage'] === true) {
    events.push(formatSse(JSON.stringify({ ...head, choices: [], usage: usage(body, said) })));
  }
  events.push(formatSse('[DONE]'));
  return events;
}

function addCall(call: JsonObject, add: (delta: JsonObject) => void): void {
  const called = asObject(call['function']);
  add({ tool_calls: [{ index: 0, ...call, function: { name: called['name'], arguments: '' } }] });
  for (const piece of pieces(asText(called['arguments']))) {
    add({ tool_calls: [{ index: 0, function: { arguments: piece } }] });
  }
}

/** Whole characters: no piece ends within a surrogate pair. */
function pieces(text: string): string[] {
  const characters = Array.from(text);
  const count = Math.ceil(characters.length / PIECE);
  return Array.from({ length: count }, (_, i) => characters.slice(i * PIECE, (i + 1) * PIECE).join(''));
}

function embeddings(model: string, body: JsonObject): JsonObject {
  const { input } = body;
  const inputs = Array.isArray(input) && typeof input[0] !== 'number' ? asArray(input) : [input ?? ''];
  const dimensions =
    typeof body['dimensions'] === 'number' ? Math.min(Math.max(body['dimensions'], 1), 4_096) : DIMENSIONS;
  const isBase64 = body['encoding_format'] === 'base64';
  const data = inputs.map((text, index) => {
    const vector = vectorFor(JSON.stringify(text), dimensions);
    return { object: 'embedding', index, embedding: isBase64 ? asBase64(vector) : vector };
  });
  const { prompt_tokens: tokens } = usage({ input: inputs }, { text: '', tool: undefined });
  return { object: 'list', data, model, usage: { prompt_tokens: tokens, total_tokens: tokens } };
}

/** A unit vector drawn from the text's hash. */
function vectorFor(text: string, dimensions: number): number[] {
  const values = Array.from({ length: dimensions }, (_, i) => {
    const digest = hash('sha256', `${i}:${text}`, 'buffer');
    return digest.readInt32BE(0) / 2 ** 31;
  });
  const norm = Math.hypot(...values) || 1;
  return values.map((value) => value / norm);
}

function asBase64(vector: readonly number[]): string {
  const bytes = Buffer.alloc(vector.length * 4);
  vector.forEach((value, i) => bytes.writeFloatLE(value, i * 4));
  return bytes.toString('base64');
}

function buffered(json: JsonObject): TransportAnswer {
  return answer('application/json', once(Buffer.from(JSON.stringify(json))));
}

function answer(contentType: string, body: AsyncIterable<Buffer>): TransportAnswer {
  return { status: 200, headers: { 'content-type': contentType, 'x-simulated': 'true' }, body };
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

async function* streamed(
  events: readonly string[],
  signal: AbortSignal,
  delayMs: number,
): AsyncGenerator<Buffer> {
  for (const event of events) {
    signal.throwIfAborted();
    if (delayMs > 0) await delay(delayMs, undefined, { signal });
    yield Buffer.from(event);
  }
}
