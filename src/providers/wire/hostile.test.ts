/** Providers that answer what no provider should: each gets a refusal, within its limit. */
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../domain/refusal.ts';
import type { TransportAnswer } from '../../modules/inference/transport.ts';
import { callFor, CHAT_BODY, eventStream, providerOf, readAll, transportAnswer } from './testdata/harness.ts';

const STREAMED = callFor({ stream: true }, CHAT_BODY);
const WHOLE = callFor({ stream: false }, CHAT_BODY);
const SSE = 'text/event-stream';
const PROVIDERS = ['openai', 'anthropic', 'google'] as const;

async function codeOf(read: () => Promise<unknown>): Promise<string> {
  try {
    await read();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'no refusal';
}

async function* endless(chunk: Buffer): AsyncGenerator<Buffer> {
  for (;;) yield chunk;
}

function answerOf(body: AsyncIterable<Buffer>, contentType: string): TransportAnswer {
  return { status: 200, headers: { 'content-type': contentType }, body };
}

describe.each(PROVIDERS)('%s that misbehaves', (kind) => {
  const provider = providerOf(kind);

  it.each([
    ['HTML for a stream', 'text/html', '<html></html>'],
    ['JSON for a stream', 'application/json', '{}'],
    ['an event that is no JSON', SSE, 'data: <html>\n\n'],
    ['an event that is no object', SSE, 'data: [1]\n\n'],
    ['half an object', SSE, 'data: {"choices":[\n\n'],
  ])('streams %s', async (_, contentType, text) => {
    const read = async (): Promise<unknown> =>
      readAll(provider.open(STREAMED, transportAnswer(Buffer.from(text), contentType)));
    expect(await codeOf(read)).toBe('provider_bad_answer');
  });

  it.each([
    ['HTML', 'text/html; charset=utf-8', '<html></html>'],
    ['HTML that says it is JSON', 'application/json', '<html></html>'],
    ['a stream that nobody asked for', SSE, 'data: {}\n\n'],
    ['half a body', 'application/json', '{"choices":['],
    ['nothing', 'application/json', ''],
    ['a string', 'application/json', '"hello"'],
  ])('answers %s', async (_, contentType, text) => {
    const read = async (): Promise<unknown> =>
      readAll(provider.open(WHOLE, transportAnswer(Buffer.from(text), contentType)));
    expect(await codeOf(read)).toBe('provider_bad_answer');
  });

  it.each([
    ['one line', Buffer.alloc(65_536, 'x')],
    ['short lines', Buffer.from('data: x\n'.repeat(8_192))],
  ])('never ends an event of %s', async (_, chunk) => {
    const read = async (): Promise<unknown> =>
      readAll(provider.open(STREAMED, answerOf(endless(chunk), SSE)));
    expect(await codeOf(read)).toBe('provider_bad_answer');
  });

  it('never ends a body', async () => {
    const chunk = Buffer.alloc(16 * 1024 * 1024, ' ');
    const read = async (): Promise<unknown> =>
      readAll(provider.open(WHOLE, answerOf(endless(chunk), 'application/json')));
    expect(await codeOf(read)).toBe('provider_bad_answer');
  });

  it('compresses what was asked for as it is', () => {
    const answer = transportAnswer(Buffer.from('{}'), 'application/json');
    const compressed = { ...answer, headers: { ...answer.headers, 'content-encoding': 'gzip' } };
    expect(() => provider.open(WHOLE, compressed)).toThrow(Refusal);
  });

  it('nests deeper than anyone reads', async () => {
    const deep = `{"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    const read = async (): Promise<unknown> =>
      readAll(provider.open(WHOLE, transportAnswer(Buffer.from(deep), 'application/json')));
    expect(await codeOf(read)).toBe('provider_bad_answer');
  });

  it('sends a million texts', async () => {
    const many = `{"x":[${'"a",'.repeat(200_000)}"a"]}`;
    const read = async (): Promise<unknown> =>
      readAll(provider.open(WHOLE, transportAnswer(Buffer.from(many), 'application/json')));
    expect(await codeOf(read)).toBe('provider_bad_answer');
  });

  it.each([
    ['nothing at all', ''],
    ['comments alone', ': one\n\n: two\n\n'],
    [
      'half an event',
      'data: {"candidates":[{"finishReason":"STOP"}],"choices":[{"finish_reason":"stop"}]}\n\ndata: {"ch',
    ],
  ])('closes after %s, and the answer is not complete', async (_, text) => {
    const { complete } = await readAll(provider.open(STREAMED, transportAnswer(Buffer.from(text), SSE)));
    expect(complete).toBe(false);
  });
});

describe('Bedrock that misbehaves', () => {
  const provider = providerOf('aws.bedrock');
  const MEDIA = 'application/vnd.amazon.eventstream';
  const good = eventStream(
    'messageStart {"role":"assistant"}\ncontentBlockDelta {"contentBlockIndex":0,"delta":{"text":"Hi"}}\n',
  );
  const open = async (bytes: Buffer, cuts: readonly number[] = []): Promise<{ complete: boolean }> =>
    readAll(provider.open(STREAMED, transportAnswer(bytes, MEDIA, cuts)));

  it('flips any one bit of an event: a checksum is wrong, or the rest is never there', async () => {
    for (let at = 0; at < good.length; at++) {
      const broken = Buffer.from(good);
      broken[at] = (broken[at] ?? 0) ^ 1;
      const code = await codeOf(async () => {
        // A longer length makes it wait for bytes that never come.
        expect((await open(broken)).complete).toBe(false);
      });
      expect(['provider_bad_answer', 'no refusal']).toContain(code);
      if (at >= 4 && at < 12) expect(code).toBe('provider_bad_answer');
    }
  });

  it('cuts an event short, and the answer is not complete', async () => {
    expect((await open(good.subarray(0, good.length - 1))).complete).toBe(false);
  });

  it.each([0, 1, 15, 2 ** 20 + 1, 2 ** 32 - 1])('tells of an event of %i bytes', async (length) => {
    const prelude = Buffer.alloc(64);
    prelude.writeUInt32BE(length);
    expect(await codeOf(() => open(prelude))).toBe('provider_bad_answer');
  });

  it('answers HTML or server-sent events', async () => {
    for (const media of ['text/html', SSE]) {
      const read = async (): Promise<unknown> =>
        readAll(provider.open(STREAMED, transportAnswer(good, media)));
      expect(await codeOf(read)).toBe('provider_bad_answer');
    }
  });
});
