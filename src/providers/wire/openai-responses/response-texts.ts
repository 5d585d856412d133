/** Where texts stand in a response object, its items and their parts. */
import { isArray, isObject, type Json, type JsonObject } from '../../../base/json.ts';
import { readList } from '../expected.ts';
import { readTokens } from '../openai-chat/logprobs.ts';
import {
  addPiece,
  assistantPlace,
  countsPlace,
  endWindows,
  instructionPlace,
  lastingPlace,
  readPiece,
} from '../places.ts';
import type { OpenReading } from '../reading.ts';
import { addName, shapeOf, walkMembers, walkValue, type Shape, type TextPlace } from '../text-walk.ts';

const RESPONSE = shapeOf({
  machine: [
    'id',
    'object',
    'created_at',
    'completed_at',
    'status',
    'model',
    'previous_response_id',
    'service_tier',
    'truncation',
    'tool_choice',
    'background',
    'store',
    'prompt_cache_key',
    'prompt_cache_retention',
    'safety_identifier',
  ],
  handled: ['output', 'usage', 'instructions', 'tools', 'text'],
});
const ITEM = shapeOf({
  machine: [
    'id',
    'type',
    'status',
    'role',
    'call_id',
    'phase',
    'server_label',
    'container_id',
    'approval_request_id',
  ],
  opaque: ['encrypted_content'],
  text: ['name'],
  handled: ['content', 'summary', 'arguments'],
});
/** An image that was made stands in an item as base64. */
const IMAGE_ITEM: Shape = new Map([...ITEM, ...shapeOf({ opaque: ['result'] })]);
const PART = shapeOf({ machine: ['type'], list: ['logprobs'], handled: ['text'] });

export function readResponse(response: JsonObject, pointer: string, reading: OpenReading): void {
  const { metadata } = reading;
  walkMembers(response, pointer, RESPONSE, metadata, reading);
  // The request's own, told again: no words of the model.
  const instruction = instructionPlace(reading.frame);
  for (const key of ['instructions', 'tools', 'text'] as const)
    walkValue(response[key], `${pointer}/${key}`, instruction, reading);
  walkValue(response['usage'], `${pointer}/usage`, countsPlace(reading.frame), reading);
  readList(response['output'], `${pointer}/output`, metadata, reading, (item, at) =>
    readItem(item, at, reading),
  );
}

export function readItem(item: JsonObject, pointer: string, reading: OpenReading): void {
  const type = item['type'];
  const isSaid = type === 'message' || type === 'reasoning';
  const place = assistantPlace(reading.frame, isSaid ? 'answer' : 'tool');
  addName(item['name'], `${pointer}/name`, place, reading);
  addJson(item['arguments'], `${pointer}/arguments`, place, reading);
  for (const key of ['content', 'summary'] as const) {
    const parts = item[key];
    if (!isArray(parts)) walkValue(parts, `${pointer}/${key}`, place, reading);
    else parts.forEach((part, i) => readPart(part, `${pointer}/${key}/${i}`, reading));
  }
  walkMembers(item, pointer, type === 'image_generation_call' ? IMAGE_ITEM : ITEM, place, reading);
}

export function readPart(part: Json | undefined, pointer: string, reading: OpenReading): void {
  const place = assistantPlace(reading.frame, 'answer');
  if (!isObject(part)) return walkValue(part, pointer, place, reading);
  const { text } = part;
  if (typeof text === 'number') readHere(text, `${pointer}/text`, place, reading);
  else walkValue(text, `${pointer}/text`, place, reading);
  readTokensHere(part['logprobs'], `${pointer}/logprobs`, reading.frame + pointer, reading);
  walkMembers(part, pointer, PART, place, reading);
}

/** A piece whose window ends with the frame. */
function readHere(value: Json, pointer: string, place: TextPlace, reading: OpenReading): void {
  const opened = new Set<string>();
  readPiece(value, pointer, lastingPlace(place.window + pointer, place.channel, opened), reading);
  endWindows(opened, reading);
}

/** Tokens whose windows end with the frame. */
export function readTokensHere(
  tokens: Json | undefined,
  pointer: string,
  window: string,
  reading: OpenReading,
): void {
  const opened = new Set<string>();
  readTokens(tokens, pointer, window, opened, reading);
  endWindows(opened, reading);
}

/** Arguments as a JSON text, in a window that ends with the frame. */
export function addJson(
  value: Json | undefined,
  pointer: string,
  place: TextPlace,
  reading: OpenReading,
): void {
  if (typeof value !== 'string') return walkValue(value, pointer, place, reading);
  const opened = new Set<string>();
  addPiece(value, pointer, lastingPlace(place.window + pointer, 'tool', opened, 'json'), reading);
  endWindows(opened, reading);
}
