/** However the bytes of an answer are cut, the frames are the same. */
import fc from 'fast-check';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../base/json.ts';
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
  type ReadAnswer,
} from './testdata/harness.ts';

const ROOT = new URL('../', import.meta.url);
const STREAMS = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'wire' && entry.name !== 'simulator')
  .flatMap(({ name }) => goldenCases(new URL(`${name}/testdata/`, ROOT), 'answer'))
  .filter(({ header }) => header['stream'] === true);

function readCut(
  header: JsonObject,
  bytes: Buffer,
  contentType: string,
  cuts: readonly number[],
): Promise<ReadAnswer> {
  const native = header['native'];
  const body = native === undefined ? CHAT_BODY : nativeBody('openai.responses', {});
  const call = callFor(header, body);
  const provider = providerOf(kindOf(header), header['config'] as JsonObject | undefined);
  return readAll(provider.open(call, transportAnswer(bytes, contentType, cuts)));
}

function comparable({ frames, readings, complete }: ReadAnswer): unknown {
  return {
    frames: frames.map(({ name, json, bytes }) => ({ name, json, bytes: bytes.toString('base64') })),
    readings: readings.map(({ error, ...rest }) => ({ ...rest, error: error?.code })),
    complete,
  };
}

describe('a stream that is cut anywhere', () => {
  it.each(STREAMS.map(({ name, header, input }) => [name, header, input] as const))(
    '%s',
    async (_, header, input) => {
      const { bytes, contentType } = answerBytes(header, input);
      const whole = comparable(await readCut(header, bytes, contentType, []));
      const every = Array.from({ length: bytes.length }, (__, i) => i);
      expect(comparable(await readCut(header, bytes, contentType, every))).toEqual(whole);
      await fc.assert(
        fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 8 }), async (cuts) => {
          expect(comparable(await readCut(header, bytes, contentType, cuts))).toEqual(whole);
        }),
        { numRuns: 20 },
      );
    },
  );

  it.each(STREAMS.map(({ name, header, input }) => [name, header, input] as const))(
    '%s with CRLF line ends reads the same',
    async (_, header, input) => {
      if (header['provider'] === 'aws.bedrock') return;
      const { bytes, contentType } = answerBytes(header, input);
      const crlf = Buffer.from(bytes.toString('utf8').replaceAll('\n', '\r\n'));
      const payloads = async (sent: Buffer, cuts: number[]): Promise<unknown> =>
        (await readCut(header, sent, contentType, cuts)).frames.map(({ name, json }) => ({ name, json }));
      const every = Array.from({ length: crlf.length }, (__, i) => i);
      expect(await payloads(crlf, every)).toEqual(await payloads(bytes, []));
    },
  );
});
