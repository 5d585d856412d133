/** Reads answers of Bedrock's Converse and ConverseStream. */
import { isArray, isObject, type Json, type JsonObject } from '../../../base/json.ts';
import type { AnswerReader } from '../../../modules/inference/provider.ts';
import { asIndex, asObject } from '../answer.ts';
import { createBlocks, type Blocks } from '../blocks.ts';
import { assistantPlace, countsPlace } from '../places.ts';
import { streamRefusal } from '../provider-refusal.ts';
import { createReader, noteOrigin, type OpenReading } from '../reading.ts';
import { shapeOf, walkMembers, walkValue } from '../text-walk.ts';
import { converseFinish, converseUsage, createConverseDecoder } from './converse-decoder.ts';
import { readBlock, readDelta, readStart } from './converse-texts.ts';

const EVENT = shapeOf({
  machine: ['contentBlockIndex', 'role', 'stopReason'],
  // Padding of random length and letters.
  opaque: ['p'],
  handled: ['delta', 'start', 'usage'],
});
const ANSWER = shapeOf({ machine: ['stopReason'], object: ['output'], handled: ['usage'] });
const OUTPUT = shapeOf({ handled: ['message'] });
const MESSAGE = shapeOf({ machine: ['role'], handled: ['content'] });

/** What one answer has told so far. */
interface AnswerState {
  readonly blocks: Blocks;
  stopped: boolean;
}

/** @param id and model as the request had them: the body names neither */
export function createConverseReader(stream: boolean, id: string, model: string): AnswerReader {
  const state: AnswerState = { blocks: createBlocks(), stopped: false };
  const decode = createConverseDecoder(id, model);
  return createReader({
    read(frame, reading) {
      noteOrigin(reading, model, id);
      if (stream) readEvent(state, frame.name ?? '', asObject(frame.json), reading);
      else readAnswer(state, asObject(frame.json), reading);
    },
    decode: (frame) => decode(frame.name ?? '', asObject(frame.json)),
    isComplete: () => state.stopped,
  });
}

function readAnswer(state: AnswerState, json: JsonObject, reading: OpenReading): void {
  const document = assistantPlace(reading.frame, 'document');
  const output = asObject(json['output']);
  walkMembers(output, '/output', OUTPUT, document, reading);
  readMessage(output['message'], '/output/message', reading);
  walkMembers(json, '', ANSWER, document, reading);
  readUsage(json['usage'], reading);
  reading.finish = converseFinish(json['stopReason']);
  reading.isEnd = true;
  state.stopped = true;
}

function readMessage(message: Json | undefined, pointer: string, reading: OpenReading): void {
  const place = assistantPlace(reading.frame, 'answer');
  if (!isObject(message)) return walkValue(message, pointer, place, reading);
  const { content } = message;
  if (isArray(content))
    content.forEach((block, i) => readBlock(block, `${pointer}/content/${i}`, i, reading));
  else walkValue(content, `${pointer}/content`, place, reading);
  walkMembers(message, pointer, MESSAGE, place, reading);
}

function readUsage(usage: Json | undefined, reading: OpenReading): void {
  walkValue(usage, '/usage', countsPlace(reading.frame), reading);
  reading.usage = converseUsage(usage);
}

/** Texts are read wherever they stand, whatever the event's name: an unknown name hides nothing. */
function readEvent(state: AnswerState, name: string, json: JsonObject, reading: OpenReading): void {
  const answer = assistantPlace(reading.frame, 'answer');
  const document = assistantPlace(reading.frame, 'document');
  const { delta, start } = json;
  if (isObject(delta)) readDelta(delta, state.blocks.at(asIndex(json['contentBlockIndex'], 0)), reading);
  else walkValue(delta, '/delta', answer, reading);
  if (isObject(start)) readStart(start, reading);
  else walkValue(start, '/start', answer, reading);
  walkMembers(json, '', EVENT, document, reading);
  readUsage(json['usage'], reading);
  noteProgress(state, name, json, reading);
}

/** What an event means for the answer as a whole; an exception's name begins with `!`. */
function noteProgress(state: AnswerState, name: string, json: JsonObject, reading: OpenReading): void {
  if (name === 'contentBlockStop') state.blocks.end(asIndex(json['contentBlockIndex'], 0), reading);
  else if (name === 'messageStop') {
    reading.finish = converseFinish(json['stopReason']);
    state.stopped = true;
    state.blocks.endAll(reading);
  } else if (name.startsWith('!')) {
    reading.error = streamRefusal({ type: name.slice(1), message: json['message'] ?? json['Message'] });
  }
}
