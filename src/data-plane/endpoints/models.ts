/** The list of models: one answer that the clients of all dialects read. */
import type { JsonObject } from '../../base/json.ts';
import type { Route } from '../../domain/route.ts';
import type { ModelListing } from '../endpoint.ts';

/** Nobody knows when a configured model came into being, and clients want a time. */
const CREATED_SECONDS = 0;
const CREATED = new Date(CREATED_SECONDS).toISOString();

const METHODS = [
  'generateContent',
  'streamGenerateContent',
  'countTokens',
  'embedContent',
  'batchEmbedContents',
];

/**
 * OpenAI's, Anthropic's and Google's clients ask the same address. Their forms do not contradict one another, so one
 * answer serves them all, and no header has to tell who asks.
 */
export const modelListing: ModelListing = {
  paths: ['/v1/models', '/v1beta/models'],
  list(routes) {
    const models = distinct(routes);
    return {
      object: 'list',
      data: models.map(openaiEntry),
      has_more: false,
      first_id: models[0]?.model ?? null,
      last_id: models.at(-1)?.model ?? null,
      models: models.map(googleEntry),
    };
  },
  one: (route) => ({ ...openaiEntry(route), ...googleEntry(route) }),
};

/** Anthropic's members stand beside OpenAI's. */
function openaiEntry({ model, providerKind }: Route): JsonObject {
  return {
    id: model,
    object: 'model',
    created: CREATED_SECONDS,
    owned_by: providerKind,
    type: 'model',
    display_name: model,
    created_at: CREATED,
  };
}

function googleEntry({ model, providerKind }: Route): JsonObject {
  return {
    name: `models/${model}`,
    displayName: model,
    description: `answered by ${providerKind}`,
    supportedGenerationMethods: METHODS,
  };
}

/** A model that several providers answer for is one model; the first route is the one tried first. */
function distinct(routes: readonly Route[]): Route[] {
  const byName = new Map(routes.toReversed().map((route) => [route.model, route]));
  return [...byName.values()].toSorted((a, b) => (a.model < b.model ? -1 : 1));
}
