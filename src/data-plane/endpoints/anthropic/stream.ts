/** An Anthropic message's events: written from neutral ones, or followed while a provider's own are forwarded. */
import { newId } from '../../../base/ids.ts';
import { isObject, type JsonObject } from '../../../base/json.ts';
import { formatSse } from '../../../base/sse.ts';
import type { ChatEvent } from '../../../domain/chat.ts';
import type { StreamWriter } from '../writers.ts';
import { emptyMessage, refusalDetails, stopReasonOf, usageOf } from './answer.ts';
import { createBlocks, writeEvent, type Blocks } from './blocks.ts';
import { anthropicError } from './errors.ts';

const THINKING = { type: 'thinking', thinking: '', signature: '' };
const TEXT = { type: 'text', text: '', citations: null };

export function createMessageStream(askedModel: string): StreamWriter {
  const blocks = createBlocks();
  let begun = false;
  let forwarded = false;
  let stopReason = 'end_turn';
  let usage: JsonObject = { output_tokens: 0 };

  const begin = (id: string, model: string): string => {
    if (begun) return '';
    begun = true;
    return writeEvent('message_start', { message: emptyMessage(id, model) });
  };
  const ensureBegun = () => begin(newId('msg'), askedModel);
  const stop = (reason: string, details: JsonObject | null): string => {
    const delta = { stop_reason: reason, stop_sequence: null, stop_details: details };
    return blocks.closeAll() + writeEvent('message_delta', { delta, usage }) + writeEvent('message_stop', {});
  };

  return {
    pass({ json, bytes }) {
      forwarded = true;
      begun = true;
      if (!isObject(json)) return bytes;
      if (isObject(json.usage) && typeof json.usage.output_tokens === 'number')
        usage = { output_tokens: json.usage.output_tokens };
      blocks.follow(json);
      return bytes;
    },
    event(event) {
      switch (event.kind) {
        case 'start':
          return begin(event.id, event.model);
        case 'finish':
          stopReason = stopReasonOf(event.reason);
          return blocks.closeAll();
        case 'usage':
          usage = usageOf(event.usage);
          return '';
        default:
          return ensureBegun() + pieceOf(event, blocks);
      }
    },
    // A forwarded stream brings its own end.
    end: () => (forwarded ? '' : ensureBegun() + stop(stopReason, null)),
    filtered(message) {
      const said = blocks.openText() === undefined ? message : `\n\n${message}`;
      return (
        ensureBegun() +
        (message === '' ? '' : sayText(said, blocks)) +
        stop('refusal', refusalDetails(message))
      );
    },
    failed: (refusal, requestId) => formatSse(JSON.stringify(anthropicError(refusal, requestId)), 'error'),
  };
}

type Piece = Exclude<ChatEvent, { kind: 'start' | 'finish' | 'usage' }>;

function pieceOf(event: Piece, blocks: Blocks): string {
  switch (event.kind) {
    case 'text':
    case 'refusal':
      return event.text === '' ? '' : sayText(event.text, blocks);
    case 'reasoning':
      return (
        blocks.ensure('thinking', THINKING) +
        blocks.delta('thinking', { type: 'thinking_delta', thinking: event.text })
      );
    case 'reasoning_signature': {
      const delta = { type: 'signature_delta', signature: event.signature };
      // The signature ends its block: what is thought after it has one of its own.
      return blocks.ensure('thinking', THINKING) + blocks.delta('thinking', delta) + blocks.closeAll();
    }
    case 'tool_call': {
      const content = {
        type: 'tool_use',
        id: event.id,
        name: event.name,
        input: {},
        caller: { type: 'direct' },
      };
      return blocks.start(`call:${event.call}`, 'tool_use', content);
    }
    case 'tool_arguments':
      return blocks.addInput(`call:${event.call}`, event.text);
  }
}

function sayText(text: string, blocks: Blocks): string {
  const key = blocks.openText() ?? 'text';
  return blocks.ensure(key, TEXT) + blocks.delta(key, { type: 'text_delta', text });
}
