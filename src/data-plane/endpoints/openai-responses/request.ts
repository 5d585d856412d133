/** A response's request in neutral form; what neutral form does not carry is refused. */
import type { z } from 'zod';
import { isArray, isObject, type Json, type JsonObject } from '../../../base/json.ts';
import type { ChatRequest, Message, Part, ReasoningRequest } from '../../../domain/chat.ts';
import { namesOfCalls } from '../call-names.ts';
import { audioSource, fileSource, urlSource } from '../media.ts';
import { responseFormatOf, toolChoiceOf, toolOf } from '../openai-requests.ts';
import { given, malformed, parseForm } from '../wire-form.ts';
import { responsesForm, type inputFile, type item, type part } from './form.ts';

type ResponsesForm = z.output<typeof responsesForm>;
type WireItem = z.output<typeof item>;
type WirePart = z.output<typeof part>;

export function responsesRequest(body: JsonObject): ChatRequest {
  const form = parseForm(responsesForm, withItemTypes(body));
  const turns = typeof form.input === 'string' ? [userTurn(form.input)] : messagesOf(form.input);
  const { instructions } = form;
  return {
    model: form.model,
    messages: instructions
      ? [{ role: 'system', parts: [{ kind: 'text', text: instructions }] }, ...turns]
      : turns,
    tools: (form.tools ?? []).map(toolOf),
    stream: form.stream ?? false,
    ...given({
      toolChoice: toolChoiceOf(form.tool_choice),
      parallelToolCalls: form.parallel_tool_calls,
      responseFormat: responseFormatOf(form.text?.format),
      maxOutputTokens: form.max_output_tokens,
      temperature: form.temperature,
      topP: form.top_p,
      reasoning: reasoningOf(form.reasoning),
      endUserId: form.user ?? form.safety_identifier,
    }),
  };
}

function userTurn(text: string): Message {
  return { role: 'user', parts: [{ kind: 'text', text }] };
}

/** A message may go without its type. */
function withItemTypes(body: JsonObject): JsonObject {
  const { input } = body;
  if (!isArray(input)) return body;
  const typed = (entry: Json): Json =>
    isObject(entry) && entry.type === undefined ? { ...entry, type: 'message' } : entry;
  return { ...body, input: input.map(typed) };
}

/** Items of one side that follow one another are one turn: a model's reasoning stands with the calls that it led to. */
function messagesOf(items: readonly WireItem[]): Message[] {
  const names = namesOfCalls();
  const turns: { role: Message['role']; parts: Part[] }[] = [];
  items.forEach((wire, index) => {
    if (wire.type === 'function_call') names.add(wire.call_id, wire.name);
    const role = roleOf(wire);
    const parts =
      wire.type === 'function_call_output'
        ? [resultOf(wire, index, names)]
        : partsOfItem(wire, `/input/${index}`);
    const last = turns.at(-1);
    const merges = role === 'assistant' || role === 'tool';
    if (last && merges && last.role === role) last.parts.push(...parts);
    else turns.push({ role, parts });
  });
  return turns;
}

function roleOf(wire: WireItem): Message['role'] {
  switch (wire.type) {
    case 'message':
      return wire.role;
    case 'function_call':
    case 'reasoning':
      return 'assistant';
    case 'function_call_output':
      return 'tool';
  }
}

function partsOfItem(wire: Exclude<WireItem, { type: 'function_call_output' }>, pointer: string): Part[] {
  switch (wire.type) {
    case 'message':
      if (typeof wire.content === 'string') return [{ kind: 'text', text: wire.content }];
      return wire.content.map((content, index) => partOf(content, `${pointer}/content/${index}`));
    case 'function_call':
      return [{ kind: 'tool_call', id: wire.call_id, name: wire.name, arguments: wire.arguments }];
    case 'reasoning': {
      const texts = wire.summary.length > 0 ? wire.summary : (wire.content ?? []);
      const text = texts.map((piece) => piece.text).join('\n\n');
      return [{ kind: 'reasoning', text, ...given({ signature: wire.encrypted_content }) }];
    }
  }
}

function resultOf(
  wire: Extract<WireItem, { type: 'function_call_output' }>,
  index: number,
  names: ReturnType<typeof namesOfCalls>,
): Part {
  const { call_id: callId, output } = wire;
  const pointer = `/input/${index}/output`;
  const parts: Part[] =
    typeof output === 'string'
      ? [{ kind: 'text', text: output }]
      : output.map((content, at) => partOf(content, `${pointer}/${at}`));
  return { kind: 'tool_result', callId, parts, ...names.of(callId) };
}

function partOf(wire: WirePart, pointer: string): Part {
  switch (wire.type) {
    case 'input_text':
    case 'output_text':
      return { kind: 'text', text: wire.text };
    case 'refusal':
      return { kind: 'refusal', text: wire.refusal };
    case 'input_image':
      return {
        kind: 'image',
        source: urlSource(wire.image_url, `${pointer}/image_url`),
        ...given({ detail: wire.detail }),
      };
    case 'input_audio':
      return { kind: 'audio', source: audioSource(wire.input_audio) };
    case 'input_file':
      return filePart(wire, pointer);
  }
}

function filePart(
  { file_data: data, file_url: url, filename: name }: z.output<typeof inputFile>,
  pointer: string,
): Part {
  if (data)
    return { kind: 'file', source: fileSource(data, name, `${pointer}/file_data`), ...given({ name }) };
  if (url) return { kind: 'file', source: { kind: 'url', url }, ...given({ name }) };
  throw malformed(pointer, 'a file needs file_data or file_url');
}

function reasoningOf(wire: ResponsesForm['reasoning']): ReasoningRequest | undefined {
  if (!wire) return undefined;
  const visible = wire.summary || wire.generate_summary ? true : undefined;
  return given({ effort: wire.effort, visible });
}
