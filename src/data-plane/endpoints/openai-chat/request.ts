/** A chat completion's body in neutral form; what neutral form does not carry is refused. */
import { z } from 'zod';
import type { JsonObject } from '../../../base/json.ts';
import type {
  ChatRequest,
  MediaSource,
  Message,
  Part,
  ResponseFormat,
  ToolChoice,
} from '../../../domain/chat.ts';
import { given, jsonObject, LET_GO, malformed, onlyDefault, parseForm } from '../wire-form.ts';
import { namesOfCalls } from '../call-names.ts';
import { fileSource, urlSource } from '../media.ts';

const marks = {
  // Prompt caching changes what a call costs, not what it says.
  cache_control: LET_GO,
  prompt_cache_breakpoint: LET_GO,
};

const textPart = z.strictObject({ type: z.literal('text'), text: z.string(), ...marks });
const refusalPart = z.strictObject({ type: z.literal('refusal'), refusal: z.string(), ...marks });
const imagePart = z.strictObject({
  type: z.literal('image_url'),
  image_url: z.strictObject({ url: z.string(), detail: z.enum(['auto', 'low', 'high']).nullish() }),
  ...marks,
});
const audioPart = z.strictObject({
  type: z.literal('input_audio'),
  input_audio: z.strictObject({ data: z.string(), format: z.string() }),
  ...marks,
});
const filePart = z.strictObject({
  type: z.literal('file'),
  // A `file_id` names a file that only OpenAI holds: it is not listed, so it is refused.
  file: z.strictObject({ file_data: z.string(), filename: z.string().nullish() }),
  ...marks,
});

const textContent = z.union([z.string(), z.array(textPart)]);
const userContent = z.union([
  z.string(),
  z.array(z.discriminatedUnion('type', [textPart, imagePart, audioPart, filePart])),
]);
const assistantContent = z.union([
  z.string(),
  z.array(z.discriminatedUnion('type', [textPart, refusalPart])),
]);

const toolCall = z.strictObject({
  id: z.string(),
  type: z.literal('function').nullish(),
  // Streaming clients send back what they assembled from deltas, position included.
  index: LET_GO,
  function: z.strictObject({ name: z.string(), arguments: z.string() }),
});

const message = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal(['system', 'developer']), content: textContent }),
  z.strictObject({ role: z.literal('user'), content: userContent }),
  z.strictObject({
    role: z.literal('assistant'),
    content: assistantContent.nullish(),
    refusal: z.string().nullish(),
    reasoning_content: z.string().nullish(),
    reasoning: z.string().nullish(),
    tool_calls: z.array(toolCall).nullish(),
    // Sent back with a whole answer: citations of an earlier answer, which no model reads.
    annotations: LET_GO,
    audio: onlyDefault(),
    function_call: onlyDefault(),
  }),
  z.strictObject({ role: z.literal('tool'), content: textContent, tool_call_id: z.string() }),
]);

const tool = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('function'),
    function: z.strictObject({
      name: z.string(),
      description: z.string().nullish(),
      parameters: jsonObject.nullish(),
      strict: z.boolean().nullish(),
    }),
  }),
]);

const toolChoice = z.union([
  z.enum(['auto', 'none', 'required']),
  z.strictObject({ type: z.literal('function'), function: z.strictObject({ name: z.string() }) }),
]);

const responseFormat = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text') }),
  z.strictObject({ type: z.literal('json_object') }),
  z.strictObject({
    type: z.literal('json_schema'),
    json_schema: z.strictObject({
      name: z.string(),
      description: z.string().nullish(),
      schema: jsonObject.nullish(),
      strict: z.boolean().nullish(),
    }),
  }),
]);

const chatForm = z.strictObject({
  model: z.string(),
  messages: z.array(message).min(1),
  tools: z.array(tool).nullish(),
  tool_choice: toolChoice.nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  response_format: responseFormat.nullish(),
  max_tokens: z.int().positive().nullish(),
  max_completion_tokens: z.int().positive().nullish(),
  temperature: z.number().nullish(),
  top_p: z.number().nullish(),
  top_k: z.int().nullish(),
  stop: z.union([z.string(), z.array(z.string())]).nullish(),
  seed: z.int().nullish(),
  presence_penalty: z.number().nullish(),
  frequency_penalty: z.number().nullish(),
  n: z.int().positive().nullish(),
  reasoning_effort: z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh']).nullish(),
  stream: z.boolean().nullish(),
  user: z.string().nullish(),
  safety_identifier: z.string().nullish(),

  // How the answer travels; the writer honors it.
  stream_options: z
    .strictObject({ include_usage: z.boolean().nullish(), include_obfuscation: LET_GO })
    .nullish(),
  // Labels for the provider's own dashboards.
  metadata: LET_GO,
  // Speed and cost of the prompt, not its meaning.
  prompt_cache_key: LET_GO,
  prompt_cache_options: LET_GO,
  prompt_cache_retention: LET_GO,
  // A guess at the answer that makes it come faster and changes nothing in it.
  prediction: LET_GO,

  service_tier: onlyDefault('auto', 'default'),
  store: onlyDefault(false),
  verbosity: onlyDefault('medium'),
  logprobs: onlyDefault(false),
  top_logprobs: onlyDefault(0),
  logit_bias: z.strictObject({}).nullish(),
  modalities: z.tuple([onlyDefault('text')]).nullish(),
  audio: onlyDefault(),
  functions: onlyDefault(),
  function_call: onlyDefault(),
  moderation: onlyDefault(),
  web_search_options: onlyDefault(),
});

type ChatForm = z.output<typeof chatForm>;
type WireMessage = ChatForm['messages'][number];

export function chatRequest(body: JsonObject): ChatRequest {
  const form = parseForm(chatForm, body);
  const { stop, reasoning_effort: effort } = form;
  return {
    model: form.model,
    messages: messagesOf(form.messages),
    tools: (form.tools ?? []).map(({ function: { name, parameters, description, strict } }) => ({
      name,
      parameters: parameters ?? { type: 'object', properties: {} },
      ...given({ description, strict }),
    })),
    stream: form.stream ?? false,
    ...given({
      toolChoice: toolChoiceOf(form.tool_choice),
      parallelToolCalls: form.parallel_tool_calls,
      responseFormat: responseFormatOf(form.response_format),
      maxOutputTokens: form.max_completion_tokens ?? form.max_tokens,
      temperature: form.temperature,
      topP: form.top_p,
      topK: form.top_k,
      stop: typeof stop === 'string' ? [stop] : stop,
      seed: form.seed,
      presencePenalty: form.presence_penalty,
      frequencyPenalty: form.frequency_penalty,
      choices: form.n,
      reasoning: effort ? { effort } : undefined,
      endUserId: form.user ?? form.safety_identifier,
    }),
  };
}

function messagesOf(messages: readonly WireMessage[]): Message[] {
  const names = namesOfCalls();
  return messages.map((wire, index): Message => {
    const pointer = `/messages/${index}`;
    switch (wire.role) {
      case 'system':
      case 'developer':
        return { role: wire.role, parts: contentParts(wire.content, pointer) };
      case 'user':
        return { role: 'user', parts: contentParts(wire.content, pointer) };
      case 'assistant':
        return { role: 'assistant', parts: assistantParts(wire, pointer, names) };
      case 'tool': {
        const { tool_call_id: callId } = wire;
        const result = {
          kind: 'tool_result',
          callId,
          parts: contentParts(wire.content, pointer),
          ...names.of(callId),
        } as const;
        return { role: 'tool', parts: [result] };
      }
    }
  });
}

function assistantParts(
  wire: Extract<WireMessage, { role: 'assistant' }>,
  pointer: string,
  names: ReturnType<typeof namesOfCalls>,
): Part[] {
  const parts: Part[] = [];
  const reasoning = wire.reasoning_content ?? wire.reasoning;
  if (reasoning) parts.push({ kind: 'reasoning', text: reasoning });
  parts.push(...contentParts(wire.content ?? [], pointer));
  if (wire.refusal) parts.push({ kind: 'refusal', text: wire.refusal });
  for (const { id, function: called } of wire.tool_calls ?? []) {
    names.add(id, called.name);
    parts.push({ kind: 'tool_call', id, name: called.name, arguments: called.arguments });
  }
  return parts;
}

type WireContent = z.output<typeof userContent> | z.output<typeof assistantContent>;

function contentParts(content: WireContent, pointer: string): Part[] {
  if (typeof content === 'string') return content === '' ? [] : [{ kind: 'text', text: content }];
  return content.map((part, index): Part => {
    const at = `${pointer}/content/${index}`;
    switch (part.type) {
      case 'text':
        return { kind: 'text', text: part.text };
      case 'refusal':
        return { kind: 'refusal', text: part.refusal };
      case 'image_url': {
        const { url, detail } = part.image_url;
        return { kind: 'image', source: urlSource(url, `${at}/image_url/url`), ...given({ detail }) };
      }
      case 'input_audio':
        return { kind: 'audio', source: audioSource(part.input_audio.data, part.input_audio.format) };
      case 'file': {
        const { file_data: data, filename: name } = part.file;
        return { kind: 'file', source: fileSource(data, name, `${at}/file/file_data`), ...given({ name }) };
      }
    }
  });
}

function audioSource(data: string, format: string): MediaSource {
  return { kind: 'base64', mediaType: format === 'mp3' ? 'audio/mpeg' : `audio/${format}`, data };
}

function toolChoiceOf(choice: ChatForm['tool_choice']): ToolChoice | undefined {
  if (choice === undefined || choice === null) return undefined;
  return typeof choice === 'string' ? { kind: choice } : { kind: 'tool', name: choice.function.name };
}

function responseFormatOf(format: ChatForm['response_format']): ResponseFormat | undefined {
  switch (format?.type) {
    case undefined:
      return undefined;
    case 'text':
      return { kind: 'text' };
    case 'json_object':
      return { kind: 'json' };
    case 'json_schema': {
      const { name, schema, description, strict } = format.json_schema;
      if (!schema) throw malformed('/response_format/json_schema/schema', 'a schema was expected');
      return { kind: 'json_schema', name, schema, ...given({ description, strict }) };
    }
  }
}
