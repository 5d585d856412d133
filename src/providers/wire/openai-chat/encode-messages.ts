/** Neutral messages as chat completions carry them. */
import type { JsonObject } from '../../../base/json.ts';
import type { Message, Part, ToolResultPart } from '../../../domain/chat.ts';
import { unreachable } from '../../../base/exhaustive.ts';
import { asUrl, subtypeOf } from '../media.ts';
import { unsupported } from '../unsupported.ts';
import type { ChatTraits } from './chat-traits.ts';

export function encodeMessages(messages: readonly Message[], traits: ChatTraits): JsonObject[] {
  return messages.flatMap((message, i) => encodeMessage(message, `/messages/${i}`, traits));
}

function encodeMessage(message: Message, pointer: string, traits: ChatTraits): JsonObject[] {
  // Each tool result is a message of its own, before what else the turn says.
  const results = message.parts.filter((part) => part.kind === 'tool_result');
  const encoded = results.map((result) => toolMessage(result, pointer, traits));
  const rest = message.parts.filter((part) => part.kind !== 'tool_result');
  if (rest.length === 0 && results.length > 0) return encoded;
  switch (message.role) {
    case 'assistant':
      return [...encoded, assistantMessage(rest, pointer, traits)];
    case 'developer':
    case 'system': {
      const role = traits.developerRole ? message.role : 'system';
      return [...encoded, { role, content: contentOf(rest, pointer, traits) }];
    }
    case 'user':
    case 'tool':
      return [...encoded, { role: 'user', content: contentOf(rest, pointer, traits) }];
    default:
      return unreachable(message.role);
  }
}

function toolMessage(result: ToolResultPart, pointer: string, traits: ChatTraits): JsonObject {
  for (const part of result.parts) {
    if (part.kind !== 'text') throw unsupported(traits.name, `${part.kind} in a tool's result`, pointer);
  }
  const text = result.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('\n');
  // The wire has no mark for a failed tool: the text says so.
  const content = result.isError === true && !/error/i.test(text) ? `Error: ${text}` : text;
  return { role: 'tool', tool_call_id: result.callId, content };
}

/** Reasoning of earlier turns is left out: this wire has no place for it, and no server reads another's. */
function assistantMessage(parts: readonly Part[], pointer: string, traits: ChatTraits): JsonObject {
  const calls: JsonObject[] = [];
  const said: Part[] = [];
  for (const part of parts) {
    if (part.kind === 'tool_call') {
      const { id, name, arguments: text } = part;
      calls.push({ id, type: 'function', function: { name, arguments: text === '' ? '{}' : text } });
    } else if (part.kind !== 'reasoning') said.push(part);
  }
  const content = said.length === 0 ? (calls.length > 0 ? null : '') : contentOf(said, pointer, traits);
  return { role: 'assistant', content, ...(calls.length > 0 ? { tool_calls: calls } : {}) };
}

function contentOf(parts: readonly Part[], pointer: string, traits: ChatTraits): string | JsonObject[] {
  const [only] = parts;
  if (only === undefined) return '';
  if (parts.length === 1 && only.kind === 'text') return only.text;
  if (!traits.textParts && parts.every((part) => part.kind === 'text' || part.kind === 'refusal')) {
    return parts.map(({ text }) => text).join('\n');
  }
  return parts.flatMap((part) => contentPart(part, pointer, traits));
}

function contentPart(part: Part, pointer: string, traits: ChatTraits): JsonObject[] {
  switch (part.kind) {
    case 'text':
      return [{ type: 'text', text: part.text }];
    case 'refusal':
      return [traits.textParts ? { type: 'refusal', refusal: part.text } : { type: 'text', text: part.text }];
    case 'image': {
      const detail = part.detail === undefined ? {} : { detail: part.detail };
      return [{ type: 'image_url', image_url: { url: asUrl(part.source), ...detail } }];
    }
    case 'audio': {
      if (part.source.kind === 'url') throw unsupported(traits.name, 'audio by address', pointer);
      const format = subtypeOf(part.source.mediaType).replace('mpeg', 'mp3').replace('x-wav', 'wav');
      return [{ type: 'input_audio', input_audio: { data: part.source.data, format } }];
    }
    case 'file': {
      if (part.source.kind === 'url') throw unsupported(traits.name, 'a file by address', pointer);
      return [{ type: 'file', file: { filename: part.name ?? 'file', file_data: asUrl(part.source) } }];
    }
    case 'tool_call':
    case 'tool_result':
      throw unsupported(traits.name, `a ${part.kind} in this turn`, pointer);
    case 'reasoning':
      return [];
    default:
      return unreachable(part);
  }
}
