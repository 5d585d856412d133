/** Reads chat completions, chunk by chunk or whole. */
import { isObject, pointerTo, type Json, type JsonObject } from '../../../base/json.ts';
import type { ChatEvent } from '../../../domain/chat.ts';
import type { Usage } from '../../../domain/usage.ts';
import type { AnswerReader, WireFrame } from '../../../modules/inference/provider.ts';
import { asIndex, asObject, closeReading, openReading, type OpenReading } from '../answer.ts';
import type { StreamState } from '../frames.ts';
import { streamRefusal } from '../provider-refusal.ts';
import {
  eachObject,
  shapeOf,
  walkMembers,
  walkValue,
  type FrameTexts,
  type TextPlace,
} from '../text-walk.ts';
import { choiceWindows, readContent, readLogprobs, type ChoiceWindows } from './chat-frame-texts.ts';
import { createChatDecoder, finishReason } from './chat-decoder.ts';
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

function readFilters(results: Json | undefined, pointer: string, place: TextPlace, out: FrameTexts): void {
  if (!isObject(results)) return walkValue(results, pointer, place, out);
  for (const [category, result] of Object.entries(results)) {
    const at = pointerTo(pointer, category);
    if (isObject(result)) walkMembers(result, at, FILTER_RESULT, place, out);
    else walkValue(result, at, place, out);
  }
}

export interface ChatReaderOptions {
  readonly stream: boolean;
  readonly state: StreamState;
  /** Frames that hold usage alone, which the client did not ask for and does not get. */
  readonly hidden: WeakMap<WireFrame, Usage>;
  /** Whether a stream may end without `[DONE]` once each of its choices has finished. */
  readonly endMarkOptional: boolean;
}

export function createChatReader(options: ChatReaderOptions): AnswerReader {
  const choices = new Map<number, ChoiceWindows>();
  const finished = new Set<number>();
  const decoder = createChatDecoder();
  let count = 0;

  function choiceAt(index: number): ChoiceWindows {
    let choice = choices.get(index);
    if (choice === undefined) choices.set(index, (choice = choiceWindows(index)));
    return choice;
  }

  /** A place whose windows end with the frame. */
  function metadata(): TextPlace {
    return { window: `frame:${count}`, role: 'unknown', channel: 'document', written: false };
  }

  function readPromptFilters(filters: Json | undefined, reading: OpenReading): void {
    eachObject(filters, '/prompt_filter_results', metadata(), reading, (filter, at) => {
      readFilters(filter['content_filter_results'], `${at}/content_filter_results`, metadata(), reading);
      walkMembers(filter, at, PROMPT_FILTER, metadata(), reading);
    });
  }

  function readChoice(choice: JsonObject, position: number, reading: OpenReading): void {
    const index = asIndex(choice['index'], position);
    const windows = choiceAt(index);
    const pointer = `/choices/${position}`;
    for (const key of ['delta', 'message'] as const) {
      const content = choice[key];
      if (isObject(content)) readContent(content, `${pointer}/${key}`, windows, reading);
      else if (content !== undefined) walkValue(content, `${pointer}/${key}`, windows.place, reading);
    }
    const logprobs = choice['logprobs'];
    if (logprobs !== undefined && logprobs !== null) {
      readLogprobs(logprobs, `${pointer}/logprobs`, windows, reading);
    }
    walkMembers(choice, pointer, CHOICE, windows.place, reading);
    const filters = choice['content_filter_results'];
    if (filters !== undefined) readFilters(filters, `${pointer}/content_filter_results`, metadata(), reading);
    const finish = finishReason(choice['finish_reason'], false, false);
    if (finish === undefined) return;
    reading.finish = finish;
    finished.add(index);
    reading.ends.push(...windows.opened);
    windows.opened.clear();
  }

  function readPayload(json: JsonObject, reading: OpenReading): void {
    eachObject(json['choices'], '/choices', metadata(), reading, (choice, _, i) =>
      readChoice(choice, i, reading),
    );
    readPromptFilters(json['prompt_filter_results'], reading);
    walkMembers(json, '', ANSWER, metadata(), reading);
    const usage = json['usage'];
    if (isObject(usage)) walkMembers(usage, '/usage', USAGE, metadata(), reading);
    reading.usage = chatUsage(usage);
    reading.model = textOf(json['model']);
    reading.responseId = textOf(json['id']);
    if (json['error'] !== undefined && json['error'] !== null) reading.error = streamRefusal(json['error']);
  }

  return {
    read(frame) {
      const reading = openReading();
      count++;
      reading.isEnd = !options.stream || frame === options.state.endMark;
      const hidden = options.hidden.get(frame);
      if (hidden !== undefined) reading.usage = hidden;
      else if (frame.json !== undefined) readPayload(asObject(frame.json), reading);
      return closeReading(reading);
    },
    decode: (frame): readonly ChatEvent[] =>
      frame.json === undefined ? decoder.end() : decoder.decode(asObject(frame.json)),
    isComplete() {
      // An object without choices is no completion, whatever else it is.
      if (!options.stream) return choices.size > 0;
      if (options.state.endMark !== null) return true;
      if (options.state.cutOff || !options.endMarkOptional) return false;
      return choices.size > 0 && finished.size >= choices.size;
    },
  };
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
