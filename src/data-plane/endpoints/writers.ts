/** What answer writers of several dialects have in common. */
import type { JsonObject } from '../../base/json.ts';
import type { AnswerWriter } from '../endpoint.ts';

/** One streamed answer of a dialect. */
export type StreamWriter = Pick<AnswerWriter, 'pass' | 'event' | 'end' | 'filtered' | 'failed'>;

/** For the answers that an operation does not give: to ask for one is a mistake of ours. */
export function notOfThisOperation(): never {
  throw new Error('this operation does not give such an answer');
}

const NOTHING: AnswerWriter = {
  streamContentType: 'text/event-stream',
  chat: notOfThisOperation,
  embeddings: notOfThisOperation,
  count: notOfThisOperation,
  pass: notOfThisOperation,
  event: notOfThisOperation,
  end: notOfThisOperation,
  filtered: notOfThisOperation,
  filteredAnswer: notOfThisOperation,
  failed: notOfThisOperation,
};

export function countWriter(count: (tokens: number) => JsonObject): AnswerWriter {
  return { ...NOTHING, count };
}

export function embeddingsWriter(embeddings: AnswerWriter['embeddings']): AnswerWriter {
  return { ...NOTHING, embeddings };
}
