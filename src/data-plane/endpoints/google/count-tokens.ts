/** Gemini's `countTokens`. */
import type { Endpoint } from '../../endpoint.ts';
import { documentOf } from '../document-walker.ts';
import { malformed } from '../wire-form.ts';
import { countWriter } from '../writers.ts';
import { googleRefusal } from './errors.ts';
import { methodPaths, modelOf, withModelName } from './paths.ts';
import { countRequest } from './request.ts';
import { COUNT_BODY } from './texts.ts';

export const googleCountTokensEndpoint: Endpoint = {
  dialect: 'google.generate',
  operation: 'count_tokens',
  method: 'POST',
  paths: methodPaths('countTokens'),
  read(body, path) {
    const { contents, generateContentRequest: whole, generate_content_request: snake } = body;
    // It names a model of its own, which is replaced where it is spelled as official clients spell it.
    if (snake !== undefined)
      throw malformed('/generate_content_request', 'this name is read as generateContentRequest only');
    if (contents === undefined && whole === undefined) throw malformed('/contents', 'contents were expected');
    return { model: modelOf(path), stream: false, maxOutputTokens: undefined, choices: 1 };
  },
  document: (body, path) => withModelName(documentOf(body, COUNT_BODY), path),
  toNeutral: (body, path) => ({ kind: 'chat', request: countRequest(body, modelOf(path)) }),
  createWriter: () => countWriter((tokens) => ({ totalTokens: tokens })),
  refusal: googleRefusal,
};
