/** A chat completion's body in neutral form; what neutral form does not carry is refused. */
import type { z } from 'zod';
import type { JsonObject } from '../../../base/json.ts';
import type { ChatRequest, Message, Part } from '../../../domain/chat.ts';
import { given, malformed, parseForm } from '../wire-form.ts';
import { namesOfCalls } from '../call-names.ts';
import { audioSource, fileSource, urlSource } from '../media.ts';
import { responseFormatOf, toolChoiceOf, toolOf } from '../openai-requests.ts';
import { chatForm, type assistantContent, type userContent } from './form.ts';

type ChatForm = z.output<typeof chatForm>;
type WireMessage = ChatForm['messages'][number];

export function chatRequest(body: JsonObject): ChatRequest {
  const form = parseForm(chatForm, body);
  const { stop, reasoning_effort: effort } = form;
  return {
    model: form.model,
    messages: messagesOf(form.messages),
    tools: (form.tools ?? []).map((tool) => toolOf(tool.function)),
    stream: form.stream ?? false,
    ...given({
      toolChoice: toolChoiceOf(flatChoice(form.tool_choice)),
      parallelToolCalls: form.parallel_tool_calls,
      responseFormat: responseFormatOf(flatFormat(form.response_format)),
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
        return { kind: 'audio', source: audioSource(part.input_audio) };
      case 'file': {
        const { file_data: data, filename: name } = part.file;
        return { kind: 'file', source: fileSource(data, name, `${at}/file/file_data`), ...given({ name }) };
      }
    }
  });
}

/** As responses tell it: what is asked of a function stands beside its type, not below it. */
function flatChoice(choice: ChatForm['tool_choice']): Parameters<typeof toolChoiceOf>[0] {
  return typeof choice === 'object' ? choice?.function : choice;
}

function flatFormat(format: ChatForm['response_format']): Parameters<typeof responseFormatOf>[0] {
  if (format?.type !== 'json_schema') return format;
  const { schema, ...rest } = format.json_schema;
  if (!schema) throw malformed('/response_format/json_schema/schema', 'a schema was expected');
  return { type: 'json_schema', schema, ...rest };
}
