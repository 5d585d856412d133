/** Gemini's `embedContent` and `batchEmbedContents`. */
import { z } from 'zod';
import type { JsonObject } from '../../../base/json.ts';
import type { EmbeddingsAnswer, EmbeddingsRequest } from '../../../domain/chat.ts';
import type { Ask, Endpoint, PathParameters } from '../../endpoint.ts';
import { documentOf } from '../document-walker.ts';
import { given, LET_GO, onlyDefault, parseForm, unsupported } from '../wire-form.ts';
import { embeddingsWriter } from '../writers.ts';
import { googleRefusal } from './errors.ts';
import { methodPaths, modelOf, withModelName } from './paths.ts';
import { withCamelCase } from './proto-names.ts';
import { BATCH_EMBED_BODY, EMBED_BODY } from './texts.ts';

const embedForm = z.strictObject({
  // The path has said it.
  model: LET_GO,
  content: z.strictObject({ role: LET_GO, parts: z.array(z.strictObject({ text: z.string() })).min(1) }),
  outputDimensionality: z.int().positive().nullish(),
  taskType: onlyDefault('TASK_TYPE_UNSPECIFIED'),
  title: onlyDefault(),
});
const batchForm = z.strictObject({ requests: z.array(embedForm).min(1) });

const asked = z.looseObject({ content: z.looseObject({}) });
const askedBatch = z.looseObject({ requests: z.array(z.unknown()).min(1) });

export const googleEmbedEndpoint: Endpoint = {
  dialect: 'google.embed',
  operation: 'embeddings',
  method: 'POST',
  paths: methodPaths('embedContent'),
  read(body, path) {
    parseForm(asked, body);
    return askOf(path);
  },
  document: (body, path) => withModelName(documentOf(body, EMBED_BODY), path),
  toNeutral: (body, path) => ({ kind: 'embeddings', request: embedRequest(body, path) }),
  createWriter: () =>
    embeddingsWriter(({ vectors, usage }) => ({
      embedding: { values: vectors[0] ?? [] },
      ...counted(usage),
    })),
  refusal: googleRefusal,
};

export const googleBatchEmbedEndpoint: Endpoint = {
  dialect: 'google.embed',
  operation: 'embeddings',
  method: 'POST',
  paths: methodPaths('batchEmbedContents'),
  read(body, path) {
    parseForm(askedBatch, body);
    return askOf(path);
  },
  document: (body, path) => withModelName(documentOf(body, BATCH_EMBED_BODY), path),
  toNeutral: (body, path) => ({ kind: 'embeddings', request: batchRequest(body, path) }),
  createWriter: () =>
    embeddingsWriter(({ vectors, usage }) => ({
      embeddings: vectors.map((values) => ({ values })),
      ...counted(usage),
    })),
  refusal: googleRefusal,
};

function askOf(path: PathParameters): Ask {
  return { model: modelOf(path), stream: false, maxOutputTokens: undefined, choices: 1 };
}

function counted({ inputTokens }: EmbeddingsAnswer['usage']): JsonObject {
  return { usageMetadata: { promptTokenCount: inputTokens, totalTokenCount: inputTokens } };
}

type EmbedForm = z.output<typeof embedForm>;

function embedRequest(body: JsonObject, path: PathParameters): EmbeddingsRequest {
  const form = parseForm(embedForm, withCamelCase(body));
  return {
    model: modelOf(path),
    inputs: [textOf(form)],
    ...given({ dimensions: form.outputDimensionality }),
  };
}

function batchRequest(body: JsonObject, path: PathParameters): EmbeddingsRequest {
  const { requests } = parseForm(batchForm, withCamelCase(body));
  const dimensions = requests[0]?.outputDimensionality;
  const other = requests.findIndex(
    ({ outputDimensionality }) => (outputDimensionality ?? undefined) !== (dimensions ?? undefined),
  );
  if (other >= 0) throw unsupported(`/requests/${other}/outputDimensionality`);
  return { model: modelOf(path), inputs: requests.map(textOf), ...given({ dimensions }) };
}

/** The parts of one content are one input. */
function textOf({ content }: EmbedForm): string {
  return content.parts.map(({ text }) => text).join('\n');
}
