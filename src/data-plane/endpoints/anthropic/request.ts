/** An Anthropic message's body in neutral form; what neutral form does not carry is refused. */
import type { z } from 'zod';
import type { JsonObject } from '../../../base/json.ts';
import type {
  ChatRequest,
  MediaSource,
  Message,
  Part,
  ReasoningRequest,
  ResponseFormat,
  ToolChoice,
} from '../../../domain/chat.ts';
import { namesOfCalls, type CallNames } from '../call-names.ts';
import { given, parseForm } from '../wire-form.ts';
import { countForm, messagesForm, type document } from './form.ts';

type MessagesForm = z.output<typeof messagesForm>;
type SharedForm = z.output<typeof countForm>;
type WireMessage = SharedForm['messages'][number];
type WireBlock = Exclude<WireMessage['content'], string>[number];

export function messagesRequest(body: JsonObject): ChatRequest {
  const form = parseForm(messagesForm, body);
  return {
    ...sharedRequest(form, form.output_config?.format ?? form.output_format),
    stream: form.stream ?? false,
    ...given({
      maxOutputTokens: form.max_tokens,
      temperature: form.temperature,
      topP: form.top_p,
      topK: form.top_k,
      stop: form.stop_sequences,
      endUserId: form.metadata?.user_id,
    }),
  };
}

export function countRequest(body: JsonObject): ChatRequest {
  const form = parseForm(countForm, body);
  return sharedRequest(form, form.output_config?.format);
}

function sharedRequest(form: SharedForm, format: MessagesForm['output_format']): ChatRequest {
  const { system: instructions, tool_choice: choice } = form;
  const names = namesOfCalls();
  const turns = form.messages.flatMap((wire) => messagesOf(wire, names));
  return {
    model: form.model,
    messages: instructions ? [{ role: 'system', parts: textParts(instructions) }, ...turns] : turns,
    tools: (form.tools ?? []).map(({ name, input_schema: parameters, description, strict }) => ({
      name,
      parameters,
      ...given({ description, strict }),
    })),
    stream: false,
    ...given({
      toolChoice: toolChoiceOf(choice),
      parallelToolCalls:
        choice && 'disable_parallel_tool_use' in choice
          ? negated(choice.disable_parallel_tool_use)
          : undefined,
      responseFormat: format ? responseFormatOf(format.schema) : undefined,
      reasoning: reasoningOf(form),
    }),
  };
}

/** A user's turn with results of tools becomes two: the results as the tool's turn, the rest as the user's. */
function messagesOf(wire: WireMessage, names: CallNames): Message[] {
  const parts =
    typeof wire.content === 'string'
      ? textParts(wire.content)
      : wire.content.map((block) => partOf(block, names));
  if (wire.role !== 'user') return [{ role: wire.role, parts }];
  const results = parts.filter(({ kind }) => kind === 'tool_result');
  const others = parts.filter(({ kind }) => kind !== 'tool_result');
  const turns: Message[] = [];
  if (results.length > 0) turns.push({ role: 'tool', parts: results });
  if (others.length > 0 || results.length === 0) turns.push({ role: 'user', parts: others });
  return turns;
}

function partOf(block: WireBlock, names: CallNames): Part {
  switch (block.type) {
    case 'text':
      return { kind: 'text', text: block.text };
    case 'image':
      return { kind: 'image', source: sourceOf(block.source) };
    case 'document':
      return { kind: 'file', source: sourceOf(block.source), ...given({ name: block.title }) };
    case 'tool_use':
      names.add(block.id, block.name);
      return { kind: 'tool_call', id: block.id, name: block.name, arguments: JSON.stringify(block.input) };
    case 'tool_result':
      return toolResultOf(block, names);
    case 'thinking':
      return {
        kind: 'reasoning',
        text: block.thinking,
        ...(block.signature === '' ? {} : { signature: block.signature }),
      };
    case 'redacted_thinking':
      return { kind: 'reasoning', text: '', signature: block.data };
  }
}

function toolResultOf(block: Extract<WireBlock, { type: 'tool_result' }>, names: CallNames): Part {
  const { tool_use_id: callId, content, is_error: isError } = block;
  const parts =
    typeof content === 'string' ? textParts(content) : (content ?? []).map((inner) => partOf(inner, names));
  return { kind: 'tool_result', callId, parts, ...names.of(callId), ...given({ isError }) };
}

function textParts(content: string | readonly { readonly text: string }[]): Part[] {
  if (typeof content === 'string') return content === '' ? [] : [{ kind: 'text', text: content }];
  return content.map(({ text: said }) => ({ kind: 'text', text: said }));
}

type WireSource = z.output<typeof document>['source'];

function sourceOf(source: WireSource): MediaSource {
  switch (source.type) {
    case 'base64':
      return { kind: 'base64', mediaType: source.media_type, data: source.data };
    case 'url':
      return { kind: 'url', url: source.url };
    case 'text':
      return { kind: 'base64', mediaType: 'text/plain', data: Buffer.from(source.data).toString('base64') };
  }
}

function toolChoiceOf(choice: SharedForm['tool_choice']): ToolChoice | undefined {
  switch (choice?.type) {
    case undefined:
      return undefined;
    case 'any':
      return { kind: 'required' };
    case 'tool':
      return { kind: 'tool', name: choice.name };
    case 'auto':
    case 'none':
      return { kind: choice.type };
  }
}

function negated(value: boolean | null | undefined): boolean | undefined {
  return value === undefined || value === null ? undefined : !value;
}

function responseFormatOf(schema: JsonObject): ResponseFormat {
  return { kind: 'json_schema', name: 'answer', schema, strict: true };
}

function reasoningOf({ thinking: config, output_config: output }: SharedForm): ReasoningRequest | undefined {
  const effort = output?.effort;
  switch (config?.type) {
    case undefined:
      return effort ? { effort } : undefined;
    case 'disabled':
      return { effort: 'none' };
    case 'adaptive':
      return { visible: config.display !== 'omitted', ...given({ effort: effort ?? 'high' }) };
    case 'enabled':
      return {
        budgetTokens: config.budget_tokens,
        visible: config.display !== 'omitted',
        ...given({ effort }),
      };
  }
}
