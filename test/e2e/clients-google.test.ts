/** The official Google client, unmodified, through the running gateway: generated content, embeddings, token counts, errors. */
import { ApiError, GoogleGenAI } from '@google/genai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generate, generateClient, googleClient } from './google-client.ts';
import { describeClient, thrownBy, type Client } from './suite.ts';
import { CREDENTIALS, PROVIDERS, startWorld, type World } from './world.ts';

let world: World;
let google: GoogleGenAI;
let generateContent: Client;

beforeAll(async () => {
  world = await startWorld();
  google = googleClient(world);
  generateContent = generateClient(world);
});
afterAll(() => world.stop());

describeClient(() => world, ['google', () => generateContent], {
  silentReasoning: ['openai', 'azure'],
  noCachedTokens: ['ollama'],
});

describe('google: embeddings', () => {
  test.each(['google', 'openai', 'azure', 'ollama', 'vllm'])(
    'from %s, one vector for each content',
    async (provider) => {
      const { embeddings } = await google.models.embedContent({
        model: `${provider}.embed`,
        contents: ['one', 'two'],
      });
      expect(embeddings?.map(({ values }) => values)).toEqual([
        [0.125, -0.5, 0.25, 1],
        [0.125, -0.5, 0.25, 1],
      ]);
    },
  );
});

describe.each(PROVIDERS)('google: counts tokens for a model of %s', (provider) => {
  test('by asking it, where it can count', async () => {
    const { totalTokens } = await google.models.countTokens({
      model: `${provider}.plain`,
      contents: 'How many tokens are these?',
    });
    if (provider === 'google' || provider === 'anthropic') expect(totalTokens).toBe(17);
    else expect(totalTokens).toBeGreaterThan(3);
  });
});

test('google: lists and shows models', async () => {
  const names: (string | undefined)[] = [];
  for await (const model of await google.models.list()) names.push(model.name);
  expect(names).toContain('models/simulator');
  expect(await google.models.get({ model: 'simulator' })).toMatchObject({ name: 'models/simulator' });
  expect(await thrownBy(() => google.models.get({ model: 'nobody' }))).toBeInstanceOf(ApiError);
});

const ERRORS = [
  [400, 400, 'INVALID_ARGUMENT'],
  [401, 502, 'UNAVAILABLE'],
  [404, 404, 'NOT_FOUND'],
  [429, 429, 'RESOURCE_EXHAUSTED'],
  [500, 502, 'UNAVAILABLE'],
  [529, 502, 'UNAVAILABLE'],
] as const;

describe.each(PROVIDERS)('google: errors of %s', (provider) => {
  test.each(ERRORS)('%i as the client knows it', async (status, told, word) => {
    for (const stream of [false, true]) {
      const error = await thrownBy(() => generateContent.ask(`${provider}.error-${status}`, stream));
      expect(error).toBeInstanceOf(ApiError);
      expect(error).toMatchObject({ status: told });
      expect(String(error)).toContain(`"${word}"`);
      if (status === 429) expect(String(error)).toContain('"retryDelay":"7s"');
    }
  });
});

describe('google: errors of the gateway', () => {
  test('a wrong key is an authentication error', async () => {
    const stranger = new GoogleGenAI({ apiKey: 'bz_wrong', httpOptions: { baseUrl: world.url } });
    const error = await thrownBy(() =>
      stranger.models.generateContent({ model: 'simulator', contents: 'hi' }),
    );
    expect(error).toMatchObject({ status: 401 });
    expect(String(error)).toContain('UNAUTHENTICATED');
  });

  test('an unknown model is not found', async () => {
    expect(await thrownBy(() => generateContent.ask('nobody', false))).toMatchObject({ status: 404 });
  });

  test('what cannot be carried to the provider is refused by name', async () => {
    const work = () =>
      generate(google, 'anthropic.plain', 'hi', { cachedContent: 'cachedContents/1' }, false);
    const error = await thrownBy(work);
    expect(error).toMatchObject({ status: 400 });
    expect(String(error)).toContain('cachedContent');
  });
});

describe('google: what goes to the provider', () => {
  test('carries the provider’s own credential, and not the client’s', async () => {
    await generateContent.ask('google.plain', true);
    const { headers, path } = world.upstream.last('plain');
    expect(headers['x-goog-api-key']).toBe(CREDENTIALS.GOOGLE_CREDENTIAL);
    expect(path).toBe('/v1beta/models/google.plain:streamGenerateContent?alt=sse');
    expect(JSON.stringify(world.upstream.asked)).not.toContain(world.key);
  });

  test('keeps fields that nobody knows where dialect and provider speak alike', async () => {
    const body = {
      contents: [{ role: 'user', parts: [{ text: 'hi', brandNew: { a: 1 } }] }],
      brandNewParameter: [true],
    };
    const answer = await fetch(`${world.url}/v1beta/models/google.plain:generateContent`, {
      method: 'POST',
      headers: { 'x-goog-api-key': world.key, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(200);
    expect(world.upstream.last('plain').body).toEqual(body);
  });

  test('carries signed thoughts back to Google', async () => {
    await generateContent.useTools('google.tools', true);
    expect(world.upstream.last('tools').text).toContain('CiQB0e2Kb1x9');
  });
});
