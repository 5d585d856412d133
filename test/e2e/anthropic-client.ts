/** What the suite asks of a client, in the words of the official Anthropic client. */
import Anthropic from '@anthropic-ai/sdk';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import { z } from 'zod';
import { PROMPT, resultOf, TOOLS, type Access, type Client, type Said } from './suite.ts';

export function anthropicClient({ url, key }: Access): Anthropic {
  return new Anthropic({ apiKey: key, baseURL: url, maxRetries: 0 });
}

const MAX_TOKENS = 2_000;

export type MessageBody = Omit<Anthropic.MessageCreateParamsNonStreaming, 'stream'>;

export async function createMessage(
  anthropic: Anthropic,
  body: MessageBody,
  stream: boolean,
): Promise<Anthropic.Message> {
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

export function messagesClient(access: Access): Client {
  const anthropic = anthropicClient(access);
  return {
    name: 'anthropic',
    async ask(model, stream, prompt = PROMPT) {
      const turns = [{ role: 'user' as const, content: prompt }];
      return said(
        await createMessage(
          anthropic,
          { model, max_tokens: MAX_TOKENS, system: 'Be brief.', messages: turns },
          stream,
        ),
      );
    },
    async useTools(model, stream) {
      const tools = TOOLS.map(({ name, description, parameters: { required, ...schema } }) => ({
        name,
        description,
        input_schema: { ...schema, required: [...required] },
      }));
      const turns: Anthropic.MessageParam[] = [{ role: 'user', content: 'Weather and time in Berlin?' }];
      const first = await createMessage(
        anthropic,
        { model, max_tokens: MAX_TOKENS, tools, messages: turns },
        stream,
      );
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
      const second = await createMessage(
        anthropic,
        { model, max_tokens: MAX_TOKENS, tools, messages: turns },
        stream,
      );
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
      return said(
        await createMessage(anthropic, { model, max_tokens: MAX_TOKENS, messages: turns, thinking }, stream),
      );
    },
  };
}
