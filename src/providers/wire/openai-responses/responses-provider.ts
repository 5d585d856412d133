/** What all providers do alike that have OpenAI's Responses API beside its chat completions. */
import type { ProviderCall } from '../../../modules/inference/provider.ts';
import { chatProvider, type AnswerSide } from '../openai-chat/chat-provider.ts';
import { openResponses } from './open-responses.ts';

export function responsesProvider(): AnswerSide {
  const chat = chatProvider({ endMarkOptional: false });
  return {
    ...chat,
    speaks: (dialect, operation) =>
      (dialect === 'openai.responses' && operation === 'chat') || chat.speaks(dialect, operation),
    open: (call, answer) => (isResponses(call) ? openResponses(call, answer) : chat.open(call, answer)),
  };
}

/** `embeddings`, `responses` or `chat/completions`. */
export function operationPath(call: ProviderCall): string {
  if (call.operation === 'embeddings') return 'embeddings';
  return isResponses(call) ? 'responses' : 'chat/completions';
}

export function isResponses({ operation, body }: ProviderCall): boolean {
  return operation !== 'embeddings' && body.kind === 'native' && body.dialect === 'openai.responses';
}
