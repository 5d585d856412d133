/** Wherever a string is planted in an answer, it lands in a window, or in one of the places that are known to hold no text. */
import fc from 'fast-check';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  isArray,
  isObject,
  pointerTo,
  valueAt,
  withValues,
  type Json,
  type JsonObject,
} from '../../base/json.ts';
import type { FrameText } from '../../modules/inference/provider.ts';
import {
  answerBytes,
  callFor,
  CHAT_BODY,
  goldenCases,
  kindOf,
  nativeBody,
  providerOf,
  readAll,
  transportAnswer,
} from './testdata/harness.ts';

const ROOT = new URL('../', import.meta.url);
const WHOLE = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'wire' && entry.name !== 'simulator')
  .flatMap(({ name }) => goldenCases(new URL(`${name}/testdata/`, ROOT), 'answer'));

const PLANT = 'ann@planted.example';

/** Every object in a value. Vectors, signatures and token counts have no room for unknown members worth a test. */
function objectsIn(value: Json, pointer = ''): string[] {
  if (isArray(value)) return value.flatMap((item, i) => objectsIn(item, `${pointer}/${i}`));
  if (!isObject(value)) return [];
  const below = Object.entries(value).flatMap(([key, item]) =>
    objectsIn(item ?? null, pointerTo(pointer, key)),
  );
  return [pointer, ...below];
}

const CARD = '4111111111111111';

/** Every value that is neither an object nor a list. Token bytes are taken out of the answer, and vectors are numbers. */
function valuesIn(value: Json, pointer = ''): string[] {
  if (/\/(?:bytes|tokenId|embedding|embeddings|values)(?:\/|$)/.test(pointer)) return [];
  if (isArray(value)) return value.flatMap((item, i) => valuesIn(item, `${pointer}/${i}`));
  if (!isObject(value)) return [pointer];
  return Object.entries(value).flatMap(([key, item]) => valuesIn(item ?? null, pointerTo(pointer, key)));
}

async function textsOf(header: JsonObject, payload: Json): Promise<readonly FrameText[]> {
  const stream = header['stream'] === true;
  const isBedrock = header['provider'] === 'aws.bedrock';
  const text = JSON.stringify(payload);
  const input = isBedrock && stream ? `contentBlockDelta ${text}` : stream ? `data: ${text}` : text;
  const { bytes, contentType } = answerBytes(header, input);
  const body = header['native'] === undefined ? CHAT_BODY : nativeBody('openai.responses', {});
  const provider = providerOf(kindOf(header), header['config'] as JsonObject | undefined);
  const answer = provider.open(callFor(header, body), transportAnswer(bytes, contentType));
  const { frames, readings } = await readAll(answer);
  const texts = readings.flatMap((reading) => reading.texts);
  for (const { pointer, text: said, editable } of texts) {
    const value = valueAt(frames[0]?.json ?? null, pointer);
    // What can be edited stands where its pointer says.
    if (editable) expect(value).toBe(said);
  }
  return texts;
}

function payloadsOf(header: JsonObject, input: string): JsonObject[] {
  const lines = header['stream'] === true ? input.split('\n') : [input];
  return lines
    .map((line) => line.slice(Math.max(0, line.indexOf('{'))))
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as JsonObject);
}

describe('a string in a field that nobody knows', () => {
  it.each(WHOLE.map(({ name, header, input }) => [name, header, input] as const))(
    '%s',
    async (_, header, input) => {
      for (const payload of payloadsOf(header, input)) {
        for (const pointer of objectsIn(payload)) {
          const planted = withValues(payload, new Map([[`${pointer}/a_future_field`, { deep: [PLANT] }]]));
          const texts = await textsOf(header, planted);
          expect({ pointer, found: texts.some(({ text }) => text.includes(PLANT)) }).toEqual({
            pointer,
            found: true,
          });
        }
      }
    },
  );

  it.each(WHOLE.map(({ name, header, input }) => [name, header, input] as const))(
    '%s with something else where something is expected',
    async (_, header, input) => {
      for (const payload of payloadsOf(header, input)) {
        for (const pointer of objectsIn(payload)) {
          for (const key of Object.keys(valueAt(payload, pointer) as JsonObject)) {
            // Taken out of the answer: they repeat the text as numbers.
            if (key === 'bytes' || key === 'tokenId') continue;
            for (const odd of [{ deep: [PLANT] }, [PLANT], [{ deep: PLANT }]]) {
              const at = pointerTo(pointer, key);
              const texts = await textsOf(header, withValues(payload, new Map([[at, odd]])));
              expect({ at, odd, found: texts.some(({ text }) => text.includes(PLANT)) }).toEqual({
                at,
                odd,
                found: true,
              });
            }
          }
        }
      }
    },
  );

  it.each(WHOLE.map(({ name, header, input }) => [name, header, input] as const))(
    '%s with a text, or with its digits as a number, wherever a value is',
    async (_, header, input) => {
      for (const payload of payloadsOf(header, input)) {
        for (const at of valuesIn(payload)) {
          for (const odd of [PLANT, CARD, Number(CARD)]) {
            const texts = await textsOf(header, withValues(payload, new Map([[at, odd]])));
            expect({ at, odd, found: texts.some(({ text }) => text.includes(String(odd))) }).toEqual({
              at,
              odd,
              found: true,
            });
          }
        }
      }
    },
  );

  it('is found at any depth, in keys that are no identifiers as well', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), async (value) => {
        const choices = [
          { index: 0, delta: { content: 'x', odd: { [PLANT]: value, next: [PLANT] } }, finish_reason: null },
        ];
        const texts = await textsOf({ provider: 'openai', stream: true }, { choices });
        const found = texts.filter(({ text }) => text === PLANT);
        expect(new Set(found.map(({ editable }) => editable))).toEqual(new Set([false, true]));
      }),
    );
  });
});
