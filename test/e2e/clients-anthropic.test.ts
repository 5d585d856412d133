/** The official Anthropic client, unmodified, through the running gateway: messages, token counts, models, errors. */
import Anthropic from '@anthropic-ai/sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anthropicClient, createMessage, messagesClient, type MessageBody } from './anthropic-client.ts';
import { describeClient, thrownBy, type Client } from './suite.ts';
import { CREDENTIALS, PROVIDERS, startWorld, type World } from './world.ts';

let world: World;
let anthropic: Anthropic;
let messages: Client;

beforeAll(async () => {
  world = await startWorld();
  anthropic = anthropicClient(world);
  messages = messagesClient(world);
});
afterAll(() => world.stop());

describeClient(() => world, ['anthropic', () => messages], {
  silentReasoning: ['openai', 'azure'],
  noCachedTokens: ['ollama'],
});

describe.each(PROVIDERS)('anthropic: counts tokens for a model of %s', (provider) => {
  test('by asking it, where it can count', async () => {
    const { input_tokens: tokens } = await anthropic.messages.countTokens({
      model: `${provider}.plain`,
      messages: [{ role: 'user', content: 'How many tokens are these?' }],
    });
    if (provider === 'anthropic' || provider === 'google') expect(tokens).toBe(17);
    else expect(tokens).toBeGreaterThan(3);
  });
});

test('anthropic: lists and shows models', async () => {
  const ids: string[] = [];
  for await (const model of anthropic.models.list()) ids.push(model.id);
  expect(ids).toContain('simulator');
  expect(await anthropic.models.retrieve('simulator')).toMatchObject({ id: 'simulator', type: 'model' });
  expect(await thrownBy(() => anthropic.models.retrieve('nobody'))).toBeInstanceOf(Anthropic.NotFoundError);
});

const ERRORS = [
  [400, Anthropic.BadRequestError, 400],
  [401, Anthropic.InternalServerError, 502],
  [404, Anthropic.NotFoundError, 404],
  [429, Anthropic.RateLimitError, 429],
  [500, Anthropic.InternalServerError, 502],
  [529, Anthropic.InternalServerError, 502],
] as const;

describe.each(PROVIDERS)('anthropic: errors of %s', (provider) => {
  test.each(ERRORS)('%i as the client knows it', async (status, type, told) => {
    for (const stream of [false, true]) {
      const error = await thrownBy(() => messages.ask(`${provider}.error-${status}`, stream));
      expect(error).toBeInstanceOf(type);
      expect(error).toMatchObject({ status: told, requestID: expect.stringMatching(/^req_/) });
      if (status === 429)
        expect((error as InstanceType<typeof Anthropic.APIError>).headers?.get('retry-after')).toBe('7');
    }
  });
});

describe('anthropic: errors of the gateway', () => {
  test('a wrong key is an authentication error', async () => {
    const stranger = new Anthropic({ apiKey: 'bz_wrong', baseURL: world.url, maxRetries: 0 });
    const error = await thrownBy(() =>
      stranger.messages.create({ model: 'simulator', max_tokens: 1, messages: [] }),
    );
    expect(error).toBeInstanceOf(Anthropic.AuthenticationError);
    expect(error).toMatchObject({ error: { type: 'error', error: { type: 'authentication_error' } } });
  });

  test('an unknown model is not found', async () => {
    expect(await thrownBy(() => messages.ask('nobody', false))).toBeInstanceOf(Anthropic.NotFoundError);
  });

  test('a body of the wrong form is a bad request', async () => {
    const body = { model: 'simulator', max_tokens: 'many', messages: [] } as unknown as MessageBody;
    expect(await thrownBy(() => createMessage(anthropic, body, false))).toBeInstanceOf(
      Anthropic.BadRequestError,
    );
  });

  test('what cannot be carried to the provider is refused by name', async () => {
    const body = {
      model: 'openai.plain',
      max_tokens: 10,
      container: 'c1',
      messages: [{ role: 'user', content: 'hi' }],
    };
    const error = await thrownBy(() => createMessage(anthropic, body as MessageBody, false));
    expect(error).toBeInstanceOf(Anthropic.BadRequestError);
    expect(String(error)).toContain('container');
  });
});

describe('anthropic: what goes to the provider', () => {
  test('carries the provider’s own credential and version, and not the client’s', async () => {
    await messages.ask('anthropic.plain', true);
    const { headers } = world.upstream.last('plain');
    expect(headers).toMatchObject({
      'x-api-key': CREDENTIALS.ANTHROPIC_CREDENTIAL,
      'anthropic-version': '2023-06-01',
    });
    expect(JSON.stringify(world.upstream.asked)).not.toContain(world.key);
  });

  test('keeps fields that nobody knows where dialect and provider speak alike', async () => {
    const body = {
      model: 'anthropic.plain',
      max_tokens: 10,
      messages: [{ role: 'user' as const, content: [{ type: 'brand_new_block', text: 'hi', depth: 3 }] }],
      brand_new_parameter: { on: true },
    };
    await createMessage(anthropic, body as unknown as MessageBody, false);
    expect(world.upstream.last('plain').body).toEqual(body);
  });

  test('carries signed reasoning back to the provider it came from', async () => {
    const turns: Anthropic.MessageParam[] = [{ role: 'user', content: 'Two and two?' }];
    for (const provider of ['anthropic', 'bedrock.anthropic']) {
      const first = await createMessage(
        anthropic,
        { model: `${provider}.reasoning`, max_tokens: 2_000, messages: turns },
        true,
      );
      const history = [
        ...turns,
        { role: 'assistant' as const, content: first.content },
        { role: 'user' as const, content: 'Sure?' },
      ];
      await createMessage(
        anthropic,
        { model: `${provider}.plain`, max_tokens: 2_000, messages: history },
        false,
      );
      expect(world.upstream.last('plain').text).toContain('EqQBCgIYAhIM1gbcDa9GJwZA');
    }
  });
});
