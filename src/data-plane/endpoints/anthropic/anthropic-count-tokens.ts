/** Anthropic's token counting: `POST /v1/messages/count_tokens`. */
import { z } from 'zod';
import type { AnswerWriter, Endpoint } from '../../endpoint.ts';
import { documentOf } from '../document-walker.ts';
import { parseForm } from '../wire-form.ts';
import { countWriter } from '../writers.ts';
import { anthropicRefusal } from './errors.ts';
import { countRequest } from './request.ts';
import { MESSAGES_BODY } from './texts.ts';

const asked = z.looseObject({ model: z.string().min(1), messages: z.array(z.unknown()).min(1) });

export const anthropicCountTokensEndpoint: Endpoint = {
  dialect: 'anthropic.messages',
  operation: 'count_tokens',
  method: 'POST',
  paths: ['/v1/messages/count_tokens'],
  read(body) {
    const { model } = parseForm(asked, body);
    return { model, stream: false, maxOutputTokens: undefined, choices: 1 };
  },
  document: (body) => documentOf(body, MESSAGES_BODY),
  toNeutral: (body) => ({ kind: 'chat', request: countRequest(body) }),
  createWriter: (): AnswerWriter => countWriter((tokens) => ({ input_tokens: tokens })),
  refusal: anthropicRefusal,
};
