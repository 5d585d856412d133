/** Reads Anthropic's messages, event by event or whole. */
import { isArray, isObject, type Json, type JsonObject } from '../../../base/json.ts';
import type { Channel } from '../../../domain/document.ts';
import type { Usage } from '../../../domain/usage.ts';
import type { AnswerReader } from '../../../modules/inference/provider.ts';
import { asIndex, asObject, asText, closeReading, openReading, type OpenReading } from '../answer.ts';
import { streamRefusal } from '../provider-refusal.ts';
import { addName, addText, shapeOf, walkMembers, walkValue, type TextPlace } from '../text-walk.ts';
import { createAnthropicDecoder } from './anthropic-decoder.ts';
import { anthropicFinish, anthropicUsage } from './anthropic-usage.ts';

const EVENT = shapeOf({
  machine: ['type', 'index'],
  object: ['usage'],
  handled: ['message', 'content_block', 'delta'],
});
const MESSAGE = shapeOf({
  machine: ['id', 'type', 'role', 'model', 'stop_reason'],
  object: ['usage'],
  handled: ['content'],
});
const BLOCK = shapeOf({
  machine: ['type', 'id', 'tool_use_id', 'toolset_name'],
  opaque: ['signature', 'encrypted_content', 'encrypted_index'],
  text: ['name'],
  handled: ['text', 'thinking', 'input'],
});
const REDACTED_BLOCK = shapeOf({ machine: ['type'], opaque: ['data'] });
/** What the provider's own tools encrypt for the next turn. */
const ENCRYPTED = new Set(['encrypted_content', 'encrypted_index', 'encrypted_stdout']);
const DELTA = shapeOf({
  machine: ['type', 'stop_reason'],
  opaque: ['signature'],
  handled: ['text', 'thinking', 'partial_json'],
});
const USAGE = shapeOf({ machine: ['service_tier', 'inference_geo', 'speed'] });

export function createAnthropicReader(stream: boolean): AnswerReader {
  const decoder = createAnthropicDecoder();
  /** Windows of each block that has not stopped. */
  const opened = new Map<number, Set<string>>();
  let count = 0;
  let complete = false;
  let usage: Usage | undefined;

  function windowsOf(block: number): Set<string> {
    let windows = opened.get(block);
    if (windows === undefined) opened.set(block, (windows = new Set()));
    return windows;
  }

  function piece(
    value: Json | undefined,
    pointer: string,
    block: number,
    window: string,
    channel: Channel,
    reading: OpenReading,
  ): void {
    if (typeof value !== 'string') {
      const place: TextPlace = {
        window,
        role: 'assistant',
        channel,
        written: channel === 'tool',
        opened: windowsOf(block),
      };
      return walkValue(value, pointer, place, reading);
    }
    if (value === '') return;
    windowsOf(block).add(window);
    const encoding = channel === 'tool' ? 'json' : 'plain';
    addText({ window, pointer, text: value, role: 'assistant', channel, encoding, editable: true }, reading);
  }

  function readBlock(block: JsonObject, pointer: string, index: number, reading: OpenReading): void {
    const name = `block:${index}`;
    if (block['type'] === 'redacted_thinking') {
      return walkMembers(
        block,
        pointer,
        REDACTED_BLOCK,
        { ...ANSWER_PLACE, window: `frame:${count}` },
        reading,
      );
    }
    piece(block['text'], `${pointer}/text`, index, name, 'answer', reading);
    piece(block['thinking'], `${pointer}/thinking`, index, `${name}/thinking`, 'answer', reading);
    const place: TextPlace = {
      ...ANSWER_PLACE,
      window: `frame:${count}/${name}`,
      channel: 'tool',
      written: true,
    };
    addName(block['name'], `${pointer}/name`, place, reading);
    walkValue(block['input'], `${pointer}/input`, place, reading);
    // Citations and results of the provider's own tools: found, not said.
    walkMembers(
      block,
      pointer,
      BLOCK,
      { ...place, channel: 'document', written: false, opaqueBelow: ENCRYPTED },
      reading,
    );
  }

  function readDelta(delta: JsonObject, index: number, reading: OpenReading): void {
    const name = `block:${index}`;
    piece(delta['text'], '/delta/text', index, name, 'answer', reading);
    piece(delta['thinking'], '/delta/thinking', index, `${name}/thinking`, 'answer', reading);
    piece(delta['partial_json'], '/delta/partial_json', index, `${name}/input`, 'tool', reading);
    const isCitation = delta['type'] === 'citations_delta';
    const isKnown = typeof delta['type'] !== 'string' || delta['type'] === 'signature_delta';
    const place: TextPlace = {
      ...ANSWER_PLACE,
      window: isCitation ? `frame:${count}` : `${name}/delta`,
      channel: isCitation ? 'document' : 'answer',
      opaqueBelow: ENCRYPTED,
      // What a delta of an unknown kind says goes on with the next one.
      ...(isCitation || isKnown ? {} : { opened: windowsOf(index) }),
    };
    walkMembers(delta, '/delta', DELTA, place, reading);
  }

  function readMessage(message: JsonObject, pointer: string, reading: OpenReading): void {
    const place: TextPlace = {
      window: `frame:${count}`,
      role: 'unknown',
      channel: 'document',
      written: false,
    };
    const { content } = message;
    if (isArray(content)) {
      content.forEach((block, i) => {
        if (isObject(block)) readBlock(block, `${pointer}/content/${i}`, i, reading);
        else walkValue(block, `${pointer}/content/${i}`, place, reading);
      });
    } else walkValue(content, `${pointer}/content`, place, reading);
    walkMembers(message, pointer, MESSAGE, place, reading);
    readUsage(message['usage'], `${pointer}/usage`, reading);
    reading.finish = anthropicFinish(message['stop_reason']);
    if (typeof message['model'] === 'string') reading.model = message['model'];
    if (typeof message['id'] === 'string') reading.responseId = message['id'];
  }

  function readUsage(told: Json | undefined, pointer: string, reading: OpenReading): void {
    if (!isObject(told)) return;
    walkMembers(told, pointer, USAGE, { ...ANSWER_PLACE, window: `frame:${count}`, written: false }, reading);
    usage = anthropicUsage(told, usage);
    reading.usage = usage;
  }

  function readEvent(event: JsonObject, reading: OpenReading): void {
    const index = asIndex(event['index'], 0);
    const place: TextPlace = {
      window: `frame:${count}`,
      role: 'unknown',
      channel: 'document',
      written: false,
    };
    for (const key of ['message', 'content_block', 'delta'] as const) {
      const value = event[key];
      if (!isObject(value)) walkValue(value, `/${key}`, place, reading);
      else if (key === 'message') readMessage(value, '/message', reading);
      else if (key === 'content_block') readBlock(value, '/content_block', index, reading);
      else readDelta(value, index, reading);
    }
    readUsage(event['usage'], '/usage', reading);
    walkMembers(event, '', EVENT, place, reading);
    endOf(asText(event['type']), index, event, reading);
  }

  function endOf(type: string, index: number, event: JsonObject, reading: OpenReading): void {
    if (type === 'content_block_stop') {
      reading.ends.push(...(opened.get(index) ?? []));
      opened.delete(index);
    } else if (type === 'message_delta') {
      reading.finish = anthropicFinish(asObject(event['delta'])['stop_reason']);
    } else if (type === 'message_stop') {
      complete = true;
      reading.isEnd = true;
    } else if (type === 'error' || event['error'] !== undefined) {
      reading.error = streamRefusal(event['error']);
    }
  }

  return {
    read(frame) {
      const reading = openReading();
      count++;
      if (frame.json === undefined) return closeReading(reading);
      if (stream) readEvent(asObject(frame.json), reading);
      else {
        const message = asObject(frame.json);
        readMessage(message, '', reading);
        reading.isEnd = true;
        complete = isArray(message['content']);
      }
      return closeReading(reading);
    },
    decode: (frame) => (frame.json === undefined ? [] : decoder(asObject(frame.json))),
    isComplete: () => complete,
  };
}

const ANSWER_PLACE: TextPlace = { window: '', role: 'assistant', channel: 'answer', written: false };
