/** Anthropic's messages: `POST /v1/messages`. */
import { z } from 'zod';
import type { AnswerWriter, Ask, Endpoint } from '../../endpoint.ts';
import { documentOf } from '../document-walker.ts';
import { parseForm } from '../wire-form.ts';
import { chatWriter, filteredAnswer } from '../writers.ts';
import { messageOf, refusalDetails } from './answer.ts';
import { anthropicEndUsers } from '../end-users.ts';
import { anthropicRefusal } from './errors.ts';
import { messagesRequest } from './request.ts';
import { createMessageStream } from './stream.ts';
import { MESSAGES_BODY } from './texts.ts';

const asked = z.looseObject({
  model: z.string().min(1),
  messages: z.array(z.unknown()).min(1),
  max_tokens: z.int().nonnegative(),
  stream: z.boolean().nullish(),
});

export const anthropicMessagesEndpoint: Endpoint = {
  dialect: 'anthropic.messages',
  operation: 'chat',
  method: 'POST',
  paths: ['/v1/messages'],
  read(body) {
    const { model, stream, max_tokens: maxOutputTokens } = parseForm(asked, body);
    return { model, stream: stream ?? false, maxOutputTokens, choices: 1, ...anthropicEndUsers(body) };
  },
  document: (body) => documentOf(body, MESSAGES_BODY),
  toNeutral: (body) => ({ kind: 'chat', request: messagesRequest(body) }),
  createWriter,
  refusal: anthropicRefusal,
};

function createWriter(ask: Ask): AnswerWriter {
  return {
    ...chatWriter(createMessageStream(ask.model), messageOf, ask),
    filteredAnswer: (message, id) => ({
      ...messageOf(filteredAnswer(message, id, ask)),
      stop_details: refusalDetails(message),
    }),
  };
}
