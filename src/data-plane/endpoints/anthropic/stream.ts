/** An Anthropic message's events: written from neutral ones, or followed while a provider's own are forwarded. */
import { newId } from '../../../base/ids.ts';
import { isObject } from '../../../base/json.ts';
import { formatSse } from '../../../base/sse.ts';
import { NO_USAGE, type Usage } from '../../../domain/usage.ts';
import type { StreamWriter } from '../writers.ts';
import { emptyMessage, refusalDetails, stopReasonOf, usageOf } from './answer.ts';
import { createBlocks, writeEvent } from './blocks.ts';
import { anthropicError } from './errors.ts';

const THINKING = { type: 'thinking', thinking: '', signature: '' };
const TEXT = { type: 'text', text: '', citations: null };

export function createMessageStream(askedModel: string): StreamWriter {
  const blocks = createBlocks();
  let begun = false;
  let forwarded = false;
  let stopReason = 'end_turn';
  let usage: Usage = NO_USAGE;
  let outputTokens = 0;

  const begin = (id: string, model: string): string => {
    if (begun) return '';
    begun = true;
    return writeEvent('message_start', { message: emptyMessage(id, model) });
  };
  const ensureBegun = () => begin(newId('msg'), askedModel);
  const ensure = (key: string, content: typeof THINKING | typeof TEXT) =>
    blocks.has(key) ? '' : ensureBegun() + blocks.start(key, content.type, content);
  const stop = (reason: string, details: ReturnType<typeof refusalDetails> | null): string => {
    const counted = forwarded ? { output_tokens: outputTokens } : usageOf(usage);
    const delta = { stop_reason: reason, stop_sequence: null, stop_details: details };
    return writeEvent('message_delta', { delta, usage: counted }) + writeEvent('message_stop', {});
  };
  const sayText = (text: string): string => {
    const key = blocks.openText() ?? 'text';
    return ensure(key, TEXT) + blocks.delta(key, { type: 'text_delta', text });
  };

  return {
    pass({ json }) {
      forwarded = true;
      begun = true;
      if (!isObject(json)) return;
      if (isObject(json.usage) && typeof json.usage.output_tokens === 'number')
        outputTokens = json.usage.output_tokens;
      blocks.follow(json);
    },
    event(event) {
      switch (event.kind) {
        case 'start':
          return begin(event.id, event.model);
        case 'text':
        case 'refusal':
          return event.text === '' ? '' : sayText(event.text);
        case 'reasoning':
          return (
            ensure('thinking', THINKING) +
            blocks.delta('thinking', { type: 'thinking_delta', thinking: event.text })
          );
        case 'reasoning_signature':
          // The signature ends its block: what is thought after it has one of its own.
          return (
            ensure('thinking', THINKING) +
            blocks.delta('thinking', { type: 'signature_delta', signature: event.signature }) +
            blocks.closeAll()
          );
        case 'tool_call': {
          const content = {
            type: 'tool_use',
            id: event.id,
            name: event.name,
            input: {},
            caller: { type: 'direct' },
          };
          return ensureBegun() + blocks.start(`call:${event.call}`, 'tool_use', content);
        }
        case 'tool_arguments':
          return blocks.addInput(`call:${event.call}`, event.text);
        case 'finish':
          stopReason = stopReasonOf(event.reason);
          return blocks.closeAll();
        case 'usage':
          usage = event.usage;
          return '';
      }
    },
    // A forwarded stream brings its own end.
    end: () => (forwarded ? '' : ensureBegun() + blocks.closeAll() + stop(stopReason, null)),
    filtered(message) {
      const said =
        message === '' ? '' : sayText(blocks.openText() === undefined ? message : `\n\n${message}`);
      return ensureBegun() + said + blocks.closeAll() + stop('refusal', refusalDetails(message));
    },
    failed: (refusal, requestId) => formatSse(JSON.stringify(anthropicError(refusal, requestId)), 'error'),
  };
}
