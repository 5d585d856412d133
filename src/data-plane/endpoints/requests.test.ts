/**
 * Bodies and what becomes of them in neutral form: golden files in testdata/requests, a body, a line of dashes, and what
 * is expected of it. `good_…` files hold the neutral request, `bad_…` files the refusal.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../base/json.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Endpoint } from '../endpoint.ts';
import { anthropicCountTokensEndpoint } from './anthropic/anthropic-count-tokens.ts';
import { anthropicMessagesEndpoint } from './anthropic/anthropic-messages.ts';
import { googleCountTokensEndpoint } from './google/count-tokens.ts';
import { googleBatchEmbedEndpoint, googleEmbedEndpoint } from './google/embed-content.ts';
import { googleGenerateEndpoint, googleStreamEndpoint } from './google/generate-content.ts';
import { openaiChatEndpoint } from './openai-chat/openai-chat.ts';
import { openaiEmbeddingsEndpoint } from './openai-embeddings.ts';
import { openaiResponsesEndpoint } from './openai-responses/openai-responses.ts';
import { unsupported } from './wire-form.ts';

const FOLDERS: readonly (readonly [string, Endpoint])[] = [
  ['anthropic-count-tokens', anthropicCountTokensEndpoint],
  ['anthropic-messages', anthropicMessagesEndpoint],
  ['google-batch-embed', googleBatchEmbedEndpoint],
  ['google-count-tokens', googleCountTokensEndpoint],
  ['google-embed', googleEmbedEndpoint],
  ['google-generate', googleGenerateEndpoint],
  ['openai-chat', openaiChatEndpoint],
  ['openai-embeddings', openaiEmbeddingsEndpoint],
  ['openai-responses', openaiResponsesEndpoint],
];

const PATH = { model: 'model-of-path', alt: 'sse' };

function told(work: () => object): object {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { code: error.code, pointer: error.details.pointer, message: error.message };
  }
}

describe.each(FOLDERS)('%s', (folder, endpoint) => {
  const directory = new URL(`testdata/requests/${folder}/`, import.meta.url);
  test.each(readdirSync(directory))('%s', (file) => {
    const [body = '', expected = ''] = readFileSync(new URL(file, directory), 'utf8').split('\n----------\n');
    const result = told(() => endpoint.toNeutral(JSON.parse(body) as JsonObject, PATH));
    expect(result).toEqual(JSON.parse(expected) as Json);
    expect('code' in result).toBe(file.startsWith('bad_'));
  });
});

describe('reading', () => {
  const messages = [{ role: 'user', content: 'hi' }];
  const contents = [{ parts: [{ text: 'hi' }] }];

  test.each<[string, Endpoint, JsonObject, JsonObject]>([
    ['chat', openaiChatEndpoint, { model: 'm', messages }, { model: 'm', stream: false, choices: 1 }],
    [
      'chat with limits',
      openaiChatEndpoint,
      { model: 'm', messages, stream: true, n: 3, max_tokens: 5 },
      { model: 'm', stream: true, maxOutputTokens: 5, choices: 3 },
    ],
    [
      'chat with the newer limit',
      openaiChatEndpoint,
      { model: 'm', messages, max_tokens: 5, max_completion_tokens: 6 },
      { model: 'm', stream: false, maxOutputTokens: 6, choices: 1 },
    ],
    [
      'a response',
      openaiResponsesEndpoint,
      { model: 'm', input: 'hi', max_output_tokens: 7 },
      { model: 'm', stream: false, maxOutputTokens: 7, choices: 1 },
    ],
    [
      'a response of a stored prompt',
      openaiResponsesEndpoint,
      { model: 'm', prompt: { id: 'p' } },
      { model: 'm', stream: false, choices: 1 },
    ],
    [
      'embeddings of tokens',
      openaiEmbeddingsEndpoint,
      { model: 'm', input: [1, 2] },
      { model: 'm', stream: false, choices: 1 },
    ],
    [
      'a message',
      anthropicMessagesEndpoint,
      { model: 'm', messages, max_tokens: 9, stream: true },
      { model: 'm', stream: true, maxOutputTokens: 9, choices: 1 },
    ],
    [
      'a count',
      anthropicCountTokensEndpoint,
      { model: 'm', messages },
      { model: 'm', stream: false, choices: 1 },
    ],
    [
      'content',
      googleGenerateEndpoint,
      { contents, generationConfig: { maxOutputTokens: 3, candidateCount: 2 } },
      { model: 'model-of-path', stream: false, maxOutputTokens: 3, choices: 2 },
    ],
    [
      'content in the other spelling',
      googleStreamEndpoint,
      { contents, generation_config: { max_output_tokens: 3 } },
      { model: 'model-of-path', stream: true, maxOutputTokens: 3, choices: 1 },
    ],
  ])('%s', (_name, endpoint, body, expected) => {
    expect(endpoint.read(body, PATH)).toEqual(expected);
  });

  test.each<[string, Endpoint, JsonObject, string]>([
    ['no model', openaiChatEndpoint, { messages }, '/model'],
    ['a model that is a number', openaiChatEndpoint, { model: 4, messages }, '/model'],
    ['no messages', openaiChatEndpoint, { model: 'm', messages: [] }, '/messages'],
    ['a stream that is a word', openaiChatEndpoint, { model: 'm', messages, stream: 'yes' }, '/stream'],
    ['a hundred thousand answers', openaiChatEndpoint, { model: 'm', messages, n: 100_000 }, '/n'],
    ['a negative limit', openaiChatEndpoint, { model: 'm', messages, max_tokens: -1 }, '/max_tokens'],
    ['an input that is a number', openaiResponsesEndpoint, { model: 'm', input: 3 }, '/input'],
    ['no limit', anthropicMessagesEndpoint, { model: 'm', messages }, '/max_tokens'],
    ['no contents', googleGenerateEndpoint, {}, '/contents'],
    ['nothing to count', googleCountTokensEndpoint, {}, '/contents'],
    [
      'a count that names its model in the other spelling',
      googleCountTokensEndpoint,
      { generate_content_request: { model: 'models/other', contents } },
      '/generate_content_request',
    ],
    ['no requests', googleBatchEmbedEndpoint, { requests: [] }, '/requests'],
  ])('refuses %s', (_name, endpoint, body, pointer) => {
    expect(told(() => endpoint.read(body, PATH))).toMatchObject({ code: 'invalid_request', pointer });
  });

  test.each([undefined, 'json', 'sse'])('takes a stream of content with alt=%s', (alt) => {
    for (const path of [
      { model: 'm', alt },
      { model: 'm', $alt: alt },
    ])
      expect(googleStreamEndpoint.read({ contents }, path)).toMatchObject({ model: 'm', stream: true });
  });

  test('takes what generated clients ask for: $alt with numbers for enumerations', () => {
    const path = { model: 'm', $alt: 'json;enum-encoding=int' };
    expect(googleStreamEndpoint.read({ contents }, path)).toMatchObject({ model: 'm', stream: true });
  });

  test.each(['media', 'proto', 'SSE', ''])('refuses a stream of content with alt=%s', (alt) => {
    for (const path of [
      { model: 'm', alt },
      { model: 'm', $alt: alt },
    ]) {
      const refused = told(() => googleStreamEndpoint.read({ contents }, path));
      expect(refused).toMatchObject({
        code: 'invalid_request',
        message: expect.stringContaining('alt=sse') as string,
      });
    }
  });

  describe.each<[string, Endpoint, JsonObject]>([
    ['chat', openaiChatEndpoint, { model: 'm', messages }],
    ['a response', openaiResponsesEndpoint, { model: 'm', input: 'hi' }],
    ['embeddings', openaiEmbeddingsEndpoint, { model: 'm', input: 'hi' }],
  ])('lets no provider choose the model of %s', (_name, endpoint, body) => {
    test.each<[string, Json]>([
      ['models', ['other']],
      ['route', 'fallback'],
      ['provider', { order: ['other'] }],
      ['plugins', [{ id: 'web' }]],
      ['preset', 'mine'],
      ['fallbacks', ['other']],
    ])('by %s', (name, value) => {
      expect(told(() => endpoint.read({ ...body, [name]: value }, PATH))).toMatchObject({
        code: 'unsupported_parameter',
        pointer: `/${name}`,
      });
      expect(endpoint.read({ ...body, [name]: null }, PATH)).toMatchObject({ model: 'm' });
    });
  });

  test('never changes a field that it does not know', () => {
    const body = { model: 'm', messages, brand_new: { deep: [1] } };
    const before = structuredClone(body);
    openaiChatEndpoint.read(body, PATH);
    openaiChatEndpoint.document(body, {});
    expect(body).toEqual(before);
  });
});

test('a name that a client made up is told to nobody', () => {
  const refusal = unsupported('/metadata/my card is 4111 1111 1111 1111/x');
  expect(refusal.message).toBe('the parameter metadata cannot be carried to the provider that answers');
  expect(refusal.details.pointer).toBe('/metadata');
});
