/** Opens answers of Bedrock's Converse and ConverseStream. */
import type { ProviderCall, WireAnswer } from '../../../modules/inference/provider.ts';
import type { TransportAnswer } from '../../../modules/inference/transport.ts';
import { wireAnswer } from '../answer.ts';
import { assertMediaType, bufferedFrames, JSON_MEDIA, newStreamState } from '../frames.ts';
import { decodeConverse } from './converse-decoder.ts';
import { createConverseReader } from './converse-reader.ts';
import { eventStreamFrames } from './event-stream.ts';

const EVENT_STREAM_MEDIA = /^application\/vnd\.amazon\.eventstream\b/i;

/** @throws Refusal `provider_bad_answer` for another media type */
export function openConverse(call: ProviderCall, answer: TransportAnswer): WireAnswer {
  const { stream, model } = call;
  assertMediaType(answer, stream ? EVENT_STREAM_MEDIA : JSON_MEDIA);
  const id = answer.headers['x-amzn-requestid'] ?? '';
  return wireAnswer({
    dialect: 'aws.converse',
    stream,
    frames: stream ? eventStreamFrames(answer.body, newStreamState()) : bufferedFrames(answer.body),
    reader: createConverseReader(stream, id, model),
    decodeChat: (json) => decodeConverse(json, id, model),
  });
}
