/**
 * What writers write, event by event: golden files in testdata/streams, the neutral events, a line of dashes, and the
 * wire. And how a stream ends that was forwarded, filtered or broken.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { parseTrusted, type Json, type JsonObject } from '../../base/json.ts';
import { createSseSplitter, formatSse, type SseEvent } from '../../base/sse.ts';
import type { ChatEvent } from '../../domain/chat.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { AnswerWriter, Endpoint } from '../endpoint.ts';
import { anthropicMessagesEndpoint } from './anthropic/anthropic-messages.ts';
import { googleStreamEndpoint } from './google/generate-content.ts';
import { openaiChatEndpoint } from './openai-chat/openai-chat.ts';
import { openaiResponsesEndpoint } from './openai-responses/openai-responses.ts';

const DIALECTS: Readonly<Record<string, Endpoint>> = {
  'anthropic-messages': anthropicMessagesEndpoint,
  'google-generate': googleStreamEndpoint,
  'openai-chat': openaiChatEndpoint,
  'openai-responses': openaiResponsesEndpoint,
};
const NAMES = Object.keys(DIALECTS);

const ASK = { model: 'asked-model', stream: true, maxOutputTokens: undefined, choices: 1 };
/** Only Gemini's streams can be something else than events. */
const EVENTS = { alt: 'sse' };

beforeEach(() => {
  vi.spyOn(Date, 'now').mockReturnValue(1_700_000_000_000);
});
afterEach(() => {
  vi.restoreAllMocks();
});

function writerOf(
  name: string,
  body: JsonObject = { stream_options: { include_usage: true } },
): AnswerWriter {
  const endpoint = DIALECTS[name];
  if (!endpoint) throw new Error(`no dialect ${name}`);
  return endpoint.createWriter(ASK, body, EVENTS);
}

const WRITTEN = new URL('testdata/streams/', import.meta.url);

describe('streams', () => {
  test.each(readdirSync(WRITTEN))('%s', (file) => {
    const [events = '', wire = ''] = readFileSync(new URL(file, WRITTEN), 'utf8').split('\n----------\n');
    const writer = writerOf(NAMES.find((name) => file.startsWith(name)) ?? '');
    const written =
      (JSON.parse(events) as ChatEvent[]).map((event) => writer.event(event)).join('') + writer.end();
    expect(written.trim()).toBe(wire.trim());
  });
});

const GREETING: readonly ChatEvent[] = [
  { kind: 'start', id: 'a', model: 'm' },
  { kind: 'reasoning', choice: 0, text: 'Hm.' },
  { kind: 'text', choice: 0, text: 'Hello' },
];
const CALLING: readonly ChatEvent[] = [
  ...GREETING,
  { kind: 'tool_call', choice: 0, call: 0, id: 'c', name: 'f' },
  { kind: 'tool_arguments', choice: 0, call: 0, text: '{"a":' },
];

function eventsOf(wire: string): SseEvent[] {
  const splitter = createSseSplitter(1_000_000);
  const events = splitter.push(Buffer.from(wire));
  expect(splitter.rest().length).toBe(0);
  return events;
}

function jsonOf({ data }: SseEvent): Json | undefined {
  return data === null || data === '[DONE]' ? undefined : parseTrusted(data);
}

/** Forwards what a provider of the same dialect would have sent. */
function forwarded(name: string, events: readonly ChatEvent[]): AnswerWriter {
  const provider = writerOf(name);
  const writer = writerOf(name);
  for (const event of eventsOf(events.map((each) => provider.event(each)).join(''))) {
    const json = jsonOf(event);
    expect(writer.pass({ name: event.name, json, bytes: event.bytes })).toBe(event.bytes);
  }
  return writer;
}

function spoken(name: string, events: readonly ChatEvent[]): AnswerWriter {
  const writer = writerOf(name);
  for (const event of events) writer.event(event);
  return writer;
}

describe.each(NAMES)('%s', (name) => {
  test('a forwarded stream is closed as a written one is', () => {
    for (const events of [GREETING, CALLING]) {
      const asForwarded = eventsOf(forwarded(name, events).filtered('Ask us.')).map(jsonOf);
      const asWritten = eventsOf(spoken(name, events).filtered('Ask us.')).map(jsonOf);
      expect(asForwarded).toEqual(asWritten);
    }
  });

  test('a stream that is filtered before it began is whole', () => {
    const wire = writerOf(name).filtered('Ask us.');
    expect(wire).toContain('Ask us.');
    expect(wire).toMatch(/content_filter|"refusal"|SAFETY/);
    expect(eventsOf(wire).length).toBeGreaterThan(0);
  });

  test('a filtered stream without a message says only that it was filtered', () => {
    const wire = spoken(name, GREETING).filtered('');
    expect(wire).toMatch(/content_filter|"refusal"|SAFETY/);
    expect(wire).not.toContain('\\n\\n');
  });

  test('a whole answer says that it was filtered, with the message', () => {
    const answer = JSON.stringify(writerOf(name).filteredAnswer('Ask us.', 'req_1'));
    expect(answer).toContain('Ask us.');
    expect(answer).toMatch(/content_filter|"refusal"|SAFETY/);
  });

  test('a broken stream tells code and message, and what it quotes for the client', () => {
    const refusal = new Refusal('provider_bad_answer', 'It broke.', {
      clientMessage: 'upstream said no',
      guardrail: 'g',
    });
    const wire = spoken(name, GREETING).failed(refusal, 'req_1');
    expect(wire).toContain('It broke.: upstream said no');
    expect(wire).toContain('"guardrail":"g"');
    expect(eventsOf(wire)).toHaveLength(1);
  });

  test('a forwarded stream brings its own end', () => {
    const provider = writerOf(name);
    const wire = CALLING.map((event) => provider.event(event)).join('') + provider.end();
    const writer = writerOf(name);
    for (const event of eventsOf(wire)) writer.pass({ json: jsonOf(event), bytes: event.bytes });
    expect(writer.end()).toBe('');
  });

  test('a forwarded stream may hold anything', () => {
    const writer = writerOf(name);
    const odd: Json[] = [
      null,
      7,
      'x',
      [],
      {},
      { choices: [null, {}] },
      { candidates: [null] },
      { type: 'content_block_delta', index: 9 },
    ];
    for (const json of odd) writer.pass({ json, bytes: Buffer.from(formatSse(JSON.stringify(json))) });
    writer.pass({ json: undefined, bytes: Buffer.from(': ping\n\n') });
    expect(eventsOf(writer.filtered('Ask us.')).length).toBeGreaterThan(0);
  });
});

describe('choices', () => {
  const both: readonly ChatEvent[] = [
    { kind: 'start', id: 'a', model: 'm' },
    { kind: 'text', choice: 1, text: 'B' },
    { kind: 'finish', choice: 1, reason: 'stop' },
    { kind: 'text', choice: 0, text: 'A' },
  ];
  test.each(['openai-chat', 'google-generate'])('%s closes only those that are open', (name) => {
    const writer = DIALECTS[name]?.createWriter({ ...ASK, choices: 2 }, {}, EVENTS);
    for (const event of both) writer?.event(event);
    const wire = writer?.filtered('Ask us.') ?? '';
    expect(wire.match(/Ask us\./g)?.length).toBeGreaterThan(0);
    if (name === 'openai-chat') expect(wire).not.toContain('"index":1');
  });
});

test('usage is written as each dialect counts it', () => {
  const usage = {
    inputTokens: 100,
    outputTokens: 50,
    cachedInputTokens: 30,
    cacheWriteTokens: 20,
    reasoningTokens: 10,
    source: 'reported',
  } as const;
  const answer = { id: 'a', model: 'm', choices: [{ index: 0, parts: [], finish: 'stop' }], usage } as const;
  expect(writerOf('openai-chat').chat(answer).usage).toMatchObject({
    prompt_tokens: 100,
    completion_tokens: 50,
    total_tokens: 150,
  });
  expect(writerOf('openai-responses').chat(answer).usage).toMatchObject({
    input_tokens: 100,
    output_tokens: 50,
    total_tokens: 150,
  });
  expect(writerOf('anthropic-messages').chat(answer).usage).toMatchObject({
    input_tokens: 50,
    output_tokens: 50,
    cache_read_input_tokens: 30,
  });
  expect(writerOf('google-generate').chat(answer).usageMetadata).toMatchObject({
    promptTokenCount: 100,
    candidatesTokenCount: 40,
  });
});
