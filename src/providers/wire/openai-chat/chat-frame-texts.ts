/** Where the texts of a chat completion stand, in a chunk's `delta` and in a buffered answer's `message` alike. */
import { isObject, type Json, type JsonObject } from '../../../base/json.ts';
import { asIndex } from '../answer.ts';
import { readList, readShaped } from '../expected.ts';
import { addNumber, addPiece, lastingPlace, type LastingPlace } from '../places.ts';
import { addName, shapeOf, walkMembers, walkValue, type FrameTexts, type TextPlace } from '../text-walk.ts';
import { readTokens } from './logprobs.ts';

/** One choice of an answer, from its first piece to its last. */
export interface ChoiceWindows {
  /** `choice:0` */
  readonly name: string;
  /** Windows that have had text and will perhaps have more. */
  readonly opened: Set<string>;
  /** What it says, and whatever stands in it that is not known. */
  readonly place: LastingPlace;
  readonly reasoning: LastingPlace;
  readonly refusal: LastingPlace;
}

export function choiceWindows(index: number): ChoiceWindows {
  const name = `choice:${index}`;
  const opened = new Set<string>();
  return {
    name,
    opened,
    place: lastingPlace(name, 'answer', opened),
    reasoning: lastingPlace(`${name}/reasoning`, 'answer', opened),
    refusal: lastingPlace(`${name}/refusal`, 'answer', opened),
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
  const { place } = choice;
  readSaid(content['content'], `${pointer}/content`, place, choice, out);
  readSaid(content['reasoning_content'], `${pointer}/reasoning_content`, choice.reasoning, choice, out);
  readSaid(content['reasoning'], `${pointer}/reasoning`, choice.reasoning, choice, out);
  readSaid(content['refusal'], `${pointer}/refusal`, choice.refusal, choice, out);
  readToolCalls(content['tool_calls'], `${pointer}/tool_calls`, choice, out);
  readFunction(content['function_call'], `${pointer}/function_call`, `${choice.name}/function`, choice, out);
  readShaped(content['audio'], `${pointer}/audio`, AUDIO, place, out);
  readDetails(content['reasoning_details'], `${pointer}/reasoning_details`, place, out);
  walkMembers(content, pointer, CONTENT, place, out);
}

/** A value of another kind than text (a list of parts) is walked as something the choice says. */
function readSaid(
  value: Json | undefined,
  pointer: string,
  place: LastingPlace,
  choice: ChoiceWindows,
  out: FrameTexts,
): void {
  if (typeof value === 'string') addPiece(value, pointer, place, out);
  else if (typeof value === 'number') addNumber(value, pointer, place, out);
  else if (value !== undefined) walkValue(value, pointer, choice.place, out);
}

function readToolCalls(
  calls: Json | undefined,
  pointer: string,
  choice: ChoiceWindows,
  out: FrameTexts,
): void {
  if (calls === undefined || calls === null) return;
  readList(calls, pointer, choice.place, out, (call, at, position) => {
    const window = `${choice.name}/tool:${asIndex(call['index'], position)}`;
    readFunction(call['function'], `${at}/function`, window, choice, out);
    readFunction(call['custom'], `${at}/custom`, window, choice, out);
    walkMembers(call, at, TOOL_CALL, { ...choice.place, window: `${window}/more` }, out);
  });
}

function readFunction(
  called: Json | undefined,
  pointer: string,
  window: string,
  choice: ChoiceWindows,
  out: FrameTexts,
): void {
  if (!isObject(called)) return walkValue(called, pointer, choice.place, out);
  const { opened } = choice;
  const more = lastingPlace(`${window}/more`, 'tool', opened);
  addName(called['name'], `${pointer}/name`, more, out);
  const { arguments: given, input } = called;
  if (typeof given === 'string')
    addPiece(given, `${pointer}/arguments`, lastingPlace(window, 'tool', opened, 'json'), out);
  else walkValue(given, `${pointer}/arguments`, more, out);
  if (typeof input === 'string')
    addPiece(input, `${pointer}/input`, lastingPlace(`${window}/input`, 'tool', opened), out);
  else walkValue(input, `${pointer}/input`, more, out);
  walkMembers(called, pointer, FUNCTION, more, out);
}

function readDetails(details: Json | undefined, pointer: string, place: TextPlace, out: FrameTexts): void {
  if (details === undefined || details === null) return;
  readList(details, pointer, place, out, (detail, at) =>
    walkMembers(detail, at, REASONING_DETAIL, place, out),
  );
}

export function readLogprobs(
  logprobs: Json | undefined,
  pointer: string,
  choice: ChoiceWindows,
  out: FrameTexts,
): void {
  if (logprobs === undefined || logprobs === null) return;
  if (!isObject(logprobs)) return walkValue(logprobs, pointer, choice.place, out);
  readTokens(logprobs['content'], `${pointer}/content`, choice.name, choice.opened, out);
  readTokens(logprobs['refusal'], `${pointer}/refusal`, `${choice.name}/refusal`, choice.opened, out);
  walkMembers(logprobs, pointer, LOGPROBS, choice.place, out);
}
