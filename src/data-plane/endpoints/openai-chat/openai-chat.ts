/** OpenAI's chat completions: `POST /v1/chat/completions`. */
import { z } from 'zod';
import { isObject, type JsonObject } from '../../../base/json.ts';
import type { AnswerWriter, Ask, Endpoint } from '../../endpoint.ts';
import { documentOf } from '../document-walker.ts';
import { openaiEndUsers } from '../end-users.ts';
import { openaiRefusal } from '../openai-errors.ts';
import { refuseOtherModels } from '../other-models.ts';
import { parseForm } from '../wire-form.ts';
import { chatWriter } from '../writers.ts';
import { completion } from './answer.ts';
import { chatRequest } from './request.ts';
import { createChunkWriter } from './stream.ts';
import { CHAT_BODY } from './texts.ts';

const asked = z.looseObject({
  model: z.string().min(1),
  messages: z.array(z.unknown()).min(1),
  stream: z.boolean().nullish(),
  max_tokens: z.int().nonnegative().nullish(),
  max_completion_tokens: z.int().nonnegative().nullish(),
  n: z.int().min(1).max(128).nullish(),
});

export const openaiChatEndpoint: Endpoint = {
  dialect: 'openai.chat',
  operation: 'chat',
  method: 'POST',
  paths: ['/v1/chat/completions'],
  read(body) {
    const form = parseForm(asked, body);
    refuseOtherModels(body);
    return {
      model: form.model,
      stream: form.stream ?? false,
      maxOutputTokens: form.max_completion_tokens ?? form.max_tokens ?? undefined,
      choices: form.n ?? 1,
      ...openaiEndUsers(body),
    };
  },
  document: (body) => documentOf(body, CHAT_BODY),
  toNeutral: (body) => ({ kind: 'chat', request: chatRequest(body) }),
  createWriter,
  refusal: openaiRefusal,
};

function createWriter(ask: Ask, body: JsonObject): AnswerWriter {
  const { stream_options: options } = body;
  const tellsUsage = isObject(options) && options.include_usage === true;
  return chatWriter(createChunkWriter(ask.model, ask.choices, tellsUsage), completion, ask);
}
