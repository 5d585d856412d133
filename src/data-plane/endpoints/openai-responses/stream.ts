/** A response's events: written from neutral ones, or followed while a provider's own are forwarded. */
import { newId } from '../../../base/ids.ts';
import { isObject, type JsonObject } from '../../../base/json.ts';
import type { FinishReason } from '../../../domain/chat.ts';
import { codeOf, openaiError } from '../openai-errors.ts';
import type { StreamWriter } from '../writers.ts';
import { endOf, responseHead, usageOf } from './answer.ts';
import { createEventWriter } from './event-writer.ts';

export function createResponseStream(askedModel: string, body: JsonObject): StreamWriter {
  const writer = createEventWriter();
  const { items } = writer;
  let forwarded = false;
  let usage: JsonObject | null = null;
  let finish: FinishReason = 'stop';

  const begin = (id: string, model: string): string => {
    if (items.response()) return '';
    const response = { ...responseHead(id, model, body), status: 'in_progress', output: [] };
    return writer.emit('response.created', { response }) + writer.emit('response.in_progress', { response });
  };
  const ensureBegun = () => begin(newId('resp'), askedModel);
  const end = (reason: FinishReason): string => {
    const { status, incomplete_details } = endOf(reason);
    const closed = ensureBegun() + writer.closeAll(status);
    const response = { ...items.response(), status, incomplete_details, output: items.output(status), usage };
    return closed + writer.emit(`response.${status}`, { response });
  };

  return {
    pass({ json, bytes }) {
      forwarded = true;
      if (isObject(json)) items.follow(json);
      return bytes;
    },
    event(event) {
      switch (event.kind) {
        case 'start':
          return begin(event.id, event.model);
        case 'text':
        case 'refusal':
          if (event.text === '') return '';
          return ensureBegun() + writer.say(event.kind === 'text' ? 'output_text' : 'refusal', event.text);
        case 'reasoning':
          return ensureBegun() + writer.think(event.text);
        case 'reasoning_signature':
          return ensureBegun() + writer.sign(event.signature);
        case 'tool_call':
          return ensureBegun() + writer.call(event.call, event.id, event.name);
        case 'tool_arguments':
          return writer.addArguments(event.call, event.text);
        case 'finish':
          finish = event.reason;
          return writer.closeAll(endOf(finish).status);
        case 'usage':
          usage = usageOf(event.usage);
          return '';
      }
    },
    // A forwarded stream brings its own end.
    end: () => (forwarded ? '' : end(finish)),
    filtered(message) {
      const text = writer.hasText() ? `\n\n${message}` : message;
      return ensureBegun() + (message === '' ? '' : writer.say('output_text', text)) + end('content_filter');
    },
    failed(refusal, requestId) {
      const { message, param, bartizan } = openaiError(refusal, requestId);
      return writer.emit('error', { code: codeOf(refusal), message, param, bartizan });
    },
  };
}
