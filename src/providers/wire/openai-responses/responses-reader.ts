/**
 * Reads answers of the Responses API. A stream tells everything more than once: as deltas, in the `done` event of the
 * text, of its part and of its item, and in `response.completed`. Each repetition is a window of its own, which ends in
 * the event it stands in: it is scanned whole, and so edited just as the deltas were.
 */
import { isArray, isObject, type Json, type JsonObject } from '../../../base/json.ts';
import type { AnswerReader } from '../../../modules/inference/provider.ts';
import { asText } from '../answer.ts';
import { readTokens } from '../openai-chat/logprobs.ts';
import { assistantPlace, endWindows, lastingPlace, readPiece } from '../places.ts';
import { streamRefusal } from '../provider-refusal.ts';
import { createJsonReader, noteOrigin, type OpenReading } from '../reading.ts';
import { shapeOf, walkMembers, walkValue } from '../text-walk.ts';
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

/** After these a response says no more. */
const LAST_STATES: ReadonlySet<Json | undefined> = new Set([
  'completed',
  'incomplete',
  'failed',
  'cancelled',
]);

/** What one answer has told so far. */
interface AnswerState {
  /** By the window of a delta: it and those of its tokens. */
  readonly opened: Map<string, Set<string>>;
  complete: boolean;
}

export function createResponsesReader(stream: boolean): AnswerReader {
  const state: AnswerState = { opened: new Map(), complete: false };
  const decodeJson = createResponsesDecoder();
  return createJsonReader({
    readJson: (json, reading) => (stream ? readEvent : readWhole)(state, json, reading),
    decodeJson,
    isComplete: () => state.complete,
  });
}

function readWhole(state: AnswerState, response: JsonObject, reading: OpenReading): void {
  readResponse(response, '', reading);
  readFacts(state, response, reading);
  reading.isEnd = true;
  state.complete = isArray(response['output']);
}

/** Texts are read wherever they stand, whatever the event's type: an unknown type hides nothing. */
function readEvent(state: AnswerState, event: JsonObject, reading: OpenReading): void {
  const type = asText(event['type']);
  const place = assistantPlace(reading.frame, 'answer');
  if (type === 'response.audio.delta' || type.includes('partial_image'))
    return walkMembers(event, '', MEDIA_EVENT, place, reading);
  if (type.endsWith('.delta')) readDelta(state, event, type, reading);
  else {
    walkValue(event['delta'], '/delta', place, reading);
    readTokensHere(event['logprobs'], '/logprobs', `${reading.frame}/text`, reading);
  }
  addJson(event['arguments'], '/arguments', place, reading);
  if (isObject(event['item'])) readItem(event['item'], '/item', reading);
  else walkValue(event['item'], '/item', place, reading);
  readPart(event['part'], '/part', reading);
  readSnapshot(state, event['response'], reading);
  walkMembers(event, '', EVENT, place, reading);
  noteProgress(state, event, type, reading);
}

function readDelta(state: AnswerState, event: JsonObject, type: string, reading: OpenReading): void {
  const window = windowOf(event, type);
  const opened = openedAt(state, window);
  const { delta } = event;
  const isTool = typeof delta === 'string' && /_call|mcp|shell/.test(type);
  const encoding = type.includes('arguments') ? 'json' : 'plain';
  readPiece(delta, '/delta', lastingPlace(window, isTool ? 'tool' : 'answer', opened, encoding), reading);
  if (delta !== '') readTokens(event['logprobs'], '/logprobs', window, opened, reading);
}

/** The window of a delta; the event's `done` ends it and those of its tokens. */
function windowOf(event: JsonObject, type: string): string {
  const part = indexText(event['content_index'] ?? event['summary_index'] ?? event['command_index']);
  const said = type.slice('response.'.length, type.lastIndexOf('.'));
  return `item:${indexText(event['output_index'] ?? event['item_id'])}/${part}/${said}`;
}

/** An index or an id; nothing where there is none. */
function indexText(value: Json | undefined): string {
  return typeof value === 'number' || typeof value === 'string' ? String(value) : '';
}

function openedAt(state: AnswerState, window: string): Set<string> {
  let opened = state.opened.get(window);
  if (opened === undefined) state.opened.set(window, (opened = new Set()));
  return opened;
}

/** The response so far, as events of its beginning and its end tell it. */
function readSnapshot(state: AnswerState, response: Json | undefined, reading: OpenReading): void {
  if (!isObject(response)) return walkValue(response, '/response', reading.metadata, reading);
  readResponse(response, '/response', reading);
  readFacts(state, response, reading);
}

function readFacts(state: AnswerState, response: JsonObject, reading: OpenReading): void {
  const { status } = response;
  reading.usage = responsesUsage(response['usage']);
  reading.finish = responseFinish(response);
  noteOrigin(reading, response['model'], response['id']);
  if (status === 'failed') reading.error = streamRefusal(response['error']);
  if (!LAST_STATES.has(status)) return;
  state.complete = true;
  reading.isEnd = true;
}

/** What an event means for the answer as a whole. */
function noteProgress(state: AnswerState, event: JsonObject, type: string, reading: OpenReading): void {
  if (type.endsWith('.done')) endOpened(state, windowOf(event, type), reading);
  if (type === 'response.output_item.done')
    endOpened(state, `item:${indexText(event['output_index'])}/`, reading);
  if (type === 'error') reading.error = streamRefusal(event['error'] ?? event);
}

/** Ends a delta's windows, or with a slash at the end those of every delta below. */
function endOpened(state: AnswerState, name: string, reading: OpenReading): void {
  for (const [window, opened] of state.opened) {
    if (window !== name && !(name.endsWith('/') && window.startsWith(name))) continue;
    endWindows(opened, reading);
    state.opened.delete(window);
  }
}
