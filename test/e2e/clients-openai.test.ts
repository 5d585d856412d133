/** The official OpenAI client, unmodified, through the running gateway: chat completions, responses, embeddings, models, errors. */
import OpenAI from 'openai';
import { zodResponseFormat, zodTextFormat } from 'openai/helpers/zod';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  describeClient,
  PROMPT,
  resultOf,
  thrownBy,
  TOOLS,
  type Call,
  type Client,
  type Said,
} from './suite.ts';
import { CREDENTIALS, PROVIDERS, startWorld, type World } from './world.ts';

let world: World;
let openai: OpenAI;

beforeAll(async () => {
  world = await startWorld();
  openai = new OpenAI({ apiKey: world.key, baseURL: `${world.url}/v1`, maxRetries: 0 });
});
afterAll(() => world.stop());

const person = z.strictObject({ name: z.string(), year: z.int() });

type ChatBody = Omit<OpenAI.ChatCompletionCreateParamsNonStreaming, 'stream'>;
type Completion = OpenAI.ChatCompletion;

async function complete(body: ChatBody, stream: boolean): Promise<Completion> {
  if (!stream) return openai.chat.completions.create(body);
  const streamed = openai.chat.completions.stream({ ...body, stream_options: { include_usage: true } });
  // The client puts together what it knows; of what imitators added, it keeps the last piece alone.
  let thought = '';
  streamed.on('chunk', ({ choices: [choice] }) => {
    const { reasoning_content: content, reasoning } = (choice?.delta ?? {}) as Thinking;
    thought += content ?? reasoning ?? '';
  });
  const completion = await streamed.finalChatCompletion();
  if (thought !== '') Object.assign(completion.choices[0]!.message, { reasoning_content: thought });
  return completion;
}

interface Thinking {
  reasoning_content?: string;
  reasoning?: string;
}

const CHAT_FINISHES = {
  stop: 'stop',
  length: 'length',
  tool_calls: 'tools',
  content_filter: 'filtered',
} as const;

function completionSaid({ choices, usage }: Completion): Said {
  const { message, finish_reason: finish } = choices[0]!;
  const { reasoning_content: thought, reasoning } = message as Thinking;
  return {
    text: message.content ?? '',
    reasoning: thought ?? reasoning ?? '',
    calls: (message.tool_calls ?? []).flatMap((call) =>
      call.type === 'function' ? [callOf(call.function)] : [],
    ),
    finish: finish === 'function_call' ? 'other' : CHAT_FINISHES[finish],
    usage: {
      input: usage?.prompt_tokens ?? 0,
      output: usage?.completion_tokens ?? 0,
      cached: usage?.prompt_tokens_details?.cached_tokens ?? 0,
    },
  };
}

function callOf(called: { name: string; arguments: string }): Call {
  return { name: called.name, arguments: JSON.parse(called.arguments) };
}

const chat: Client = {
  name: 'openai (chat completions)',
  async ask(model, stream, prompt = PROMPT) {
    const messages = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: prompt },
    ] as const;
    return completionSaid(
      await complete({ model, messages: [...messages], max_completion_tokens: 500 }, stream),
    );
  },
  async useTools(model, stream) {
    const tools = TOOLS.map(({ name, description, parameters }) => ({
      type: 'function' as const,
      function: { name, description, parameters: { ...parameters } },
    }));
    const messages: OpenAI.ChatCompletionMessageParam[] = [
      { role: 'user', content: 'Weather and time in Berlin?' },
    ];
    const first = await complete({ model, messages, tools }, stream);
    const { message } = first.choices[0]!;
    messages.push(message);
    for (const call of message.tool_calls ?? []) {
      if (call.type !== 'function') throw new Error('a tool of another type was called');
      messages.push({
        role: 'tool',
        tool_call_id: call.id,
        content: JSON.stringify(resultOf(call.function.name)),
      });
    }
    const second = await complete({ model, messages, tools }, stream);
    return { first: completionSaid(first), second: completionSaid(second) };
  },
  async structured(model, stream) {
    const body = {
      model,
      messages: [{ role: 'user' as const, content: 'Who wrote the first program?' }],
      response_format: zodResponseFormat(person, 'person'),
    };
    const completion = stream
      ? await openai.chat.completions.stream(body).finalChatCompletion()
      : await openai.chat.completions.parse(body);
    return completion.choices[0]?.message.parsed;
  },
  async reason(model, stream) {
    const messages = [{ role: 'user' as const, content: 'Two and two?' }];
    return completionSaid(await complete({ model, messages, reasoning_effort: 'low' }, stream));
  },
};

type ResponseBody = Omit<OpenAI.Responses.ResponseCreateParamsNonStreaming, 'stream'>;

async function respond(body: ResponseBody, stream: boolean): Promise<OpenAI.Responses.Response> {
  if (!stream) return openai.responses.create(body);
  return openai.responses.stream(body).finalResponse();
}

function responseSaid({
  output,
  output_text: text,
  status,
  incomplete_details: incomplete,
  usage,
}: OpenAI.Responses.Response): Said {
  const calls = output.flatMap((item) => (item.type === 'function_call' ? [callOf(item)] : []));
  const thoughts = output.flatMap((item) =>
    item.type === 'reasoning' ? [...item.summary, ...(item.content ?? [])] : [],
  );
  const isLength = status === 'incomplete' && incomplete?.reason === 'max_output_tokens';
  return {
    text,
    reasoning: thoughts.map((thought) => thought.text).join(''),
    calls,
    finish: isLength ? 'length' : status !== 'completed' ? 'other' : calls.length > 0 ? 'tools' : 'stop',
    usage: {
      input: usage?.input_tokens ?? 0,
      output: usage?.output_tokens ?? 0,
      cached: usage?.input_tokens_details.cached_tokens ?? 0,
    },
  };
}

const responses: Client = {
  name: 'openai (responses)',
  async ask(model, stream, prompt = PROMPT) {
    return responseSaid(
      await respond({ model, instructions: 'Be brief.', input: prompt, store: false }, stream),
    );
  },
  async useTools(model, stream) {
    const tools = TOOLS.map(({ name, description, parameters }) => ({
      type: 'function' as const,
      name,
      description,
      parameters: { ...parameters },
      strict: true,
    }));
    const input: OpenAI.Responses.ResponseInput = [{ role: 'user', content: 'Weather and time in Berlin?' }];
    const first = await respond({ model, input, tools, store: false }, stream);
    input.push(...(first.output as OpenAI.Responses.ResponseInput));
    for (const item of first.output) {
      if (item.type === 'function_call')
        input.push({
          type: 'function_call_output',
          call_id: item.call_id,
          output: JSON.stringify(resultOf(item.name)),
        });
    }
    const second = await respond({ model, input, tools, store: false }, stream);
    return { first: responseSaid(first), second: responseSaid(second) };
  },
  async structured(model, stream) {
    const body = {
      model,
      input: 'Who wrote the first program?',
      text: { format: zodTextFormat(person, 'person') },
    };
    const response = stream
      ? await openai.responses.stream(body).finalResponse()
      : await openai.responses.parse(body);
    return response.output_parsed;
  },
  async reason(model, stream) {
    const body = { model, input: 'Two and two?', reasoning: { effort: 'low', summary: 'auto' } } as const;
    return responseSaid(await respond(body, stream));
  },
};

describeClient(() => world, chat, { silentReasoning: ['openai', 'azure'], noCachedTokens: ['ollama'] });
describeClient(() => world, responses, { silentReasoning: [], noCachedTokens: ['ollama'] });

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
