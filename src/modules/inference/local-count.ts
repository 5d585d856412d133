/** The answer to a count-tokens request where no provider of the model can count: our own count, in no dialect. */
import type { Json } from '../../base/json.ts';
import type { Dialect } from '../../domain/dialect.ts';
import { NO_USAGE } from '../../domain/usage.ts';
import type { WireAnswer, WireFrame } from './provider.ts';

export function countedLocally(dialect: Dialect, tokens: number): WireAnswer {
  const frame: WireFrame = { json: tokens, bytes: Buffer.from(String(tokens)) };
  return {
    dialect,
    stream: false,
    frames: once(frame),
    reader: {
      read: () => ({ texts: [], ends: 'all', usage: NO_USAGE }),
      decode: () => [],
      isComplete: () => true,
    },
    decodeChat: notACount,
    decodeEmbeddings: notACount,
    decodeCount: (json: Json) => Number(json),
  };
}

async function* once(frame: WireFrame): AsyncGenerator<WireFrame> {
  yield frame;
}

function notACount(): never {
  throw new Error('a count of tokens was read as something else');
}
