/** What answer writers of several dialects have in common. */
import type { JsonObject } from '../../base/json.ts';
import type { ChatAnswer, ChatChoice } from '../../domain/chat.ts';
import { NO_USAGE } from '../../domain/usage.ts';
import type { AnswerWriter, Ask } from '../endpoint.ts';

/** One streamed answer of a dialect. */
export type StreamWriter = Pick<AnswerWriter, 'pass' | 'event' | 'end' | 'filtered' | 'failed'>;

/** For the answers that an operation does not give: to ask for one is a mistake of ours. */
function notOfThisOperation(): never {
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

export function chatWriter(stream: StreamWriter, chat: AnswerWriter['chat'], ask: Ask): AnswerWriter {
  return {
    ...NOTHING,
    ...stream,
    chat,
    filteredAnswer: (message, id) => chat(filteredAnswer(message, id, ask)),
  };
}

/** The answer that stands for one that was held back: as many choices as were asked for, all of which say why. */
export function filteredAnswer(message: string, id: string, { model, choices }: Ask): ChatAnswer {
  const choiceOf = (index: number): ChatChoice => ({
    index,
    parts: [{ kind: 'text', text: message }],
    finish: 'content_filter',
  });
  return { id, model, choices: Array.from({ length: choices }, (_, i) => choiceOf(i)), usage: NO_USAGE };
}

export function countWriter(count: (tokens: number) => JsonObject): AnswerWriter {
  return { ...NOTHING, count };
}

export function embeddingsWriter(embeddings: AnswerWriter['embeddings']): AnswerWriter {
  return { ...NOTHING, embeddings };
}
