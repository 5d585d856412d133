/** Where the texts of a chat completion stand, in a chunk's `delta` and in a buffered answer's `message` alike. */
import { isObject, type Json, type JsonObject } from '../../../base/json.ts';
import type { Channel } from '../../../domain/document.ts';
import { asArray, asIndex } from '../answer.ts';
import {
  addName,
  addText,
  shapeOf,
  walkMembers,
  walkValue,
  type FrameTexts,
  type TextPlace,
} from '../text-walk.ts';
import { readTokens } from './logprobs.ts';

/** One choice of an answer, from its first piece to its last. */
export interface ChoiceWindows {
  /** `choice:0` */
  readonly name: string;
  /** Windows that have had text and will perhaps have more. */
  readonly opened: Set<string>;
  readonly place: TextPlace;
}

export function choiceWindows(index: number): ChoiceWindows {
  const name = `choice:${index}`;
  const opened = new Set<string>();
  return {
    name,
    opened,
    place: { window: name, role: 'assistant', channel: 'answer', written: false, opened },
  };
}

const CONTENT = shapeOf({
  machine: ['role'],
  handled: [
    'content',
    'reasoning_content',
    'reasoning',
    'reasoning_details',
    'refusal',
    'tool_calls',
    'function_call',
    'audio',
  ],
});
const TOOL_CALL = shapeOf({ machine: ['id', 'type', 'index'], handled: ['function', 'custom'] });
const FUNCTION = shapeOf({ text: ['name'], handled: ['arguments', 'input'] });
const AUDIO = shapeOf({ machine: ['id', 'expires_at'], opaque: ['data'] });
const REASONING_DETAIL = shapeOf({
  machine: ['type', 'id', 'format', 'index'],
  opaque: ['signature', 'data'],
});
const LOGPROBS = shapeOf({ list: ['content', 'refusal'] });

/** The texts of a `delta` or a `message`. */
export function readContent(
  content: JsonObject,
  pointer: string,
  choice: ChoiceWindows,
  out: FrameTexts,
): void {
  piece(content['content'], `${pointer}/content`, choice.name, choice, out);
  piece(
    content['reasoning_content'],
    `${pointer}/reasoning_content`,
    `${choice.name}/reasoning`,
    choice,
    out,
  );
  piece(content['reasoning'], `${pointer}/reasoning`, `${choice.name}/reasoning`, choice, out);
  piece(content['refusal'], `${pointer}/refusal`, `${choice.name}/refusal`, choice, out);
  const calls = content['tool_calls'];
  if (calls !== undefined && calls !== null) readToolCalls(calls, `${pointer}/tool_calls`, choice, out);
  const call = content['function_call'];
  if (isObject(call)) readFunction(call, `${pointer}/function_call`, `${choice.name}/function`, choice, out);
  else walkValue(call, `${pointer}/function_call`, choice.place, out);
  const audio = content['audio'];
  if (isObject(audio)) walkMembers(audio, `${pointer}/audio`, AUDIO, choice.place, out);
  else walkValue(audio, `${pointer}/audio`, choice.place, out);
  asDetails(content['reasoning_details'], `${pointer}/reasoning_details`, choice, out);
  walkMembers(content, pointer, CONTENT, choice.place, out);
}

/** A text that goes on with the next frame; a value of another kind (a list of parts) is walked. */
function piece(
  value: Json | undefined,
  pointer: string,
  window: string,
  choice: ChoiceWindows,
  out: FrameTexts,
): void {
  if (typeof value === 'string') add(value, pointer, window, 'answer', 'plain', choice, out);
  else if (value !== null && value !== undefined) walkValue(value, pointer, choice.place, out);
}

function add(
  text: string,
  pointer: string,
  window: string,
  channel: Channel,
  encoding: 'plain' | 'json',
  choice: ChoiceWindows,
  out: FrameTexts,
): void {
  if (text === '') return;
  choice.opened.add(window);
  addText({ window, pointer, text, role: 'assistant', channel, encoding, editable: true }, out);
}

function readToolCalls(calls: Json, pointer: string, choice: ChoiceWindows, out: FrameTexts): void {
  if (!Array.isArray(calls)) return walkValue(calls, pointer, choice.place, out);
  asArray(calls).forEach((call, position) => {
    const at = `${pointer}/${position}`;
    if (!isObject(call)) return walkValue(call, at, choice.place, out);
    const window = `${choice.name}/tool:${asIndex(call['index'], position)}`;
    for (const key of ['function', 'custom'] as const) {
      const called = call[key];
      if (isObject(called)) readFunction(called, `${at}/${key}`, window, choice, out);
      else walkValue(called, `${at}/${key}`, choice.place, out);
    }
    walkMembers(call, at, TOOL_CALL, { ...choice.place, window: `${window}/more` }, out);
  });
}

function readFunction(
  called: JsonObject,
  pointer: string,
  window: string,
  choice: ChoiceWindows,
  out: FrameTexts,
): void {
  const place: TextPlace = { ...choice.place, window: `${window}/more`, channel: 'tool', written: true };
  addName(called['name'], `${pointer}/name`, place, out);
  const given = called['arguments'];
  if (typeof given === 'string') add(given, `${pointer}/arguments`, window, 'tool', 'json', choice, out);
  else walkValue(given, `${pointer}/arguments`, place, out);
  const input = called['input'];
  if (typeof input === 'string')
    add(input, `${pointer}/input`, `${window}/input`, 'tool', 'plain', choice, out);
  else walkValue(input, `${pointer}/input`, place, out);
  walkMembers(called, pointer, FUNCTION, place, out);
}

function asDetails(details: Json | undefined, pointer: string, choice: ChoiceWindows, out: FrameTexts): void {
  if (details === undefined || details === null) return;
  if (!Array.isArray(details)) return walkValue(details, pointer, choice.place, out);
  asArray(details).forEach((detail, position) => {
    const at = `${pointer}/${position}`;
    if (isObject(detail)) walkMembers(detail, at, REASONING_DETAIL, choice.place, out);
    else walkValue(detail, at, choice.place, out);
  });
}

export function readLogprobs(
  logprobs: Json | undefined,
  pointer: string,
  choice: ChoiceWindows,
  out: FrameTexts,
): void {
  if (!isObject(logprobs)) return walkValue(logprobs ?? null, pointer, choice.place, out);
  readTokens(logprobs['content'], `${pointer}/content`, choice.name, choice.opened, out);
  readTokens(logprobs['refusal'], `${pointer}/refusal`, `${choice.name}/refusal`, choice.opened, out);
  walkMembers(logprobs, pointer, LOGPROBS, choice.place, out);
}
