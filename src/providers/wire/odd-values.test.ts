/** Places that are known to hold no text, and hold one: it is scanned, in windows that follow it from frame to frame. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../base/json.ts';
import {
  callFor,
  CHAT_BODY,
  nativeBody,
  providerOf,
  readAll,
  transportAnswer,
  windowsOf,
} from './testdata/harness.ts';

async function streamed(kind: string, events: readonly Json[]): Promise<Awaited<ReturnType<typeof readAll>>> {
  const text = events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
  const body = kind === 'openai.responses' ? nativeBody('openai.responses', {}) : CHAT_BODY;
  const provider = providerOf(kind === 'openai.responses' ? 'openai' : kind);
  return readAll(
    provider.open(callFor({ stream: true }, body), transportAnswer(Buffer.from(text), 'text/event-stream')),
  );
}

function delta(content: Json): Json {
  return { choices: [{ index: 0, delta: { content } }] };
}

describe('a number where text belongs', () => {
  it('is part of the text, and cannot be rewritten', async () => {
    const { readings } = await streamed('openai', [delta('card '), delta(41111111), delta(11111111)]);
    expect(windowsOf(readings)['choice:0']).toBe('card 4111111111111111');
    expect(readings.flatMap(({ texts }) => texts).map(({ editable }) => editable)).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('an identifier that is none', () => {
  it('is scanned and not rewritten, and no record is told of it', async () => {
    const { readings } = await streamed('openai', [
      { id: 'ann@example.com', model: 'Ann Smith', created: 4111111111111111, choices: [] },
    ]);
    const texts = readings.flatMap((reading) => reading.texts);
    expect(texts.map(({ text, editable }) => [text, editable])).toEqual([
      ['ann@example.com', false],
      ['Ann Smith', false],
      ['4111111111111111', false],
    ]);
    expect(readings[0]).not.toHaveProperty('model');
    expect(readings[0]).not.toHaveProperty('responseId');
  });
});

describe('data that is not encoded', () => {
  it('is scanned across frames', async () => {
    const signature = (text: string): Json => ({
      type: 'content_block_delta',
      index: 0,
      delta: { type: 'text_delta', text: 'x', signature: text },
    });
    const { readings } = await streamed('anthropic', [signature('@ann@exam'), signature('ple.com@')]);
    expect(Object.values(windowsOf(readings))).toContain('@ann@example.com@');
  });
});

describe('the bytes of tokens', () => {
  it.each([
    ['beside the tokens', { content: [], bytes: [97, 110, 110] }],
    ['within an unknown member', { more: [{ bytes: [97, 110, 110] }] }],
    ['where there is no list', { content: { bytes: [97, 110, 110] } }],
  ])('are taken out %s', async (_, logprobs) => {
    const chat = await streamed('openai', [{ choices: [{ index: 0, delta: {}, logprobs }] }]);
    expect(String(chat.frames[0]?.bytes)).not.toContain('97');
    const response = await streamed('openai.responses', [
      { type: 'response.output_text.delta', delta: 'x', logprobs },
    ]);
    expect(String(response.frames[0]?.bytes)).not.toContain('97');
  });
});

describe("Gemini's inline data", () => {
  function inline(mimeType: string, data: Buffer): Json {
    return {
      candidates: [{ content: { parts: [{ inlineData: { mimeType, data: data.toString('base64') } }] } }],
    };
  }

  it.each(['text/plain', 'image/png', 'application/octet-stream'])(
    'is scanned decoded as %s',
    async (type) => {
      const { readings } = await streamed('google', [
        inline(type, Buffer.from('to ann@exa')),
        inline(type, Buffer.from('mple.com')),
      ]);
      expect(windowsOf(readings)['choice:0/data']).toBe('to ann@example.com');
    },
  );

  it('is scanned as well where a text is no UTF-8, and left alone where it is an image', async () => {
    const latin = Buffer.from('Jürgen ann@example.com', 'latin1');
    const { readings } = await streamed('google', [inline('text/plain', latin), inline('image/png', PNG)]);
    expect(windowsOf(readings)).toEqual({ 'choice:0/data': 'Jürgen ann@example.com' });
  });
});

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
