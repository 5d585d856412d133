/**
 * Reads answers of the Responses API. A stream tells everything more than once: as deltas, in the `done` event of the
 * text, of its part and of its item, and in `response.completed`. Each repetition is a window of its own, which ends in
 * the event it stands in: it is scanned whole, and so edited just as the deltas were.
 */
import { isArray, isObject, type Json, type JsonObject } from '../../../base/json.ts';
import type { AnswerReader } from '../../../modules/inference/provider.ts';
import { asObject, asText, closeReading, openReading, type OpenReading } from '../answer.ts';
import { readTokens } from '../openai-chat/logprobs.ts';
import { streamRefusal } from '../provider-refusal.ts';
import { addText, shapeOf, walkMembers, walkValue, type TextPlace } from '../text-walk.ts';
import { addJson, readItem, readPart, readResponse, readTokensHere } from './response-texts.ts';
import { createResponsesDecoder, responseFinish, responsesUsage } from './responses-decoder.ts';

const INDEXES = [
  'type',
  'item_id',
  'output_index',
  'content_index',
  'summary_index',
  'annotation_index',
  'sequence_number',
  'command_index',
  'partial_image_index',
  'obfuscation',
];
const EVENT = shapeOf({
  machine: INDEXES,
  list: ['logprobs'],
  handled: ['delta', 'arguments', 'response', 'item', 'part'],
});
/** Audio and images as base64. */
const MEDIA_EVENT = shapeOf({
  machine: INDEXES,
  opaque: ['delta', 'partial_image_b64'],
});

/** An index or an id; nothing where there is none. */
function indexText(value: Json | undefined): string {
  return typeof value === 'number' || typeof value === 'string' ? String(value) : '';
}

export function createResponsesReader(stream: boolean): AnswerReader {
  const opened = new Map<string, Set<string>>();
  const decoder = createResponsesDecoder();
  let count = 0;
  let complete = false;

  /** The window of a delta; the event's `done` ends it and those of its tokens. */
  function windowOf(event: JsonObject, type: string): string {
    const part = indexText(event['content_index'] ?? event['summary_index'] ?? event['command_index']);
    const said = type.slice('response.'.length, type.lastIndexOf('.'));
    return `item:${indexText(event['output_index'] ?? event['item_id'])}/${part}/${said}`;
  }

  function readDelta(event: JsonObject, type: string, reading: OpenReading): void {
    const window = windowOf(event, type);
    const delta = event['delta'];
    const isArguments = type.includes('arguments');
    const windows = opened.get(window) ?? new Set<string>();
    opened.set(window, windows);
    if (typeof delta === 'string') {
      if (delta === '') return;
      windows.add(window);
      const channel = /_call|mcp|shell/.test(type) ? 'tool' : 'answer';
      const encoding = isArguments ? 'json' : 'plain';
      addText(
        { window, pointer: '/delta', text: delta, role: 'assistant', channel, encoding, editable: true },
        reading,
      );
    } else {
      const place: TextPlace = {
        window,
        role: 'assistant',
        channel: 'answer',
        written: false,
        opened: windows,
      };
      walkValue(delta, '/delta', place, reading);
    }
    readTokens(event['logprobs'], '/logprobs', window, windows, reading);
  }

  function readEvent(event: JsonObject, reading: OpenReading): void {
    const type = asText(event['type']);
    const prefix = `frame:${count}`;
    const place: TextPlace = { window: prefix, role: 'assistant', channel: 'answer', written: false };
    if (type === 'response.audio.delta' || type.includes('partial_image')) {
      return walkMembers(event, '', MEDIA_EVENT, place, reading);
    }
    if (type.endsWith('.delta')) readDelta(event, type, reading);
    else {
      walkValue(event['delta'], '/delta', place, reading);
      readTokensHere(event['logprobs'], '/logprobs', `${prefix}/text`, reading);
    }
    addJson(event['arguments'], '/arguments', place, reading);
    if (isObject(event['item'])) readItem(event['item'], '/item', prefix, reading);
    else walkValue(event['item'], '/item', place, reading);
    readPart(event['part'], '/part', prefix, reading);
    readWhole(event['response'], prefix, reading);
    walkMembers(event, '', EVENT, place, reading);
    if (type.endsWith('.done')) endWindows(windowOf(event, type), reading);
    if (type === 'response.output_item.done')
      endWindows(`item:${indexText(event['output_index'])}/`, reading);
    if (type === 'error') reading.error = streamRefusal(event['error'] ?? event);
  }

  /** Ends a window, or with a slash at the end every window below. */
  function endWindows(name: string, reading: OpenReading): void {
    for (const [window, windows] of opened) {
      if (window !== name && !(name.endsWith('/') && window.startsWith(name))) continue;
      reading.ends.push(...windows);
      opened.delete(window);
    }
  }

  function readWhole(response: Json | undefined, prefix: string, reading: OpenReading): void {
    if (!isObject(response)) {
      return walkValue(
        response,
        '/response',
        { window: prefix, role: 'unknown', channel: 'document', written: false },
        reading,
      );
    }
    readResponse(response, '/response', prefix, reading);
    readFacts(response, reading);
  }

  function readFacts(response: JsonObject, reading: OpenReading): void {
    reading.usage = responsesUsage(response['usage']);
    reading.finish = responseFinish(response);
    if (typeof response['model'] === 'string') reading.model = response['model'];
    if (typeof response['id'] === 'string') reading.responseId = response['id'];
    const status = response['status'];
    if (status === 'failed') reading.error = streamRefusal(response['error']);
    if (status === 'completed' || status === 'incomplete' || status === 'failed' || status === 'cancelled') {
      complete = true;
      reading.isEnd = true;
    }
  }

  return {
    read(frame) {
      const reading = openReading();
      count++;
      if (frame.json === undefined) return closeReading(reading);
      const json = asObject(frame.json);
      if (stream) readEvent(json, reading);
      else {
        readResponse(json, '', `frame:${count}`, reading);
        readFacts(json, reading);
        reading.isEnd = true;
        complete = isArray(json['output']);
      }
      return closeReading(reading);
    },
    decode: (frame) => (frame.json === undefined ? [] : decoder(asObject(frame.json))),
    isComplete: () => complete,
  };
}
