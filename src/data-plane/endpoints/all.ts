/** Every endpoint, sorted by name, and the list of models. */
import type { Endpoint, ModelListing } from '../endpoint.ts';
import { anthropicCountTokensEndpoint } from './anthropic/anthropic-count-tokens.ts';
import { anthropicMessagesEndpoint } from './anthropic/anthropic-messages.ts';
import { googleCountTokensEndpoint } from './google/count-tokens.ts';
import { googleBatchEmbedEndpoint, googleEmbedEndpoint } from './google/embed-content.ts';
import { googleGenerateEndpoint, googleStreamEndpoint } from './google/generate-content.ts';
import { modelListing } from './models.ts';
import { openaiChatEndpoint } from './openai-chat/openai-chat.ts';
import { openaiEmbeddingsEndpoint } from './openai-embeddings.ts';
import { openaiResponsesEndpoint } from './openai-responses/openai-responses.ts';

export const ENDPOINTS: readonly Endpoint[] = [
  anthropicCountTokensEndpoint,
  anthropicMessagesEndpoint,
  googleBatchEmbedEndpoint,
  googleCountTokensEndpoint,
  googleEmbedEndpoint,
  googleGenerateEndpoint,
  googleStreamEndpoint,
  openaiChatEndpoint,
  openaiEmbeddingsEndpoint,
  openaiResponsesEndpoint,
];

export const MODEL_LISTINGS: readonly ModelListing[] = [modelListing];
