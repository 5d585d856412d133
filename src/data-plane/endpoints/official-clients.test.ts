/** The official clients, unmodified, against what the writers write, mounted in the way the server mounts them. */
import type { AddressInfo } from 'node:net';
import Anthropic from '@anthropic-ai/sdk';
import { ApiError, GoogleGenAI } from '@google/genai';
import Fastify, { type FastifyInstance } from 'fastify';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../base/json.ts';
import type { ChatAnswer, ChatEvent } from '../../domain/chat.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Usage } from '../../domain/usage.ts';
import type { AnswerWriter, Endpoint, PathParameters } from '../endpoint.ts';
import { ENDPOINTS, MODEL_LISTINGS } from './all.ts';

type Script = (writer: AnswerWriter, endpoint: Endpoint) => string | JsonObject | Refusal;

const USAGE: Usage = {
  inputTokens: 30,
  outputTokens: 12,
  cachedInputTokens: 10,
  cacheWriteTokens: 4,
  reasoningTokens: 5,
  source: 'reported',
};

const EVENTS: readonly ChatEvent[] = [
  { kind: 'start', id: 'answer-1', model: 'model-x' },
  { kind: 'reasoning', choice: 0, text: 'Let me ' },
  { kind: 'reasoning', choice: 0, text: 'think.' },
  { kind: 'reasoning_signature', choice: 0, signature: 'c2lnbmVk' },
  { kind: 'text', choice: 0, text: 'Hello ' },
  { kind: 'text', choice: 0, text: 'wörld.' },
  { kind: 'tool_call', choice: 0, call: 0, id: 'call_a', name: 'weather' },
  { kind: 'tool_arguments', choice: 0, call: 0, text: '{"city":' },
  { kind: 'tool_call', choice: 0, call: 1, id: 'call_b', name: 'time' },
  { kind: 'tool_arguments', choice: 0, call: 1, text: '{"zone":"UTC"}' },
  { kind: 'tool_arguments', choice: 0, call: 0, text: '"Berlin"}' },
  { kind: 'finish', choice: 0, reason: 'tool_calls' },
  { kind: 'usage', usage: USAGE },
];

const ANSWER: ChatAnswer = {
  id: 'answer-1',
  model: 'model-x',
  choices: [
    {
      index: 0,
      finish: 'tool_calls',
      parts: [
        { kind: 'reasoning', text: 'Let me think.', signature: 'c2lnbmVk' },
        { kind: 'text', text: 'Hello wörld.' },
        { kind: 'tool_call', id: 'call_a', name: 'weather', arguments: '{"city":"Berlin"}' },
        { kind: 'tool_call', id: 'call_b', name: 'time', arguments: '{"zone":"UTC"}' },
      ],
    },
  ],
  usage: USAGE,
};

const streamed: Script = (writer) => EVENTS.map((event) => writer.event(event)).join('') + writer.end();
const whole: Script = (writer) => writer.chat(ANSWER);
const GREETING = EVENTS.filter(({ kind }) => kind === 'start' || kind === 'text');
const filtered: Script = (writer) =>
  GREETING.map((event) => writer.event(event)).join('') + writer.filtered('Ask us.');
const failed: Script = (writer) =>
  GREETING.map((event) => writer.event(event)).join('') +
  writer.failed(new Refusal('provider_timeout'), 'req_1');
const refused =
  (refusal: Refusal): Script =>
  () =>
    refusal;

let app: FastifyInstance;
let url: string;
let script: Script = whole;

beforeAll(async () => {
  app = Fastify({ logger: false });
  for (const endpoint of ENDPOINTS) for (const path of endpoint.paths) mount(endpoint, path);
  const route = {
    model: 'gpt-x',
    providerId: 'p',
    providerKind: 'openai',
    providerModel: 'gpt-x',
    labels: [],
    defaultMaxOutputTokens: 1000,
  };
  for (const listing of MODEL_LISTINGS) {
    for (const path of listing.paths) {
      app.get(path, () => listing.list([route]));
      app.get(`${path}/*`, () => listing.one(route));
    }
  }
  await app.listen({ host: '127.0.0.1', port: 0 });
  url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
});

afterAll(() => app.close());

function mount(endpoint: Endpoint, path: string): void {
  app.post(path, (request, reply) => {
    const body = request.body as JsonObject;
    const parameters = { ...(request.query as PathParameters), ...(request.params as PathParameters) };
    const writer = endpoint.createWriter(endpoint.read(body, parameters), body, parameters);
    const answer = script(writer, endpoint);
    if (answer instanceof Refusal) {
      const { status, body: error, headers } = endpoint.refusal(answer, 'req_1');
      return reply
        .code(status)
        .headers(headers ?? {})
        .send(error);
    }
    if (typeof answer === 'string') return reply.type(writer.streamContentType).send(answer);
    return reply.send(answer);
  });
}

async function thrownBy(work: () => PromiseLike<unknown>): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

const BLOCKED = new Refusal('content_policy_violation', 'Not here.', { guardrail: 'g1' });

describe('openai', () => {
  const client = () => new OpenAI({ apiKey: 'k', baseURL: `${url}/v1`, maxRetries: 0 });
  const ask = { model: 'gpt-x', messages: [{ role: 'user', content: 'hi' }] } as const;
  const request = () => ({ ...ask, messages: [...ask.messages] });

  test('reads a whole chat completion', async () => {
    script = whole;
    const { choices, usage, model, id } = await client().chat.completions.create(request());
    expect({ model, id }).toEqual({ model: 'model-x', id: 'answer-1' });
    expect(choices[0]?.finish_reason).toBe('tool_calls');
    expect(choices[0]?.message.content).toBe('Hello wörld.');
    expect(choices[0]?.message.tool_calls).toEqual([
      { id: 'call_a', type: 'function', function: { name: 'weather', arguments: '{"city":"Berlin"}' } },
      { id: 'call_b', type: 'function', function: { name: 'time', arguments: '{"zone":"UTC"}' } },
    ]);
    expect(usage).toMatchObject({ prompt_tokens: 30, completion_tokens: 12, total_tokens: 42 });
  });

  test('assembles a streamed chat completion', async () => {
    script = streamed;
    const stream = client().chat.completions.stream({
      ...request(),
      stream_options: { include_usage: true },
    });
    const final = await stream.finalChatCompletion();
    expect(final.choices[0]?.message.content).toBe('Hello wörld.');
    expect(final.choices[0]?.finish_reason).toBe('tool_calls');
    expect(final.choices[0]?.message.tool_calls).toMatchObject([
      { id: 'call_a', function: { name: 'weather', arguments: '{"city":"Berlin"}' } },
      { id: 'call_b', function: { name: 'time', arguments: '{"zone":"UTC"}' } },
    ]);
    expect(final.usage).toMatchObject({ prompt_tokens: 30, prompt_tokens_details: { cached_tokens: 10 } });
  });

  test('gets no usage in a stream unless it asks for it', async () => {
    script = streamed;
    const stream = await client().chat.completions.create({ ...request(), stream: true });
    for await (const chunk of stream) expect(chunk.usage).toBeUndefined();
  });

  test('sees a stream that was filtered', async () => {
    script = filtered;
    const final = await client().chat.completions.stream(request()).finalChatCompletion();
    expect(final.choices[0]).toMatchObject({
      finish_reason: 'content_filter',
      message: { content: 'Hello wörld.\n\nAsk us.' },
    });
  });

  test('throws where a stream breaks', async () => {
    script = failed;
    const error = await thrownBy(() => client().chat.completions.stream(request()).finalChatCompletion());
    expect(error).toBeInstanceOf(OpenAI.APIError);
    expect(error).toMatchObject({ code: 'provider_timeout' });
  });

  test('reads a whole response', async () => {
    script = whole;
    const response = await client().responses.create({ model: 'gpt-x', input: 'hi' });
    expect(response.output_text).toBe('Hello wörld.');
    expect(response.status).toBe('completed');
    expect(response.output.map(({ type }) => type)).toEqual([
      'reasoning',
      'message',
      'function_call',
      'function_call',
    ]);
  });

  test('assembles a streamed response', async () => {
    script = streamed;
    const final = await client().responses.stream({ model: 'gpt-x', input: 'hi' }).finalResponse();
    expect(final.output_text).toBe('Hello wörld.');
    expect(final.output).toMatchObject([
      { type: 'reasoning', summary: [{ text: 'Let me think.' }], encrypted_content: 'c2lnbmVk' },
      { type: 'message', status: 'completed', content: [{ type: 'output_text', text: 'Hello wörld.' }] },
      { type: 'function_call', call_id: 'call_a', name: 'weather', arguments: '{"city":"Berlin"}' },
      { type: 'function_call', call_id: 'call_b', name: 'time', arguments: '{"zone":"UTC"}' },
    ]);
    expect(final.usage).toMatchObject({
      input_tokens: 30,
      output_tokens: 12,
      output_tokens_details: { reasoning_tokens: 5 },
    });
  });

  test('counts the events of a response without a gap', async () => {
    script = streamed;
    const stream = await client().responses.create({ model: 'gpt-x', input: 'hi', stream: true });
    const numbers: number[] = [];
    for await (const event of stream) numbers.push(event.sequence_number);
    expect(numbers).toEqual(numbers.map((_, index) => index));
  });

  test('sees a response that was filtered', async () => {
    script = filtered;
    const final = await client().responses.stream({ model: 'gpt-x', input: 'hi' }).finalResponse();
    expect(final).toMatchObject({ status: 'incomplete', incomplete_details: { reason: 'content_filter' } });
    expect(final.output_text).toBe('Hello wörld.\n\nAsk us.');
  });

  test('throws where a response breaks', async () => {
    script = failed;
    const error = await thrownBy(() =>
      client().responses.stream({ model: 'gpt-x', input: 'hi' }).finalResponse(),
    );
    expect(error).toBeInstanceOf(OpenAI.APIError);
    expect(error).toMatchObject({ code: 'provider_timeout' });
  });

  test('reads embeddings in both encodings', async () => {
    script = (writer) =>
      writer.embeddings({
        model: 'e',
        vectors: [
          [0.5, -1.25],
          [3, 0],
        ],
        usage: USAGE,
      });
    const decoded = await client().embeddings.create({ model: 'e', input: ['a', 'b'] });
    expect(decoded.data.map(({ embedding }) => embedding)).toEqual([
      [0.5, -1.25],
      [3, 0],
    ]);
    const plain = await client().embeddings.create({
      model: 'e',
      input: ['a', 'b'],
      encoding_format: 'float',
    });
    expect(plain.data.map(({ embedding }) => embedding)).toEqual([
      [0.5, -1.25],
      [3, 0],
    ]);
  });

  test.each([
    ['content_policy_violation', OpenAI.BadRequestError],
    ['invalid_credential', OpenAI.AuthenticationError],
    ['policy_denied', OpenAI.PermissionDeniedError],
    ['unknown_model', OpenAI.NotFoundError],
    ['limit_exceeded', OpenAI.RateLimitError],
    ['provider_unavailable', OpenAI.InternalServerError],
  ] as const)('raises its own error for %s', async (code, type) => {
    script = refused(new Refusal(code));
    expect(await thrownBy(() => client().chat.completions.create(request()))).toBeInstanceOf(type);
  });

  test('tells the code, the message and what decided', async () => {
    script = refused(BLOCKED);
    expect(await thrownBy(() => client().responses.create({ model: 'm', input: 'hi' }))).toMatchObject({
      status: 400,
      code: 'content_policy_violation',
      type: 'invalid_request_error',
      requestID: 'req_1',
      error: { message: 'Not here.', bartizan: { guardrail: 'g1' } },
    });
  });

  test('lists models', async () => {
    const page = await client().models.list();
    expect(page.data.map(({ id }) => id)).toEqual(['gpt-x']);
    expect(await client().models.retrieve('gpt-x')).toMatchObject({ id: 'gpt-x', object: 'model' });
  });
});

describe('@anthropic-ai/sdk', () => {
  const client = () => new Anthropic({ apiKey: 'k', baseURL: url, maxRetries: 0 });
  const request = () => ({
    model: 'claude-x',
    max_tokens: 100,
    messages: [{ role: 'user' as const, content: 'hi' }],
  });
  const USED = {
    input_tokens: 16,
    output_tokens: 12,
    cache_read_input_tokens: 10,
    cache_creation_input_tokens: 4,
  };
  const CONTENT = [
    { type: 'thinking', thinking: 'Let me think.', signature: 'c2lnbmVk' },
    { type: 'text', text: 'Hello wörld.' },
    { type: 'tool_use', id: 'call_a', name: 'weather', input: { city: 'Berlin' } },
    { type: 'tool_use', id: 'call_b', name: 'time', input: { zone: 'UTC' } },
  ];

  test('reads a whole message', async () => {
    script = whole;
    const message = await client().messages.create(request());
    expect(message).toMatchObject({
      stop_reason: 'tool_use',
      model: 'model-x',
      content: CONTENT,
      usage: USED,
    });
  });

  test('assembles a streamed message', async () => {
    script = streamed;
    const message = await client().messages.stream(request()).finalMessage();
    expect(message).toMatchObject({
      stop_reason: 'tool_use',
      model: 'model-x',
      content: CONTENT,
      usage: USED,
    });
  });

  test('sees a stream that was filtered', async () => {
    script = filtered;
    const message = await client().messages.stream(request()).finalMessage();
    expect(message).toMatchObject({
      stop_reason: 'refusal',
      stop_details: { explanation: 'Ask us.' },
      content: [{ type: 'text', text: 'Hello wörld.\n\nAsk us.' }],
    });
  });

  test('throws where a stream breaks', async () => {
    script = failed;
    const error = await thrownBy(() => client().messages.stream(request()).finalMessage());
    expect(error).toBeInstanceOf(Anthropic.APIError);
    expect(error).toMatchObject({ type: 'timeout_error' });
  });

  test('reads a count of tokens', async () => {
    script = (writer) => writer.count(17);
    expect(await client().messages.countTokens({ model: 'm', messages: request().messages })).toEqual({
      input_tokens: 17,
    });
  });

  test.each([
    ['content_policy_violation', Anthropic.BadRequestError, 'invalid_request_error'],
    ['invalid_credential', Anthropic.AuthenticationError, 'authentication_error'],
    ['policy_denied', Anthropic.PermissionDeniedError, 'permission_error'],
    ['unknown_model', Anthropic.NotFoundError, 'not_found_error'],
    ['limit_exceeded', Anthropic.RateLimitError, 'rate_limit_error'],
    ['provider_unavailable', Anthropic.InternalServerError, 'api_error'],
    ['overloaded', Anthropic.InternalServerError, 'overloaded_error'],
  ] as const)('raises its own error for %s', async (code, type, name) => {
    script = refused(new Refusal(code));
    const error = await thrownBy(() => client().messages.create(request()));
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject({ type: name, requestID: 'req_1' });
  });

  test('lists models', async () => {
    const page = await client().models.list();
    expect(page.data.map(({ id, type }) => [id, type])).toEqual([['gpt-x', 'model']]);
    expect(page.hasNextPage()).toBe(false);
  });
});

describe('@google/genai', () => {
  const client = () => new GoogleGenAI({ apiKey: 'k', httpOptions: { baseUrl: url } });
  const request = { model: 'gemini-x', contents: 'hi' };

  test('reads whole content', async () => {
    script = whole;
    const answer = await client().models.generateContent(request);
    expect(answer.text).toBe('Hello wörld.');
    expect(answer.functionCalls).toEqual([
      { id: 'call_a', name: 'weather', args: { city: 'Berlin' } },
      { id: 'call_b', name: 'time', args: { zone: 'UTC' } },
    ]);
    expect(answer.usageMetadata).toMatchObject({
      promptTokenCount: 30,
      candidatesTokenCount: 7,
      thoughtsTokenCount: 5,
      totalTokenCount: 42,
    });
    expect(answer.candidates?.[0]?.finishReason).toBe('STOP');
  });

  test('reads streamed content', async () => {
    script = streamed;
    const calls: unknown[] = [];
    const signatures: unknown[] = [];
    let text = '';
    let last: unknown;
    for await (const chunk of await client().models.generateContentStream(request)) {
      for (const part of chunk.candidates?.[0]?.content?.parts ?? []) {
        if (part.text && !part.thought) text += part.text;
        if (part.functionCall) calls.push(part.functionCall);
        if (part.thoughtSignature) signatures.push(part.thoughtSignature);
      }
      last = chunk;
    }
    expect(text).toBe('Hello wörld.');
    expect(signatures).toEqual(['c2lnbmVk']);
    expect(calls).toEqual([
      { id: 'call_a', name: 'weather', args: { city: 'Berlin' } },
      { id: 'call_b', name: 'time', args: { zone: 'UTC' } },
    ]);
    expect(last).toMatchObject({
      candidates: [{ finishReason: 'STOP' }],
      usageMetadata: { totalTokenCount: 42 },
    });
  });

  test('sees a stream that was filtered', async () => {
    script = filtered;
    let text = '';
    let finish: unknown;
    for await (const chunk of await client().models.generateContentStream(request)) {
      text += chunk.text ?? '';
      finish = chunk.candidates?.[0]?.finishReason ?? finish;
    }
    expect({ text, finish }).toEqual({ text: 'Hello wörld.\n\nAsk us.', finish: 'SAFETY' });
  });

  test('throws where a stream breaks', async () => {
    script = failed;
    const error = await thrownBy(async () => {
      for await (const _chunk of await client().models.generateContentStream(request)) continue;
    });
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 504 });
  });

  test('reads embeddings and counts', async () => {
    script = (writer) =>
      writer.embeddings({
        model: 'e',
        vectors: [
          [1, 2],
          [3, 4],
        ],
        usage: USAGE,
      });
    const { embeddings } = await client().models.embedContent({ model: 'e', contents: ['a', 'b'] });
    expect(embeddings?.map(({ values }) => values)).toEqual([
      [1, 2],
      [3, 4],
    ]);
    script = (writer) => writer.count(17);
    expect(await client().models.countTokens(request)).toMatchObject({ totalTokens: 17 });
  });

  test.each([
    ['content_policy_violation', 400, 'INVALID_ARGUMENT'],
    ['invalid_credential', 401, 'UNAUTHENTICATED'],
    ['policy_denied', 403, 'PERMISSION_DENIED'],
    ['unknown_model', 404, 'NOT_FOUND'],
    ['limit_exceeded', 429, 'RESOURCE_EXHAUSTED'],
    ['provider_unavailable', 502, 'UNAVAILABLE'],
  ] as const)('raises its own error for %s', async (code, status, name) => {
    script = refused(new Refusal(code));
    const error = await thrownBy(() => client().models.generateContent(request));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status });
    expect((error as ApiError).message).toContain(name);
  });

  test('lists models', async () => {
    const names: unknown[] = [];
    for await (const { name } of await client().models.list()) names.push(name);
    expect(names).toEqual(['models/gpt-x']);
  });

  test('reaches a model whose name holds a slash and a colon', async () => {
    script = whole;
    const answer = await client().models.generateContent({ model: 'models/meta/llama3:8b', contents: 'hi' });
    expect(answer.text).toBe('Hello wörld.');
  });
});
