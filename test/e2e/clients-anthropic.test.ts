/** The official Anthropic client, unmodified, through the running gateway: messages, token counts, models, errors. */
import Anthropic from '@anthropic-ai/sdk';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { describeClient, PROMPT, resultOf, thrownBy, TOOLS, type Client, type Said } from './suite.ts';
import { CREDENTIALS, PROVIDERS, startWorld, type World } from './world.ts';

let world: World;
let anthropic: Anthropic;

beforeAll(async () => {
  world = await startWorld();
  anthropic = new Anthropic({ apiKey: world.key, baseURL: world.url, maxRetries: 0 });
});
afterAll(() => world.stop());

const MAX_TOKENS = 2_000;

type Body = Omit<Anthropic.MessageCreateParamsNonStreaming, 'stream'>;

async function create(body: Body, stream: boolean): Promise<Anthropic.Message> {
  return stream ? anthropic.messages.stream(body).finalMessage() : anthropic.messages.create(body);
}

const FINISHES: Readonly<Record<string, Said['finish']>> = {
  end_turn: 'stop',
  max_tokens: 'length',
  tool_use: 'tools',
  refusal: 'filtered',
};

function said({ content, stop_reason: reason, usage }: Anthropic.Message): Said {
  return {
    text: content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join(''),
    reasoning: content.flatMap((block) => (block.type === 'thinking' ? [block.thinking] : [])).join(''),
    calls: content.flatMap((block) =>
      block.type === 'tool_use' ? [{ name: block.name, arguments: block.input }] : [],
    ),
    finish: FINISHES[reason ?? ''] ?? 'other',
    usage: {
      // On this wire, cached tokens stand beside the input.
      input: usage.input_tokens + (usage.cache_read_input_tokens ?? 0),
      output: usage.output_tokens,
      cached: usage.cache_read_input_tokens ?? 0,
    },
  };
}

const messages: Client = {
  name: 'anthropic',
  async ask(model, stream, prompt = PROMPT) {
    const turns = [{ role: 'user' as const, content: prompt }];
    return said(
      await create({ model, max_tokens: MAX_TOKENS, system: 'Be brief.', messages: turns }, stream),
    );
  },
  async useTools(model, stream) {
    const tools = TOOLS.map(({ name, description, parameters: { required, ...schema } }) => ({
      name,
      description,
      input_schema: { ...schema, required: [...required] },
    }));
    const turns: Anthropic.MessageParam[] = [{ role: 'user', content: 'Weather and time in Berlin?' }];
    const first = await create({ model, max_tokens: MAX_TOKENS, tools, messages: turns }, stream);
    const results = first.content.flatMap((block) =>
      block.type === 'tool_use'
        ? [
            {
              type: 'tool_result' as const,
              tool_use_id: block.id,
              content: JSON.stringify(resultOf(block.name)),
            },
          ]
        : [],
    );
    turns.push({ role: 'assistant', content: first.content }, { role: 'user', content: results });
    const second = await create({ model, max_tokens: MAX_TOKENS, tools, messages: turns }, stream);
    return { first: said(first), second: said(second) };
  },
  async structured(model, stream) {
    const body = {
      model,
      max_tokens: MAX_TOKENS,
      messages: [{ role: 'user' as const, content: 'Who wrote the first program?' }],
      output_config: { format: zodOutputFormat(z.strictObject({ name: z.string(), year: z.int() })) },
    };
    const message = stream
      ? await anthropic.messages.stream(body).finalMessage()
      : await anthropic.messages.parse(body);
    return message.parsed_output;
  },
  async reason(model, stream) {
    const turns = [{ role: 'user' as const, content: 'Two and two?' }];
    const thinking = { type: 'enabled', budget_tokens: 1_024 } as const;
    return said(await create({ model, max_tokens: MAX_TOKENS, messages: turns, thinking }, stream));
  },
};

describeClient(() => world, messages, { silentReasoning: ['openai', 'azure'], noCachedTokens: ['ollama'] });

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
    const body = { model: 'simulator', max_tokens: 'many', messages: [] } as unknown as Body;
    expect(await thrownBy(() => create(body, false))).toBeInstanceOf(Anthropic.BadRequestError);
  });

  test('what cannot be carried to the provider is refused by name', async () => {
    const body = {
      model: 'openai.plain',
      max_tokens: 10,
      container: 'c1',
      messages: [{ role: 'user', content: 'hi' }],
    };
    const error = await thrownBy(() => create(body as Body, false));
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
    await create(body as unknown as Body, false);
    expect(world.upstream.last('plain').body).toEqual(body);
  });

  test('carries signed reasoning back to the provider it came from', async () => {
    const turns: Anthropic.MessageParam[] = [{ role: 'user', content: 'Two and two?' }];
    for (const provider of ['anthropic', 'bedrock.anthropic']) {
      const first = await create(
        { model: `${provider}.reasoning`, max_tokens: MAX_TOKENS, messages: turns },
        true,
      );
      const history = [
        ...turns,
        { role: 'assistant' as const, content: first.content },
        { role: 'user' as const, content: 'Sure?' },
      ];
      await create({ model: `${provider}.plain`, max_tokens: MAX_TOKENS, messages: history }, false);
      expect(world.upstream.last('plain').text).toContain('EqQBCgIYAhIM1gbcDa9GJwZA');
    }
  });
});
