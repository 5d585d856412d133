/** Reads Anthropic's messages, event by event or whole. */
import { isArray, isObject, type Json, type JsonObject } from '../../../base/json.ts';
import type { Usage } from '../../../domain/usage.ts';
import type { AnswerReader } from '../../../modules/inference/provider.ts';
import { asIndex, asObject, asText } from '../answer.ts';
import { createBlocks, type Blocks } from '../blocks.ts';
import { readList } from '../expected.ts';
import { countsPlace } from '../places.ts';
import { streamRefusal } from '../provider-refusal.ts';
import { createJsonReader, noteOrigin, type OpenReading } from '../reading.ts';
import { shapeOf, walkMembers, walkValue } from '../text-walk.ts';
import { createAnthropicDecoder } from './anthropic-decoder.ts';
import { anthropicFinish, anthropicUsage } from './anthropic-usage.ts';
import { readBlock, readDelta } from './message-texts.ts';

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
const USAGE = shapeOf({ machine: ['service_tier', 'inference_geo', 'speed'] });

/** What one answer has told so far. */
interface AnswerState {
  readonly blocks: Blocks;
  usage: Usage | undefined;
  complete: boolean;
}

export function createAnthropicReader(stream: boolean): AnswerReader {
  const state: AnswerState = { blocks: createBlocks(), usage: undefined, complete: false };
  const decodeJson = createAnthropicDecoder();
  return createJsonReader({
    readJson: (json, reading) => (stream ? readEvent : readWhole)(state, json, reading),
    decodeJson,
    isComplete: () => state.complete,
  });
}

function readWhole(state: AnswerState, message: JsonObject, reading: OpenReading): void {
  readMessage(state, message, '', reading);
  reading.isEnd = true;
  state.complete = isArray(message['content']);
}

function readMessage(state: AnswerState, message: JsonObject, pointer: string, reading: OpenReading): void {
  const { metadata } = reading;
  readList(message['content'], `${pointer}/content`, metadata, reading, (block, at, i) =>
    readBlock(block, at, state.blocks.at(i), reading),
  );
  walkMembers(message, pointer, MESSAGE, metadata, reading);
  readUsage(state, message['usage'], `${pointer}/usage`, reading);
  reading.finish = anthropicFinish(message['stop_reason']);
  noteOrigin(reading, message['model'], message['id']);
}

function readUsage(state: AnswerState, usage: Json | undefined, pointer: string, reading: OpenReading): void {
  if (!isObject(usage)) return;
  walkMembers(usage, pointer, USAGE, countsPlace(reading.frame), reading);
  state.usage = anthropicUsage(usage, state.usage);
  reading.usage = state.usage;
}

/** Texts are read wherever they stand, whatever the event's type: an unknown type hides nothing. */
function readEvent(state: AnswerState, event: JsonObject, reading: OpenReading): void {
  const { metadata } = reading;
  const { message, content_block: started, delta } = event;
  const index = asIndex(event['index'], 0);
  if (isObject(message)) readMessage(state, message, '/message', reading);
  else walkValue(message, '/message', metadata, reading);
  if (isObject(started)) readBlock(started, '/content_block', state.blocks.at(index), reading);
  else walkValue(started, '/content_block', metadata, reading);
  if (isObject(delta)) readDelta(delta, state.blocks.at(index), reading);
  else walkValue(delta, '/delta', metadata, reading);
  readUsage(state, event['usage'], '/usage', reading);
  walkMembers(event, '', EVENT, metadata, reading);
  noteProgress(state, event, reading);
}

type Note = (state: AnswerState, event: JsonObject, reading: OpenReading) => void;

/** What an event of each type means for the answer as a whole. */
const PROGRESS: ReadonlyMap<string, Note> = new Map<string, Note>([
  ['content_block_stop', (state, event, reading) => state.blocks.end(asIndex(event['index'], 0), reading)],
  [
    'message_delta',
    (_, event, reading) => {
      reading.finish = anthropicFinish(asObject(event['delta'])['stop_reason']);
    },
  ],
  [
    'message_stop',
    (state, _, reading) => {
      state.complete = true;
      reading.isEnd = true;
    },
  ],
]);

function noteProgress(state: AnswerState, event: JsonObject, reading: OpenReading): void {
  const type = asText(event['type']);
  const note = PROGRESS.get(type);
  if (note !== undefined) note(state, event, reading);
  else if (type === 'error' || event['error'] !== undefined) reading.error = streamRefusal(event['error']);
}
