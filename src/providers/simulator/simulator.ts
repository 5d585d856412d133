/** The simulator: answers without a network, and says in every answer that it does, so that policies can be tried. */
import { z } from 'zod';
import { defineProvider, type Provider } from '../../modules/inference/provider.ts';
import { OPENAI_TRAITS } from '../wire/openai-chat/chat-traits.ts';
import { chatProvider } from '../wire/openai-chat/chat-provider.ts';
import { chatBody } from '../wire/openai-chat/prepare-chat.ts';
import { simulatedAnswer } from './simulated-answer.ts';

const config = z.strictObject({
  /** Between the pieces of a streamed answer. */
  delay_ms: z.int().min(0).max(10_000).default(0),
});

export const simulator = defineProvider({
  id: 'simulator',
  title: 'Simulator',
  description:
    'Answers without a network by echoing the prompt: for trying policies before a provider is configured.',
  config,
  create: createSimulator,
});

function createSimulator({ delay_ms: delayMs }: z.infer<typeof config>): Provider {
  return {
    ...chatProvider({ endMarkOptional: false }),
    kind: 'simulator',
    prepare: (call) => ({
      method: 'POST',
      url: 'simulator:',
      headers: {},
      body: chatBody(call, { ...OPENAI_TRAITS, name: 'The simulator', topK: true }),
    }),
    answerLocally: (call, request, signal) => simulatedAnswer(call, request, signal, delayMs),
  };
}
