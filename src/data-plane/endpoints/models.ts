/** Lists of models: one that OpenAI's and Anthropic's clients both read, and Gemini's. */
import type { Json, JsonObject } from '../../base/json.ts';
import type { Route } from '../../domain/route.ts';
import type { ModelListing } from '../endpoint.ts';

/** Nobody knows when a configured model came into being, and both clients want a time. */
const CREATED_SECONDS = 0;
const CREATED = new Date(CREATED_SECONDS).toISOString();

/**
 * OpenAI's and Anthropic's clients ask the same address. Their forms do not contradict each other, so that one answer
 * serves both and no header decides.
 */
export const openaiAnthropicModels: ModelListing = {
  paths: ['/v1/models'],
  list(routes) {
    const data = distinct(routes).map(entry);
    return {
      object: 'list',
      data,
      has_more: false,
      first_id: data[0]?.id ?? null,
      last_id: data.at(-1)?.id ?? null,
    };
  },
  one: entry,
};

export const googleModels: ModelListing = {
  paths: ['/v1beta/models'],
  list: (routes): Json => ({ models: distinct(routes).map(googleEntry) }),
  one: googleEntry,
};

function entry({ model, providerKind }: Route): JsonObject {
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
    supportedGenerationMethods: [
      'generateContent',
      'streamGenerateContent',
      'countTokens',
      'embedContent',
      'batchEmbedContents',
    ],
  };
}

/** A model that several providers answer for is one model; the first route is the one tried first. */
function distinct(routes: readonly Route[]): Route[] {
  return [...new Map(routes.toReversed().map((route) => [route.model, route])).values()].toSorted((a, b) =>
    a.model < b.model ? -1 : 1,
  );
}
