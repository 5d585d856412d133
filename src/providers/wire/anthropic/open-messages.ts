/** Opens answers of Anthropic's messages and of its token counts. */
import type { ProviderCall, WireAnswer } from '../../../modules/inference/provider.ts';
import type { TransportAnswer } from '../../../modules/inference/transport.ts';
import { wireAnswer } from '../answer.ts';
import { jsonFrames } from '../frames.ts';
import { createPlainReader } from '../reading.ts';
import { shapeOf } from '../text-walk.ts';
import { decodeMessage, decodeTokenCount } from './anthropic-decoder.ts';
import { createAnthropicReader } from './anthropic-reader.ts';

const NO_KNOWN = shapeOf({});

/** @throws Refusal `provider_bad_answer` for another media type */
export function openMessages(call: ProviderCall, answer: TransportAnswer): WireAnswer {
  const dialect = 'anthropic.messages';
  const stream = call.stream && call.operation === 'chat';
  const frames = jsonFrames(answer, stream);
  if (call.operation === 'count_tokens') {
    const reader = createPlainReader(NO_KNOWN, () => undefined);
    return wireAnswer({ dialect, stream, frames, reader, decodeCount: decodeTokenCount });
  }
  return wireAnswer({
    dialect,
    stream,
    frames,
    reader: createAnthropicReader(stream),
    decodeChat: decodeMessage,
  });
}
