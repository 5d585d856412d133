/** Gemini's `generateContent` and `streamGenerateContent`. */
import { z } from 'zod';
import type { JsonObject } from '../../../base/json.ts';
import type { AnswerWriter, Ask, Endpoint, PathParameters } from '../../endpoint.ts';
import { documentOf } from '../document-walker.ts';
import { malformed, parseForm } from '../wire-form.ts';
import { chatWriter } from '../writers.ts';
import { generatedContent } from './answer.ts';
import { googleRefusal } from './errors.ts';
import { EVENTS, framingOf } from './framing.ts';
import { methodPaths, modelOf, withModelName } from './paths.ts';
import { generateRequest } from './request.ts';
import { createCandidateStream } from './stream.ts';
import { GENERATE_BODY } from './texts.ts';

const asked = z.looseObject({ contents: z.union([z.array(z.unknown()).min(1), z.looseObject({})]) });
const askedConfig = z.looseObject({
  maxOutputTokens: z.int().nonnegative().nullish(),
  max_output_tokens: z.int().nonnegative().nullish(),
  candidateCount: z.int().min(1).max(128).nullish(),
  candidate_count: z.int().min(1).max(128).nullish(),
});
const askedBody = asked.extend({
  generationConfig: askedConfig.nullish(),
  generation_config: askedConfig.nullish(),
});

export const googleGenerateEndpoint: Endpoint = generateEndpoint('generateContent', false);

export const googleStreamEndpoint: Endpoint = generateEndpoint('streamGenerateContent', true);

function generateEndpoint(method: string, stream: boolean): Endpoint {
  return {
    dialect: 'google.generate',
    operation: 'chat',
    method: 'POST',
    paths: methodPaths(method),
    read: (body, path) => read(body, path, stream),
    document: (body, path) => withModelName(documentOf(body, GENERATE_BODY), path),
    toNeutral: (body, path) => ({ kind: 'chat', request: generateRequest(body, modelOf(path), stream) }),
    createWriter,
    refusal: googleRefusal,
  };
}

function read(body: JsonObject, path: PathParameters, stream: boolean): Ask {
  // An `alt` that is not known is refused before anything else is looked at.
  if (stream) framingOf(path);
  const form = parseForm(askedBody, body);
  if (form.generationConfig && form.generation_config)
    throw malformed('/generation_config', 'the configuration is given twice');
  const config = form.generationConfig ?? form.generation_config;
  return {
    model: modelOf(path),
    stream,
    maxOutputTokens: config?.maxOutputTokens ?? config?.max_output_tokens ?? undefined,
    choices: config?.candidateCount ?? config?.candidate_count ?? 1,
  };
}

function createWriter(ask: Ask, _body: JsonObject, path: PathParameters): AnswerWriter {
  const framing = ask.stream ? framingOf(path) : EVENTS;
  return {
    ...chatWriter(createCandidateStream(ask.model, ask.choices, framing), generatedContent, ask),
    streamContentType: framing.contentType,
  };
}
