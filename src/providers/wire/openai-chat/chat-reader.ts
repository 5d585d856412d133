/** Reads chat completions, chunk by chunk or whole. */
import { isObject, pointerTo, type Json, type JsonObject } from '../../../base/json.ts';
import type { Usage } from '../../../domain/usage.ts';
import type { AnswerReader, WireFrame } from '../../../modules/inference/provider.ts';
import { asIndex, asObject } from '../answer.ts';
import { eachObject, readShaped } from '../expected.ts';
import type { StreamState } from '../frames.ts';
import { countsPlace, endWindows } from '../places.ts';
import { streamRefusal } from '../provider-refusal.ts';
import { createReader, noteOrigin, type OpenReading } from '../reading.ts';
import { shapeOf, walkMembers, walkValue, type FrameTexts, type TextPlace } from '../text-walk.ts';
import { choiceWindows, readContent, readLogprobs, type ChoiceWindows } from './chat-frame-texts.ts';
import { finishReason } from './chat-completion.ts';
import { createChatDecoder } from './chat-decoder.ts';
import { chatUsage } from './chat-usage.ts';

const ANSWER = shapeOf({
  machine: ['id', 'object', 'created', 'model', 'system_fingerprint', 'service_tier', 'provider'],
  opaque: ['obfuscation'],
  object: ['usage'],
  list: ['choices', 'prompt_filter_results'],
});
const CHOICE = shapeOf({
  machine: ['index', 'finish_reason', 'native_finish_reason', 'stop_reason'],
  handled: ['delta', 'message', 'logprobs', 'content_filter_results'],
});
const USAGE = shapeOf({ machine: ['service_tier'] });
/** What Azure's own filters say of each category, with every chunk. */
const FILTER_RESULT = shapeOf({ machine: ['filtered', 'severity', 'detected'] });
const PROMPT_FILTER = shapeOf({ machine: ['prompt_index'], handled: ['content_filter_results'] });

export interface ChatReaderOptions {
  readonly stream: boolean;
  readonly state: StreamState;
  /** Frames that hold usage alone, which the client did not ask for and does not get. */
  readonly hidden: WeakMap<WireFrame, Usage>;
  /** Whether a stream may end without `[DONE]` once each of its choices has finished. */
  readonly endMarkOptional: boolean;
}

/** What one answer has told so far. */
interface AnswerState {
  readonly choices: Map<number, ChoiceWindows>;
  readonly finished: Set<number>;
}

export function createChatReader(options: ChatReaderOptions): AnswerReader {
  const state: AnswerState = { choices: new Map(), finished: new Set() };
  const decoder = createChatDecoder();
  return createReader({
    read(frame, reading) {
      reading.isEnd = !options.stream || frame === options.state.endMark;
      const hidden = options.hidden.get(frame);
      if (hidden !== undefined) reading.usage = hidden;
      else if (frame.json !== undefined) readPayload(state, asObject(frame.json), reading);
    },
    decode: (frame) => (frame.json === undefined ? decoder.end() : decoder.decode(asObject(frame.json))),
    isComplete: () => isComplete(state, options),
  });
}

function isComplete({ choices, finished }: AnswerState, options: ChatReaderOptions): boolean {
  // An object without choices is no completion, whatever else it is.
  if (!options.stream) return choices.size > 0;
  if (options.state.endMark !== null) return true;
  if (options.state.cutOff || !options.endMarkOptional) return false;
  return choices.size > 0 && finished.size >= choices.size;
}

function readPayload(state: AnswerState, json: JsonObject, reading: OpenReading): void {
  const { metadata } = reading;
  const { usage, error } = json;
  eachObject(json['choices'], '/choices', metadata, reading, (choice, at, position) =>
    readChoice(state, choice, at, position, reading),
  );
  eachObject(json['prompt_filter_results'], '/prompt_filter_results', metadata, reading, (filter, at) => {
    readFilters(filter['content_filter_results'], `${at}/content_filter_results`, metadata, reading);
    walkMembers(filter, at, PROMPT_FILTER, metadata, reading);
  });
  walkMembers(json, '', ANSWER, metadata, reading);
  if (isObject(usage)) walkMembers(usage, '/usage', USAGE, countsPlace(metadata.window), reading);
  reading.usage = chatUsage(usage);
  noteOrigin(reading, json['model'], json['id']);
  if (error !== undefined && error !== null) reading.error = streamRefusal(error);
}

function readChoice(
  state: AnswerState,
  choice: JsonObject,
  pointer: string,
  position: number,
  reading: OpenReading,
): void {
  const index = asIndex(choice['index'], position);
  const windows = choiceAt(state, index);
  for (const key of ['delta', 'message'] as const) {
    const content = choice[key];
    if (isObject(content)) readContent(content, `${pointer}/${key}`, windows, reading);
    else if (content !== undefined) walkValue(content, `${pointer}/${key}`, windows.place, reading);
  }
  readLogprobs(choice['logprobs'], `${pointer}/logprobs`, windows, reading);
  walkMembers(choice, pointer, CHOICE, windows.place, reading);
  const filters = choice['content_filter_results'];
  readFilters(filters, `${pointer}/content_filter_results`, reading.metadata, reading);
  const finish = finishReason(choice['finish_reason'], false, false);
  if (finish === undefined) return;
  reading.finish = finish;
  state.finished.add(index);
  endWindows(windows.opened, reading);
}

function choiceAt(state: AnswerState, index: number): ChoiceWindows {
  let choice = state.choices.get(index);
  if (choice === undefined) state.choices.set(index, (choice = choiceWindows(index)));
  return choice;
}

function readFilters(results: Json | undefined, pointer: string, place: TextPlace, out: FrameTexts): void {
  if (!isObject(results)) return walkValue(results, pointer, place, out);
  for (const [category, result] of Object.entries(results)) {
    readShaped(result, pointerTo(pointer, category), FILTER_RESULT, place, out);
  }
}
