/** OpenAI's responses: `POST /v1/responses`. */
import { z } from 'zod';
import type { JsonObject } from '../../../base/json.ts';
import type { AnswerWriter, Ask, Endpoint } from '../../endpoint.ts';
import { documentOf } from '../document-walker.ts';
import { openaiEndUsers } from '../end-users.ts';
import { openaiRefusal } from '../openai-errors.ts';
import { refuseOtherModels } from '../other-models.ts';
import { parseForm } from '../wire-form.ts';
import { chatWriter } from '../writers.ts';
import { responseOf } from './answer.ts';
import { responsesRequest } from './request.ts';
import { createResponseStream } from './stream.ts';
import { RESPONSES_BODY } from './texts.ts';

const asked = z.looseObject({
  model: z.string().min(1),
  // Absent where a stored prompt takes its place.
  input: z.union([z.string(), z.array(z.unknown())]).nullish(),
  stream: z.boolean().nullish(),
  max_output_tokens: z.int().nonnegative().nullish(),
});

export const openaiResponsesEndpoint: Endpoint = {
  dialect: 'openai.responses',
  operation: 'chat',
  method: 'POST',
  paths: ['/v1/responses'],
  read(body) {
    const { model, stream, max_output_tokens: maxOutputTokens } = parseForm(asked, body);
    refuseOtherModels(body);
    return {
      model,
      stream: stream ?? false,
      maxOutputTokens: maxOutputTokens ?? undefined,
      choices: 1,
      ...openaiEndUsers(body),
    };
  },
  document: (body) => documentOf(body, RESPONSES_BODY),
  toNeutral: (body) => ({ kind: 'chat', request: responsesRequest(body) }),
  createWriter,
  refusal: openaiRefusal,
};

function createWriter(ask: Ask, body: JsonObject): AnswerWriter {
  return chatWriter(createResponseStream(ask.model, body), (answer) => responseOf(answer, body), ask);
}
