/** The official OpenAI client, unmodified, through the running gateway: chat completions, responses, embeddings, models, errors. */
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chatClient, openaiClient, responsesClient } from './openai-clients.ts';
import { describeClient, thrownBy, type Client } from './suite.ts';
import { CREDENTIALS, PROVIDERS, startWorld, type World } from './world.ts';

let world: World;
let openai: OpenAI;
let chat: Client;
let responses: Client;

beforeAll(async () => {
  world = await startWorld();
  openai = openaiClient(world);
  chat = chatClient(world);
  responses = responsesClient(world);
});
afterAll(() => world.stop());

describeClient(() => world, ['openai (chat completions)', () => chat], {
  silentReasoning: ['openai', 'azure'],
  noCachedTokens: ['ollama'],
});
describeClient(() => world, ['openai (responses)', () => responses], {
  silentReasoning: [],
  noCachedTokens: ['ollama'],
});

describe('openai: embeddings', () => {
  test.each(['openai', 'azure', 'ollama', 'vllm', 'google'])(
    'from %s, one vector for each input',
    async (provider) => {
      const { data, usage } = await openai.embeddings.create({
        model: `${provider}.embed`,
        input: ['one', 'two'],
      });
      expect(data.map(({ embedding, index }) => ({ embedding, index }))).toEqual([
        { embedding: [0.125, -0.5, 0.25, 1], index: 0 },
        { embedding: [0.125, -0.5, 0.25, 1], index: 1 },
      ]);
      expect(usage.prompt_tokens).toBeGreaterThanOrEqual(0);
      expect(world.upstream.last('embed').text).toContain('two');
    },
  );

  test('come as plain numbers where the client asks for them so', async () => {
    const { data } = await openai.embeddings.create({
      model: 'openai.embed',
      input: 'one',
      encoding_format: 'float',
    });
    expect(data[0]?.embedding).toEqual([0.125, -0.5, 0.25, 1]);
  });

  test.each(['anthropic', 'bedrock.anthropic'])(
    'from %s, which has none, are a bad request',
    async (provider) => {
      const error = await thrownBy(() =>
        openai.embeddings.create({ model: `${provider}.embed`, input: 'one' }),
      );
      expect(error).toBeInstanceOf(OpenAI.BadRequestError);
    },
  );
});

test('openai: lists and shows models', async () => {
  const ids: string[] = [];
  for await (const model of openai.models.list()) ids.push(model.id);
  expect(ids).toContain('simulator');
  expect(await openai.models.retrieve('simulator')).toMatchObject({ id: 'simulator', object: 'model' });
  expect(await thrownBy(() => openai.models.retrieve('nobody'))).toBeInstanceOf(OpenAI.NotFoundError);
});

/** What a provider answers, and what the client throws. A provider's own 401 is no fault of the client's credential. */
const ERRORS = [
  [400, OpenAI.BadRequestError, 400],
  [401, OpenAI.InternalServerError, 502],
  [404, OpenAI.NotFoundError, 404],
  [429, OpenAI.RateLimitError, 429],
  [500, OpenAI.InternalServerError, 502],
  [529, OpenAI.InternalServerError, 502],
] as const;

describe.each(PROVIDERS)('openai: errors of %s', (provider) => {
  test.each(ERRORS)('%i as the client knows it', async (status, type, told) => {
    for (const work of [
      () => chat.ask(`${provider}.error-${status}`, false),
      () => chat.ask(`${provider}.error-${status}`, true),
      () => responses.ask(`${provider}.error-${status}`, false),
      () => responses.ask(`${provider}.error-${status}`, true),
    ]) {
      const error = await thrownBy(work);
      expect(error).toBeInstanceOf(type);
      expect(error).toMatchObject({ status: told, requestID: expect.stringMatching(/^req_/) });
      if (status === 429)
        expect((error as InstanceType<typeof OpenAI.APIError>).headers?.get('retry-after')).toBe('7');
    }
  });
});

describe('openai: errors of the gateway', () => {
  test('a wrong key is an authentication error', async () => {
    const stranger = new OpenAI({ apiKey: 'bz_wrong', baseURL: `${world.url}/v1`, maxRetries: 0 });
    const error = await thrownBy(() =>
      stranger.chat.completions.create({ model: 'simulator', messages: [] }),
    );
    expect(error).toBeInstanceOf(OpenAI.AuthenticationError);
    expect(error).toMatchObject({ code: 'invalid_api_key' });
  });

  test('an unknown model is not found', async () => {
    const error = await thrownBy(() => chat.ask('nobody', false));
    expect(error).toBeInstanceOf(OpenAI.NotFoundError);
    expect(error).toMatchObject({ code: 'model_not_found' });
  });

  test('a body of the wrong form is a bad request that names what is wrong', async () => {
    const body = {
      model: 'simulator',
      messages: 'hello',
    } as unknown as OpenAI.ChatCompletionCreateParamsNonStreaming;
    const error = await thrownBy(() => openai.chat.completions.create(body));
    expect(error).toBeInstanceOf(OpenAI.BadRequestError);
    expect(error).toMatchObject({ param: 'messages' });
  });

  test('what cannot be carried to the provider is refused by name', async () => {
    const body = {
      model: 'anthropic.plain',
      messages: [{ role: 'user' as const, content: 'hi' }],
      logprobs: true,
    };
    const error = await thrownBy(() => openai.chat.completions.create(body));
    expect(error).toBeInstanceOf(OpenAI.BadRequestError);
    expect(error).toMatchObject({ code: 'unsupported_parameter', param: 'logprobs' });
  });
});

describe('openai: what goes to the provider', () => {
  test('carries the provider’s own credential, and not the client’s', async () => {
    await chat.ask('openai.plain', false);
    const { headers } = world.upstream.last('plain');
    expect(headers.authorization).toBe(`Bearer ${CREDENTIALS.OPENAI_CREDENTIAL}`);
    expect(JSON.stringify(world.upstream.asked)).not.toContain(world.key);
  });

  test('is signed for AWS', async () => {
    await chat.ask('bedrock.anthropic.plain', true);
    const { headers } = world.upstream.last('plain');
    expect(headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIAUPSTREAMEXAMPLE1\/\d{8}\/eu-central-1\/bedrock\/aws4_request, SignedHeaders=[^,]*host[^,]*, Signature=[0-9a-f]{64}$/,
    );
  });

  test('keeps fields that nobody knows where dialect and provider speak alike', async () => {
    const body = {
      model: 'openai.plain',
      messages: [{ role: 'user' as const, content: 'hi', tone: 'warm' }],
      brand_new_parameter: { deep: [1, 2, { three: '3' }] },
    };
    await openai.chat.completions.create(body);
    expect(world.upstream.last('plain').body).toEqual(body);
  });

  test('keeps unknown fields of the answer', async () => {
    const { service_tier: tier, system_fingerprint: fingerprint } = await openai.chat.completions.create({
      model: 'openai.plain',
      messages: [{ role: 'user', content: 'hi' }],
    });
    expect({ tier, fingerprint }).toEqual({ tier: 'default', fingerprint: 'fp_50906f2aac' });
  });

  test('carries images to every provider that takes them', async () => {
    const png =
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    for (const provider of PROVIDERS) {
      const content = [
        { type: 'text' as const, text: 'What is this?' },
        { type: 'image_url' as const, image_url: { url: `data:image/png;base64,${png}` } },
      ];
      await openai.chat.completions.create({
        model: `${provider}.plain`,
        messages: [{ role: 'user', content }],
      });
      expect(world.upstream.last('plain').text).toContain(png);
    }
  });
});
