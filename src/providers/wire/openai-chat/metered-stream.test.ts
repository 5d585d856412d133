/** A native stream is metered whether the client asked for usage or not, and the client sees only what it asked for. */
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../base/json.ts';
import { callFor, nativeBody, providerOf, readAll, transportAnswer } from '../testdata/harness.ts';

const STREAM = [
  '{"id":"c","model":"m","choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"stop"}],"usage":null}',
  '{"id":"c","model":"m","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":1,"total_tokens":4}}',
  '[DONE]',
]
  .map((data) => `data: ${data}\n\n`)
  .join('');

const openai = providerOf('openai');

async function sentBody(
  json: JsonObject,
  bytes: Buffer | null,
  kind = 'openai',
  config: JsonObject = {},
): Promise<Json> {
  const body = { kind: 'native', dialect: 'openai.chat', json, bytes } as const;
  const request = await providerOf(kind, config).prepare(callFor({ stream: true, model: 'real' }, body));
  return JSON.parse(String(request.body)) as Json;
}

describe('a native stream', () => {
  it.each([
    ['no options', {}],
    ['options without a word on usage', { stream_options: { include_obfuscation: false } }],
    ['no usage, in words', { stream_options: { include_usage: false } }],
    ['null', { stream_options: null }],
  ])('is asked for usage where the client has %s', async (_, options) => {
    const json: JsonObject = { model: 'm', stream: true, ...options, an_unknown_field: [1.5] };
    for (const bytes of [null, Buffer.from(JSON.stringify(json))]) {
      expect(await sentBody(json, bytes)).toMatchObject({
        model: 'real',
        stream: true,
        an_unknown_field: [1.5],
        stream_options: { include_usage: true },
      });
    }
  });

  it('is forwarded byte for byte where the client asked itself', async () => {
    const bytes = Buffer.from('{"model":"real", "stream":true, "stream_options":{"include_usage":true}}');
    const json = JSON.parse(String(bytes)) as JsonObject;
    const call = callFor(
      { stream: true, model: 'real' },
      { kind: 'native', dialect: 'openai.chat', json, bytes },
    );
    expect((await openai.prepare(call)).body).toBe(bytes);
  });

  it('is not asked of a server that does not take the option', async () => {
    expect(
      await sentBody({ model: 'm', stream: true }, null, 'openai-compatible', { preset: 'mistral' }),
    ).toEqual({
      model: 'real',
      stream: true,
    });
  });

  it.each([
    [false, 2],
    [true, 3],
  ])('shows the usage chunk to a client that asked: %s', async (asked, shown) => {
    const body = nativeBody('openai.chat', asked ? { stream_options: { include_usage: true } } : {});
    const answer = openai.open(
      callFor({ stream: true }, body),
      transportAnswer(Buffer.from(STREAM), 'text/event-stream'),
    );
    const { frames, readings, complete } = await readAll(answer);
    expect(frames.filter(({ bytes }) => bytes.length > 0)).toHaveLength(shown);
    expect(readings.find(({ usage }) => usage !== undefined)?.usage).toMatchObject({
      inputTokens: 3,
      outputTokens: 1,
    });
    expect(complete).toBe(true);
  });

  it('drops nothing but comments and fields that nobody scans', async () => {
    const bytes = Buffer.from(
      ': secret comment\n\nid: secret\ndata: {"choices":[]}\n\nretry: 5\n\ndata: [DONE]\n\n',
    );
    const answer = openai.open(
      callFor({ stream: true }, nativeBody('openai.chat', {})),
      transportAnswer(bytes, 'text/event-stream'),
    );
    const { frames } = await readAll(answer);
    expect(Buffer.concat(frames.map((frame) => frame.bytes)).toString()).toBe(
      ': keep-alive\n\ndata: {"choices":[]}\n\n: keep-alive\n\ndata: [DONE]\n\n',
    );
  });

  it('loses the bytes of log probabilities, which repeat the text as numbers', async () => {
    const token =
      '{"token":"Hi","logprob":-1,"bytes":[72,105],"top_logprobs":[{"token":"Ho","logprob":-2,"bytes":[72,111]}]}';
    const data = `{"choices":[{"index":0,"delta":{"content":"Hi"},"logprobs":{"content":[${token}],"refusal":null}}]}`;
    const answer = openai.open(
      callFor({ stream: true }, nativeBody('openai.chat', {})),
      transportAnswer(Buffer.from(`data: ${data}\n\n`), 'text/event-stream'),
    );
    const { frames } = await readAll(answer);
    expect(String(frames[0]?.bytes)).not.toContain('72');
    expect(String(frames[0]?.bytes)).toContain('"token":"Ho"');
  });
});
