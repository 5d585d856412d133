/** What all providers do alike that have OpenAI's chat completions and embeddings. */
import type { Provider } from '../../../modules/inference/provider.ts';
import { providerRefusal } from '../provider-refusal.ts';
import { openEmbeddings } from './embeddings.ts';
import { openChat, type OpenChatOptions } from './open-chat.ts';

export type AnswerSide = Pick<Provider, 'speaks' | 'supports' | 'open' | 'refusal'>;

export function chatProvider(options: OpenChatOptions): AnswerSide {
  return {
    speaks: (dialect, operation) =>
      (dialect === 'openai.chat' && operation === 'chat') ||
      (dialect === 'openai.embeddings' && operation === 'embeddings'),
    supports: (operation) => operation !== 'count_tokens',
    open: (call, answer) =>
      call.operation === 'embeddings' ? openEmbeddings(answer) : openChat(call, answer, options),
    refusal: providerRefusal,
  };
}
