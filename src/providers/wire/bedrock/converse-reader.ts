/** Reads answers of Bedrock's Converse and ConverseStream. */
import { isArray, isObject, type Json, type JsonObject } from '../../../base/json.ts';
import type { AnswerReader } from '../../../modules/inference/provider.ts';
import { asIndex, asObject, closeReading, openReading, type OpenReading } from '../answer.ts';
import { streamRefusal } from '../provider-refusal.ts';
import { addName, addText, shapeOf, walkMembers, walkValue, type TextPlace } from '../text-walk.ts';
import { converseFinish, converseUsage, createConverseDecoder } from './converse-decoder.ts';

const EVENT = shapeOf({
  machine: ['contentBlockIndex', 'role', 'stopReason'],
  // Padding of random length and letters.
  opaque: ['p'],
  handled: ['delta', 'start', 'usage'],
});
const ANSWER = shapeOf({ machine: ['stopReason'], object: ['output'], handled: ['usage'] });
const MESSAGE = shapeOf({ machine: ['role'], handled: ['content'] });
const TOOL = shapeOf({ machine: ['toolUseId', 'type'], text: ['name'], handled: ['input'] });
const REASONING = shapeOf({ opaque: ['signature', 'redactedContent'] });
const DELTA = shapeOf({ handled: ['text', 'toolUse', 'reasoningContent'] });
const BLOCK = shapeOf({ handled: ['toolUse', 'reasoningContent'] });
const START = shapeOf({ handled: ['toolUse'] });

export function createConverseReader(stream: boolean, id: string, model: string): AnswerReader {
  const decoder = createConverseDecoder(id, model);
  const opened = new Map<number, Set<string>>();
  let count = 0;
  let stopped = false;

  function windowsOf(block: number): Set<string> {
    let windows = opened.get(block);
    if (windows === undefined) opened.set(block, (windows = new Set()));
    return windows;
  }

  function framePlace(channel: TextPlace['channel'], written: boolean): TextPlace {
    return { window: `frame:${count}`, role: 'assistant', channel, written };
  }

  function piece(
    value: Json | undefined,
    pointer: string,
    index: number,
    window: string,
    isJson: boolean,
    reading: OpenReading,
  ): void {
    const channel = isJson ? 'tool' : 'answer';
    if (typeof value !== 'string') {
      return walkValue(
        value,
        pointer,
        { ...framePlace(channel, isJson), window, opened: windowsOf(index) },
        reading,
      );
    }
    if (value === '') return;
    windowsOf(index).add(window);
    const encoding = isJson ? 'json' : 'plain';
    addText({ window, pointer, text: value, role: 'assistant', channel, encoding, editable: true }, reading);
  }

  function readDelta(delta: JsonObject, index: number, reading: OpenReading): void {
    const name = `block:${index}`;
    const lasting: TextPlace = {
      ...framePlace('answer', false),
      window: `${name}/delta`,
      opened: windowsOf(index),
    };
    piece(delta['text'], '/delta/text', index, name, false, reading);
    const tool = delta['toolUse'];
    if (isObject(tool)) {
      piece(tool['input'], '/delta/toolUse/input', index, `${name}/input`, true, reading);
      walkMembers(tool, '/delta/toolUse', TOOL, lasting, reading);
    } else walkValue(tool, '/delta/toolUse', lasting, reading);
    const reasoning = delta['reasoningContent'];
    if (isObject(reasoning)) walkMembers(reasoning, '/delta/reasoningContent', REASONING, lasting, reading);
    else walkValue(reasoning, '/delta/reasoningContent', lasting, reading);
    walkMembers(delta, '/delta', DELTA, lasting, reading);
  }

  function readTool(tool: Json | undefined, pointer: string, reading: OpenReading): void {
    const place = framePlace('tool', true);
    if (!isObject(tool)) return walkValue(tool, pointer, place, reading);
    addName(tool['name'], `${pointer}/name`, place, reading);
    walkValue(tool['input'], `${pointer}/input`, place, reading);
    walkMembers(tool, pointer, TOOL, place, reading);
  }

  function readEvent(name: string, json: JsonObject, reading: OpenReading): void {
    const index = asIndex(json['contentBlockIndex'], 0);
    const { delta, start } = json;
    if (isObject(delta)) readDelta(delta, index, reading);
    else walkValue(delta, '/delta', framePlace('answer', false), reading);
    if (isObject(start)) {
      readTool(start['toolUse'], '/start/toolUse', reading);
      walkMembers(start, '/start', START, framePlace('answer', false), reading);
    } else walkValue(start, '/start', framePlace('answer', false), reading);
    walkMembers(json, '', EVENT, framePlace('document', false), reading);
    walkValue(json['usage'], '/usage', framePlace('document', false), reading);
    reading.usage = converseUsage(json['usage']);
    if (name === 'contentBlockStop') {
      reading.ends.push(...(opened.get(index) ?? []));
      opened.delete(index);
    } else if (name === 'messageStop') {
      reading.finish = converseFinish(json['stopReason']);
      stopped = true;
      for (const windows of opened.values()) reading.ends.push(...windows);
      opened.clear();
    } else if (name.startsWith('!')) reading.error = exception(name.slice(1), json);
  }

  function readAnswer(json: JsonObject, reading: OpenReading): void {
    const output = asObject(json['output']);
    const { message } = output;
    walkMembers(output, '/output', MESSAGE_IN_OUTPUT, framePlace('document', false), reading);
    if (isObject(message)) {
      const { content } = message;
      if (isArray(content))
        content.forEach((block, i) => readBlock(block, `/output/message/content/${i}`, i, reading));
      else walkValue(content, '/output/message/content', framePlace('answer', false), reading);
      walkMembers(message, '/output/message', MESSAGE, framePlace('answer', false), reading);
    } else walkValue(message, '/output/message', framePlace('answer', false), reading);
    walkMembers(json, '', ANSWER, framePlace('document', false), reading);
    walkValue(json['usage'], '/usage', framePlace('document', false), reading);
    reading.usage = converseUsage(json['usage']);
    reading.finish = converseFinish(json['stopReason']);
    stopped = true;
  }

  function readBlock(block: Json, pointer: string, index: number, reading: OpenReading): void {
    const place: TextPlace = { ...framePlace('answer', false), window: `block:${index}` };
    if (!isObject(block)) return walkValue(block, pointer, place, reading);
    readTool(block['toolUse'], `${pointer}/toolUse`, reading);
    const reasoning = block['reasoningContent'];
    if (isObject(reasoning)) {
      const at = `${pointer}/reasoningContent`;
      const text = reasoning['reasoningText'];
      if (isObject(text)) walkMembers(text, `${at}/reasoningText`, REASONING, place, reading);
      else walkValue(text, `${at}/reasoningText`, place, reading);
      walkMembers(reasoning, at, REASONING_BLOCK, place, reading);
    } else walkValue(reasoning, `${pointer}/reasoningContent`, place, reading);
    walkMembers(block, pointer, BLOCK, place, reading);
  }

  return {
    read(frame) {
      const reading = openReading();
      count++;
      reading.model = model;
      reading.responseId = id;
      const json = asObject(frame.json);
      if (stream) readEvent(frame.name ?? '', json, reading);
      else {
        readAnswer(json, reading);
        reading.isEnd = true;
      }
      return closeReading(reading);
    },
    decode: (frame) => decoder(frame.name ?? '', asObject(frame.json)),
    isComplete: () => stopped,
  };
}

const MESSAGE_IN_OUTPUT = shapeOf({ handled: ['message'] });
const REASONING_BLOCK = shapeOf({ opaque: ['redactedContent'], handled: ['reasoningText'] });

function exception(name: string, json: JsonObject): ReturnType<typeof streamRefusal> {
  return streamRefusal({ type: name, message: json['message'] ?? json['Message'] });
}
