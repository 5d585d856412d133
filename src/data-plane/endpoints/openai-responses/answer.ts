/** Whole responses, written from neutral form. */
import type { Json, JsonObject } from '../../../base/json.ts';
import type { ChatAnswer, FinishReason, Part } from '../../../domain/chat.ts';
import type { Usage } from '../../../domain/usage.ts';
import { unixSeconds } from '../unix-time.ts';
import { wirePiece } from './items.ts';

/** What a response repeats of its request. */
const REPEATED = {
  instructions: null,
  max_output_tokens: null,
  metadata: {},
  parallel_tool_calls: true,
  reasoning: { effort: null, summary: null },
  temperature: null,
  text: { format: { type: 'text' } },
  tool_choice: 'auto',
  tools: [],
  top_p: null,
  truncation: 'disabled',
  user: null,
} as const satisfies JsonObject;

/** The members that every state of one response shares. */
export function responseHead(
  id: string,
  model: string,
  body: JsonObject,
): JsonObject & { readonly id: string } {
  const repeated: Record<string, Json> = {};
  for (const [key, usual] of Object.entries(REPEATED)) repeated[key] = body[key] ?? usual;
  return {
    id: responseId(id),
    object: 'response',
    created_at: unixSeconds(),
    model,
    background: false,
    error: null,
    incomplete_details: null,
    previous_response_id: null,
    store: false,
    usage: null,
    ...repeated,
  };
}

/** Clients tell a response by the beginning of its id. */
export function responseId(id: string): string {
  return id.startsWith('resp_') ? id : `resp_${id}`;
}

/** An item's id: stable, and unlike every other of its response. */
export function itemId(prefix: string, response: string, index: number): string {
  return `${prefix}_${response.replace(/^resp_/, '')}_${index}`;
}

export function responseOf(answer: ChatAnswer, body: JsonObject): JsonObject {
  const head = responseHead(answer.id, answer.model, body);
  const [choice] = answer.choices;
  const { status, incomplete_details } = endOf(choice?.finish ?? 'stop');
  const output = itemsOf(choice?.parts ?? [], head.id, status);
  return { ...head, status, incomplete_details, output, usage: usageOf(answer.usage) };
}

function itemsOf(parts: readonly Part[], response: string, status: string): JsonObject[] {
  const items: JsonObject[] = [];
  let message: { wire: JsonObject; content: JsonObject[] } | undefined;
  for (const part of parts) {
    const index = items.length;
    switch (part.kind) {
      case 'text':
      case 'refusal': {
        const piece = wirePiece({ type: part.kind === 'text' ? 'output_text' : 'refusal', text: part.text });
        if (!message) {
          const content: JsonObject[] = [];
          message = {
            content,
            wire: { type: 'message', id: itemId('msg', response, index), role: 'assistant', status, content },
          };
          items.push(message.wire);
        }
        message.content.push(piece);
        break;
      }
      case 'reasoning':
        message = undefined;
        items.push(reasoningItem(itemId('rs', response, index), part.text, part.signature));
        break;
      case 'tool_call':
        message = undefined;
        items.push({
          ...callItem(itemId('fc', response, index), part.id, part.name),
          status: 'completed',
          arguments: part.arguments || '{}',
        });
        break;
      case 'image':
      case 'file':
      case 'audio':
      case 'tool_result':
        throw new Error(`an answer holds a part that no response can hold: ${part.kind}`);
    }
  }
  return items;
}

function reasoningItem(id: string, text: string, signature: string | undefined): JsonObject {
  return {
    type: 'reasoning',
    id,
    summary: text === '' ? [] : [wirePiece({ type: 'summary_text', text })],
    ...(signature === undefined ? {} : { encrypted_content: signature }),
  };
}

export function callItem(id: string, callId: string, name: string): JsonObject {
  return { type: 'function_call', id, call_id: callId, name, arguments: '', status: 'in_progress' };
}

/** How a response ends that ended so. */
export function endOf(finish: FinishReason): {
  status: 'completed' | 'incomplete';
  incomplete_details: JsonObject | null;
} {
  switch (finish) {
    case 'stop':
    case 'stop_sequence':
    case 'tool_calls':
    case 'refusal':
      return { status: 'completed', incomplete_details: null };
    case 'length':
      return { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } };
    case 'content_filter':
      return { status: 'incomplete', incomplete_details: { reason: 'content_filter' } };
  }
}

export function usageOf(usage: Usage): JsonObject {
  return {
    input_tokens: usage.inputTokens,
    input_tokens_details: {
      cached_tokens: usage.cachedInputTokens,
      cache_write_tokens: usage.cacheWriteTokens,
    },
    output_tokens: usage.outputTokens,
    output_tokens_details: { reasoning_tokens: usage.reasoningTokens },
    total_tokens: usage.inputTokens + usage.outputTokens,
  };
}
