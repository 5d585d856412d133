/** A response's request in neutral form; what neutral form does not carry is refused. */
import { z } from 'zod';
import { isArray, isObject, type Json, type JsonObject } from '../../../base/json.ts';
import type {
  ChatRequest,
  Message,
  Part,
  ReasoningRequest,
  ResponseFormat,
  ToolChoice,
} from '../../../domain/chat.ts';
import { namesOfCalls } from '../call-names.ts';
import { fileSource, urlSource } from '../media.ts';
import { given, jsonObject, LET_GO, malformed, onlyDefault, parseForm } from '../wire-form.ts';

const marks = {
  // Prompt caching changes what a call costs, not what it says.
  prompt_cache_breakpoint: LET_GO,
};

/** Names and states that an earlier answer gave its items, sent back with them. */
const itemMarks = { id: LET_GO, status: LET_GO };

const inputText = z.strictObject({ type: z.literal('input_text'), text: z.string(), ...marks });
const outputText = z.strictObject({
  type: z.literal('output_text'),
  text: z.string(),
  // Citations and probabilities of an earlier answer, which no model reads.
  annotations: LET_GO,
  logprobs: LET_GO,
  ...marks,
});
const refusal = z.strictObject({ type: z.literal('refusal'), refusal: z.string() });
const inputImage = z.strictObject({
  type: z.literal('input_image'),
  image_url: z.string(),
  detail: z.enum(['auto', 'low', 'high']).nullish(),
  // Names what only OpenAI holds.
  file_id: onlyDefault(),
  ...marks,
});
const inputFile = z.strictObject({
  type: z.literal('input_file'),
  file_data: z.string().nullish(),
  file_url: z.string().nullish(),
  filename: z.string().nullish(),
  file_id: onlyDefault(),
  detail: onlyDefault('auto'),
  ...marks,
});
const inputAudio = z.strictObject({
  type: z.literal('input_audio'),
  input_audio: z.strictObject({ data: z.string(), format: z.string() }),
});

const part = z.discriminatedUnion('type', [
  inputText,
  outputText,
  refusal,
  inputImage,
  inputFile,
  inputAudio,
]);

const message = z.strictObject({
  type: z.literal('message'),
  role: z.enum(['user', 'assistant', 'system', 'developer']),
  content: z.union([z.string(), z.array(part)]),
  phase: LET_GO,
  ...itemMarks,
});
const direct = z.strictObject({ type: z.literal('direct') }).nullish();
const functionCall = z.strictObject({
  type: z.literal('function_call'),
  call_id: z.string(),
  name: z.string(),
  arguments: z.string(),
  caller: direct,
  namespace: onlyDefault(),
  async: onlyDefault(false),
  // The official client adds it to what it parsed.
  parsed_arguments: LET_GO,
  ...itemMarks,
});
const functionCallOutput = z.strictObject({
  type: z.literal('function_call_output'),
  call_id: z.string(),
  output: z.union([z.string(), z.array(z.discriminatedUnion('type', [inputText, inputImage, inputFile]))]),
  caller: direct,
  name: LET_GO,
  namespace: onlyDefault(),
  ...itemMarks,
});
const reasoningText = z.strictObject({ type: z.enum(['summary_text', 'reasoning_text']), text: z.string() });
const reasoningItem = z.strictObject({
  type: z.literal('reasoning'),
  summary: z.array(reasoningText),
  content: z.array(reasoningText).nullish(),
  encrypted_content: z.string().nullish(),
  ...itemMarks,
});

const item = z.discriminatedUnion('type', [message, functionCall, functionCallOutput, reasoningItem]);

const functionTool = z.strictObject({
  type: z.literal('function'),
  name: z.string(),
  description: z.string().nullish(),
  parameters: jsonObject.nullish(),
  strict: z.boolean().nullish(),
});

const toolChoice = z.union([
  z.enum(['auto', 'none', 'required']),
  z.strictObject({ type: z.literal('function'), name: z.string() }),
]);

const format = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text') }),
  z.strictObject({ type: z.literal('json_object') }),
  z.strictObject({
    type: z.literal('json_schema'),
    name: z.string(),
    schema: jsonObject,
    description: z.string().nullish(),
    strict: z.boolean().nullish(),
  }),
]);

const responsesForm = z.strictObject({
  model: z.string(),
  input: z.union([z.string(), z.array(item)]),
  instructions: z.string().nullish(),
  tools: z.array(z.discriminatedUnion('type', [functionTool])).nullish(),
  tool_choice: toolChoice.nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  text: z.strictObject({ format: format.nullish(), verbosity: onlyDefault('medium') }).nullish(),
  reasoning: z
    .strictObject({
      effort: z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh']).nullish(),
      summary: z.enum(['auto', 'concise', 'detailed']).nullish(),
      generate_summary: z.enum(['auto', 'concise', 'detailed']).nullish(),
      context: onlyDefault('auto'),
      mode: onlyDefault('standard'),
    })
    .nullish(),
  max_output_tokens: z.int().positive().nullish(),
  temperature: z.number().nullish(),
  top_p: z.number().nullish(),
  stream: z.boolean().nullish(),
  user: z.string().nullish(),
  safety_identifier: z.string().nullish(),
  // What is signed is always given back, so that it can be sent again.
  include: z.array(onlyDefault('reasoning.encrypted_content')).nullish(),

  // How the answer travels.
  stream_options: z.strictObject({ include_obfuscation: LET_GO }).nullish(),
  // Labels for the provider's own dashboards.
  metadata: LET_GO,
  // Speed and cost of the prompt, not its meaning.
  prompt_cache_key: LET_GO,
  prompt_cache_options: LET_GO,
  prompt_cache_retention: LET_GO,

  service_tier: onlyDefault('auto', 'default'),
  store: onlyDefault(false),
  background: onlyDefault(false),
  truncation: onlyDefault('disabled'),
  top_logprobs: onlyDefault(0),
  previous_response_id: onlyDefault(),
  conversation: onlyDefault(),
  prompt: onlyDefault(),
  max_tool_calls: onlyDefault(),
  moderation: onlyDefault(),
  context_management: onlyDefault(),
});

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
    tools: (form.tools ?? []).map(({ name, parameters, description, strict }) => ({
      name,
      parameters: parameters ?? { type: 'object', properties: {} },
      ...given({ description, strict }),
    })),
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
    case 'input_audio': {
      const { data, format: kind } = wire.input_audio;
      return {
        kind: 'audio',
        source: { kind: 'base64', mediaType: kind === 'mp3' ? 'audio/mpeg' : `audio/${kind}`, data },
      };
    }
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

function toolChoiceOf(choice: ResponsesForm['tool_choice']): ToolChoice | undefined {
  if (choice === undefined || choice === null) return undefined;
  return typeof choice === 'string' ? { kind: choice } : { kind: 'tool', name: choice.name };
}

function responseFormatOf(wire: z.output<typeof format> | null | undefined): ResponseFormat | undefined {
  switch (wire?.type) {
    case undefined:
      return undefined;
    case 'text':
      return { kind: 'text' };
    case 'json_object':
      return { kind: 'json' };
    case 'json_schema':
      return {
        kind: 'json_schema',
        name: wire.name,
        schema: wire.schema,
        ...given({ description: wire.description, strict: wire.strict }),
      };
  }
}

function reasoningOf(wire: ResponsesForm['reasoning']): ReasoningRequest | undefined {
  if (!wire) return undefined;
  const visible = wire.summary || wire.generate_summary ? true : undefined;
  return given({ effort: wire.effort, visible });
}
