/** Where texts stand in a response object, its items and their parts. */
import { isArray, isObject, type Json, type JsonObject } from '../../../base/json.ts';
import { readTokens } from '../openai-chat/logprobs.ts';
import {
  addName,
  addText,
  shapeOf,
  walkMembers,
  walkValue,
  type FrameTexts,
  type Shape,
  type TextPlace,
} from '../text-walk.ts';

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
  handled: ['output'],
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
const IMAGE_ITEM: Shape = new Map([...ITEM, ['result', 'opaque' as const]]);
const PART = shapeOf({ machine: ['type'], list: ['logprobs'], handled: ['text'] });

/** A place for what stands below one item: each text a window that ends with its frame. */
function itemPlace(prefix: string, channel: TextPlace['channel']): TextPlace {
  return { window: prefix, role: 'assistant', channel, written: channel === 'tool' };
}

export function readResponse(response: JsonObject, pointer: string, prefix: string, out: FrameTexts): void {
  const place: TextPlace = { window: prefix, role: 'unknown', channel: 'document', written: false };
  walkMembers(response, pointer, RESPONSE, place, out);
  const output = response['output'];
  if (!isArray(output)) return walkValue(output, `${pointer}/output`, place, out);
  output.forEach((item, i) => {
    const at = `${pointer}/output/${i}`;
    if (isObject(item)) readItem(item, at, prefix, out);
    else walkValue(item, at, place, out);
  });
}

export function readItem(item: JsonObject, pointer: string, prefix: string, out: FrameTexts): void {
  const type = item['type'];
  const place = itemPlace(prefix, type === 'message' || type === 'reasoning' ? 'answer' : 'tool');
  addName(item['name'], `${pointer}/name`, place, out);
  addJson(item['arguments'], `${pointer}/arguments`, place, out);
  for (const key of ['content', 'summary'] as const) {
    const parts = item[key];
    if (!isArray(parts)) walkValue(parts, `${pointer}/${key}`, place, out);
    else parts.forEach((part, i) => readPart(part, `${pointer}/${key}/${i}`, prefix, out));
  }
  walkMembers(item, pointer, type === 'image_generation_call' ? IMAGE_ITEM : ITEM, place, out);
}

export function readPart(part: Json | undefined, pointer: string, prefix: string, out: FrameTexts): void {
  const place = itemPlace(prefix, 'answer');
  if (!isObject(part)) return walkValue(part, pointer, place, out);
  walkValue(part['text'], `${pointer}/text`, place, out);
  readTokensHere(part['logprobs'], `${pointer}/logprobs`, prefix + pointer, out);
  walkMembers(part, pointer, PART, place, out);
}

/** Tokens whose windows end with the frame. */
export function readTokensHere(
  tokens: Json | undefined,
  pointer: string,
  window: string,
  out: FrameTexts,
): void {
  const opened = new Set<string>();
  readTokens(tokens, pointer, window, opened, out);
  out.ends.push(...opened);
}

/** Arguments as a JSON text, in a window that ends with the frame. */
export function addJson(value: Json | undefined, pointer: string, place: TextPlace, out: FrameTexts): void {
  if (typeof value !== 'string') return walkValue(value, pointer, place, out);
  if (value === '') return;
  const window = place.window + pointer;
  out.ends.push(window);
  addText(
    { window, pointer, text: value, role: 'assistant', channel: 'tool', encoding: 'json', editable: true },
    out,
  );
}
