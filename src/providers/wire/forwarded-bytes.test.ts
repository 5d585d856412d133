/** What is forwarded as it came holds nothing but what was read: the client's reader sees no more than ours did. */
import { describe, expect, it } from 'vitest';
import type { WireFrame } from '../../modules/inference/provider.ts';
import { callFor, CHAT_BODY, providerOf, readAll, transportAnswer } from './testdata/harness.ts';

const MAIL = 'ann@planted.example';
const GOOD = '{"choices":[{"index":0,"delta":{"content":"hi"}}]}';
const DOUBLE = `{"choices":[{"index":0,"delta":{"content":"${MAIL}","content":"hi"}}]}`;

async function framesOf(text: string | Buffer, stream: boolean): Promise<readonly WireFrame[]> {
  const type = stream ? 'text/event-stream' : 'application/json';
  const call = callFor({ stream }, CHAT_BODY);
  const answer = providerOf('openai').open(call, transportAnswer(Buffer.from(text), type));
  return (await readAll(answer)).frames;
}

describe('an event that is more than it seems', () => {
  it.each([
    ['a key that is there twice', `data: ${DOUBLE}\n\n`],
    [
      'a key that is there twice, once with an escape',
      `data: ${DOUBLE.replace('"content"', '"\\u0063ontent"')}\n\n`,
    ],
    ['a text as its name', `event: ${MAIL}\ndata: ${GOOD}\n\n`],
    ['a number as its name', `event: 4111111111111111\ndata: ${GOOD}\n\n`],
    ['two names', `event: ${MAIL}\nevent: x\ndata: ${GOOD}\n\n`],
    ['a comment', `: ${MAIL}\ndata: ${GOOD}\n\n`],
    ['a field behind it', `data: ${GOOD}\nid: ${MAIL}\n\n`],
    ['a field in front of it', `id: ${MAIL}\ndata: ${GOOD}\n\n`],
    [
      'bytes that are no UTF-8',
      Buffer.concat([Buffer.from(`event: \xff`, 'latin1'), Buffer.from(`\ndata: ${GOOD}\n\n`)]),
    ],
  ])('%s', async (_, text) => {
    const frames = await framesOf(text, true);
    expect(frames.map(({ bytes }) => String(bytes).replace(/^event: x\n/, ''))).toEqual([
      `data: ${GOOD}\n\n`,
    ]);
  });

  it('a carriage return that ends a line for the client ends it here as well', async () => {
    const frames = await framesOf(`event: x\rdata: ${DOUBLE}\r\r\ndata: ${GOOD}\n\n`, true);
    expect(frames.map(({ bytes }) => String(bytes))).toEqual([
      `event: x\ndata: ${GOOD}\n\n`,
      `data: ${GOOD}\n\n`,
    ]);
  });

  it('a key that is there twice in a buffered answer', async () => {
    const [frame] = await framesOf(DOUBLE.replace('delta', 'message'), false);
    expect(String(frame?.bytes)).toBe(GOOD.replace('delta', 'message'));
  });
});

describe('an event that is plain', () => {
  it.each([
    `data: ${GOOD}\n\n`,
    `data:${GOOD}\n\n`,
    `data: ${GOOD}\r\n\r\n`,
    `event: response.output_text.delta\r\ndata: ${GOOD}\r\n\r\n`,
    `event: ping\ndata: { "odd" : 1.0, "spacing":"\\u0061 \\"b\\": c" }\n\n`,
  ])('is forwarded as the very bytes: %j', async (text) => {
    const [frame] = await framesOf(text, true);
    expect(String(frame?.bytes)).toBe(text);
  });

  it('and so is a buffered answer', async () => {
    const text = '{ "choices" : [ {"index":0.0, "message":{"content":"\\u0068i"} } ] }\n';
    const [frame] = await framesOf(text, false);
    expect(String(frame?.bytes)).toBe(text);
  });
});
