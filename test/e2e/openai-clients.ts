/** What the suite asks of a client, in the words of the official OpenAI client: chat completions and responses. */
import OpenAI from 'openai';
import { zodResponseFormat, zodTextFormat } from 'openai/helpers/zod';
import { z } from 'zod';
import { PROMPT, resultOf, TOOLS, type Access, type Call, type Client, type Said } from './suite.ts';

export function openaiClient({ url, key }: Access): OpenAI {
  return new OpenAI({ apiKey: key, baseURL: `${url}/v1`, maxRetries: 0 });
}

const person = z.strictObject({ name: z.string(), year: z.int() });

type ChatBody = Omit<OpenAI.ChatCompletionCreateParamsNonStreaming, 'stream'>;
type Completion = OpenAI.ChatCompletion;

async function complete(openai: OpenAI, body: ChatBody, stream: boolean): Promise<Completion> {
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

export function chatClient(access: Access): Client {
  const openai = openaiClient(access);
  return {
    name: 'openai (chat completions)',
    async ask(model, stream, prompt = PROMPT) {
      const messages = [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: prompt },
      ] as const;
      return completionSaid(
        await complete(openai, { model, messages: [...messages], max_completion_tokens: 500 }, stream),
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
      const first = await complete(openai, { model, messages, tools }, stream);
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
      const second = await complete(openai, { model, messages, tools }, stream);
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
      return completionSaid(await complete(openai, { model, messages, reasoning_effort: 'low' }, stream));
    },
  };
}

type ResponseBody = Omit<OpenAI.Responses.ResponseCreateParamsNonStreaming, 'stream'>;

async function respond(
  openai: OpenAI,
  body: ResponseBody,
  stream: boolean,
): Promise<OpenAI.Responses.Response> {
  if (!stream) return openai.responses.create(body);
  return openai.responses.stream(body).finalResponse();
}

const STOPPED: Readonly<Record<string, Said['finish']>> = {
  max_output_tokens: 'length',
  content_filter: 'filtered',
};

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
  const reason = incomplete?.reason;
  return {
    text,
    reasoning: thoughts.map((thought) => thought.text).join(''),
    calls,
    finish:
      reason !== undefined
        ? (STOPPED[reason] ?? 'other')
        : status !== 'completed'
          ? 'other'
          : calls.length > 0
            ? 'tools'
            : 'stop',
    usage: {
      input: usage?.input_tokens ?? 0,
      output: usage?.output_tokens ?? 0,
      cached: usage?.input_tokens_details.cached_tokens ?? 0,
    },
  };
}

export function responsesClient(access: Access): Client {
  const openai = openaiClient(access);
  return {
    name: 'openai (responses)',
    async ask(model, stream, prompt = PROMPT) {
      return responseSaid(
        await respond(openai, { model, instructions: 'Be brief.', input: prompt, store: false }, stream),
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
      const input: OpenAI.Responses.ResponseInput = [
        { role: 'user', content: 'Weather and time in Berlin?' },
      ];
      const first = await respond(openai, { model, input, tools, store: false }, stream);
      input.push(...(first.output as OpenAI.Responses.ResponseInput));
      for (const item of first.output) {
        if (item.type === 'function_call')
          input.push({
            type: 'function_call_output',
            call_id: item.call_id,
            output: JSON.stringify(resultOf(item.name)),
          });
      }
      const second = await respond(openai, { model, input, tools, store: false }, stream);
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
      return responseSaid(await respond(openai, body, stream));
    },
  };
}
