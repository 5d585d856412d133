/** The `ai` client with its OpenAI, Anthropic, Google and OpenAI-compatible providers, unmodified, through the running gateway. */
import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import {
  APICallError,
  embedMany,
  generateText,
  jsonSchema,
  Output,
  streamText,
  tool,
  type EmbeddingModel,
  type LanguageModel,
  type ModelMessage,
  type ToolSet,
} from 'ai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  describeClient,
  PERSON_SCHEMA,
  PROMPT,
  resultOf,
  thrownBy,
  TOOLS,
  type Client,
  type Said,
} from './suite.ts';
import { PROVIDERS, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

type Options = NonNullable<Parameters<typeof generateText>[0]['providerOptions']>;
type Whole = Pick<
  Awaited<ReturnType<typeof generateText>>,
  'text' | 'reasoningText' | 'toolCalls' | 'finishReason' | 'usage'
> & { readonly messages: readonly ModelMessage[] };

interface Asked {
  readonly model: LanguageModel;
  readonly messages: ModelMessage[];
  readonly system?: string;
  readonly providerOptions?: Options;
  readonly tools?: ToolSet;
}

async function generate({ system, ...asked }: Asked, stream: boolean): Promise<Whole> {
  const request = {
    ...asked,
    ...(system === undefined ? {} : { instructions: system }),
    maxRetries: 0,
    maxOutputTokens: 2_000,
  };
  if (!stream) {
    const { text, reasoningText, toolCalls, finishReason, usage, response } = await generateText(request);
    return { text, reasoningText, toolCalls, finishReason, usage, messages: response.messages };
  }
  let failure: unknown;
  const result = streamText({
    ...request,
    onError: ({ error }) => {
      failure = error;
    },
  });
  try {
    const [text, reasoningText, toolCalls, finishReason, usage, response] = await Promise.all([
      result.text,
      result.reasoningText,
      result.toolCalls,
      result.finishReason,
      result.usage,
      result.response,
    ]);
    return { text, reasoningText, toolCalls, finishReason, usage, messages: response.messages };
  } catch (error) {
    throw failure ?? error;
  }
}

const FINISHES: Readonly<Record<string, Said['finish']>> = {
  stop: 'stop',
  length: 'length',
  'tool-calls': 'tools',
  'content-filter': 'filtered',
};

function said({ text, reasoningText, toolCalls, finishReason, usage }: Whole): Said {
  return {
    text,
    reasoning: reasoningText ?? '',
    calls: toolCalls.map(({ toolName, input }) => ({ name: toolName, arguments: input })),
    finish: FINISHES[finishReason] ?? 'other',
    usage: {
      input: usage.inputTokens ?? 0,
      output: usage.outputTokens ?? 0,
      cached: usage.inputTokenDetails.cacheReadTokens ?? 0,
    },
  };
}

const TOOL_SET: ToolSet = Object.fromEntries(
  TOOLS.map(({ name, description, parameters }) => [
    name,
    tool({ description, inputSchema: jsonSchema({ ...parameters, required: [...parameters.required] }) }),
  ]),
);

function clientOf(name: string, modelOf: (id: string) => LanguageModel, reasoning: Options): Client {
  const user = (content: string): ModelMessage => ({ role: 'user', content });
  return {
    name,
    ask: async (model, stream, prompt = PROMPT) =>
      said(await generate({ model: modelOf(model), system: 'Be brief.', messages: [user(prompt)] }, stream)),
    async useTools(model, stream) {
      // Nothing is kept at the provider: items are sent back whole.
      const providerOptions = { openai: { store: false } };
      const messages = [user('Weather and time in Berlin?')];
      const first = await generate(
        { model: modelOf(model), messages, tools: TOOL_SET, providerOptions },
        stream,
      );
      const results = first.toolCalls.map(({ toolCallId, toolName }) => ({
        type: 'tool-result' as const,
        toolCallId,
        toolName,
        output: { type: 'json' as const, value: { ...resultOf(toolName) } as Record<string, string> },
      }));
      messages.push(...first.messages, { role: 'tool', content: results });
      const second = await generate(
        { model: modelOf(model), messages, tools: TOOL_SET, providerOptions },
        stream,
      );
      return { first: said(first), second: said(second) };
    },
    async structured(model, stream) {
      const request = {
        model: modelOf(model),
        messages: [user('Who wrote the first program?')],
        output: Output.object({
          schema: jsonSchema({ ...PERSON_SCHEMA, required: [...PERSON_SCHEMA.required] }),
          name: 'person',
        }),
        maxRetries: 0,
      };
      if (!stream) return (await generateText(request)).output;
      return streamText({ ...request, onError: () => undefined }).output;
    },
    reason: async (model, stream) =>
      said(
        await generate(
          { model: modelOf(model), messages: [user('Two and two?')], providerOptions: reasoning },
          stream,
        ),
      ),
  };
}

const openai = () => createOpenAI({ apiKey: world.key, baseURL: `${world.url}/v1` });
const anthropic = () => createAnthropic({ apiKey: world.key, baseURL: `${world.url}/v1` });
const google = () => createGoogleGenerativeAI({ apiKey: world.key, baseURL: `${world.url}/v1beta` });
const compatible = () =>
  createOpenAICompatible({
    name: 'bartizan',
    apiKey: world.key,
    baseURL: `${world.url}/v1`,
    includeUsage: true,
    supportsStructuredOutputs: true,
  });

/** The client asks models that it knows for structured output in Anthropic's own way. */
const known = (id: string) => id.replace(/\.([^.]+)$/, '.claude-sonnet-4-5.$1');

const CLIENTS = {
  chat: clientOf('ai (openai chat)', (id) => openai().chat(id), {
    openai: { reasoningEffort: 'low', forceReasoning: true },
  }),
  responses: clientOf('ai (openai responses)', (id) => openai().responses(id), {
    openai: { reasoningEffort: 'low', reasoningSummary: 'auto', forceReasoning: true, store: false },
  }),
  anthropic: clientOf('ai (anthropic)', (id) => anthropic()(known(id)), {
    anthropic: { thinking: { type: 'enabled', budgetTokens: 1_024 } },
  }),
  google: clientOf('ai (google)', (id) => google()(id), {
    google: { thinkingConfig: { includeThoughts: true, thinkingBudget: 1_024 } },
  }),
  compatible: clientOf('ai (openai-compatible)', (id) => compatible()(id), {
    bartizan: { reasoningEffort: 'low' },
  }),
};

describeClient(() => world, [CLIENTS.chat.name, () => CLIENTS.chat], {
  silentReasoning: [...PROVIDERS],
  noCachedTokens: ['ollama'],
});
describeClient(() => world, [CLIENTS.responses.name, () => CLIENTS.responses], {
  silentReasoning: [],
  noCachedTokens: ['ollama'],
});
describeClient(() => world, [CLIENTS.anthropic.name, () => CLIENTS.anthropic], {
  silentReasoning: ['openai', 'azure'],
  noCachedTokens: ['ollama'],
});
describeClient(() => world, [CLIENTS.google.name, () => CLIENTS.google], {
  silentReasoning: ['openai', 'azure'],
  noCachedTokens: ['ollama'],
});
describeClient(() => world, [CLIENTS.compatible.name, () => CLIENTS.compatible], {
  silentReasoning: ['openai', 'azure'],
  noCachedTokens: ['ollama'],
});

describe('ai: embeddings', () => {
  const MODELS: readonly (readonly [string, (id: string) => EmbeddingModel])[] = [
    ['openai', (id) => openai().embedding(id)],
    ['google', (id) => google().embedding(id)],
    ['compatible', (id) => compatible().embeddingModel(id)],
  ];
  test.each(MODELS)('%s, of every provider that has them', async (_name, modelOf) => {
    for (const provider of ['openai', 'azure', 'ollama', 'vllm', 'google']) {
      const { embeddings } = await embedMany({ model: modelOf(`${provider}.embed`), values: ['one', 'two'] });
      expect(embeddings).toEqual([
        [0.125, -0.5, 0.25, 1],
        [0.125, -0.5, 0.25, 1],
      ]);
    }
  });
});

/** What the provider says, what the client is told, and whether it would try again: it looks at the status alone. */
const ERRORS = [
  [400, 400, false],
  [401, 502, true],
  [404, 404, false],
  [429, 429, true],
  [500, 502, true],
  [529, 502, true],
] as const;

describe.each(Object.values(CLIENTS))('$name: errors', (client) => {
  test.each(ERRORS)('of every provider: %i as the client knows it', async (status, told, isRetryable) => {
    for (const provider of PROVIDERS) {
      for (const stream of [false, true]) {
        const error = await thrownBy(() => client.ask(`${provider}.error-${status}`, stream));
        expect(APICallError.isInstance(error)).toBe(true);
        expect(error).toMatchObject({ statusCode: told, isRetryable });
        if (status === 429) expect((error as APICallError).responseHeaders?.['retry-after']).toBe('7');
      }
    }
  });

  test('of an unknown model', async () => {
    expect(await thrownBy(() => client.ask('nobody', false))).toMatchObject({ statusCode: 404 });
  });
});
