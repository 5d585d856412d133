/** Reads Gemini's answers, chunk by chunk or whole. */
import { isObject, pointerTo, type Json, type JsonObject } from '../../../base/json.ts';
import type { AnswerReader } from '../../../modules/inference/provider.ts';
import {
  asArray,
  asIndex,
  asObject,
  asText,
  closeReading,
  openReading,
  type OpenReading,
} from '../answer.ts';
import { streamRefusal } from '../provider-refusal.ts';
import {
  addName,
  addText,
  eachObject,
  shapeOf,
  walkMembers,
  walkValue,
  type TextPlace,
} from '../text-walk.ts';
import type { StreamState } from '../frames.ts';
import { createGoogleDecoder } from './google-decoder.ts';
import { googleFinish, googleUsage } from './google-usage.ts';

const ANSWER = shapeOf({
  machine: ['modelVersion', 'responseId', 'createTime'],
  list: ['candidates'],
  handled: ['usageMetadata', 'promptFeedback'],
});
const CANDIDATE = shapeOf({
  machine: ['index', 'finishReason', 'tokenCount', 'avgLogprobs'],
  handled: ['content', 'safetyRatings', 'logprobsResult'],
});
const CONTENT = shapeOf({ machine: ['role'], handled: ['parts'] });
const PART = shapeOf({
  machine: ['thought'],
  opaque: ['thoughtSignature'],
  handled: ['text', 'functionCall', 'inlineData'],
});
const CALL = shapeOf({
  machine: ['id', 'willContinue'],
  text: ['name'],
  list: ['partialArgs'],
  handled: ['args'],
});
const MEDIA = shapeOf({ machine: ['mimeType'], opaque: ['data'] });
const TEXT_MEDIA = shapeOf({ machine: ['mimeType'] });
const RATING = shapeOf({ machine: ['category', 'probability', 'severity', 'blocked'] });
const FEEDBACK = shapeOf({ machine: ['blockReason'], handled: ['safetyRatings'] });
const USAGE = shapeOf({ machine: ['trafficType'] });
const MODALITY = shapeOf({ machine: ['modality', 'tokenCount'] });
const LOGPROBS = shapeOf({
  machine: ['logProbabilitySum'],
  list: ['topCandidates'],
  handled: ['chosenCandidates'],
});
const TOP = shapeOf({ handled: ['candidates'] });
const TOKEN = shapeOf({ machine: ['logProbability'], text: ['token'] });

interface CandidateState {
  readonly name: string;
  readonly opened: Set<string>;
  finished: boolean;
  called: boolean;
}

export function createGoogleReader(stream: boolean, state: StreamState): AnswerReader {
  const candidates = new Map<number, CandidateState>();
  const decoder = createGoogleDecoder();
  let count = 0;
  let blocked = false;

  function candidateAt(index: number): CandidateState {
    let candidate = candidates.get(index);
    if (candidate === undefined) {
      candidates.set(
        index,
        (candidate = { name: `choice:${index}`, opened: new Set(), finished: false, called: false }),
      );
    }
    return candidate;
  }

  /** A place whose windows end with the frame. */
  function place(
    candidate: CandidateState | undefined,
    channel: TextPlace['channel'],
    written: boolean,
  ): TextPlace {
    const window = candidate === undefined ? `frame:${count}` : `frame:${count}/${candidate.name}`;
    return { window, role: candidate === undefined ? 'unknown' : 'assistant', channel, written };
  }

  function readPart(
    part: JsonObject,
    pointer: string,
    candidate: CandidateState,
    reading: OpenReading,
  ): void {
    const { text } = part;
    if (typeof text === 'string' && text !== '') {
      const window = part['thought'] === true ? `${candidate.name}/thought` : candidate.name;
      candidate.opened.add(window);
      addText(
        {
          window,
          pointer: `${pointer}/text`,
          text,
          role: 'assistant',
          channel: 'answer',
          encoding: 'plain',
          editable: true,
        },
        reading,
      );
    } else walkValue(text, `${pointer}/text`, place(candidate, 'answer', false), reading);
    readCall(part['functionCall'], `${pointer}/functionCall`, candidate, reading);
    const media = part['inlineData'];
    if (isObject(media)) {
      // Text in base64 is walked as it stands: better a false alarm than a way around the scanners.
      const isText = /^text\/|json|xml/i.test(asText(media['mimeType']));
      const shape = isText ? TEXT_MEDIA : MEDIA;
      walkMembers(media, `${pointer}/inlineData`, shape, place(candidate, 'answer', false), reading);
    } else walkValue(media, `${pointer}/inlineData`, place(candidate, 'answer', false), reading);
    walkMembers(part, pointer, PART, place(candidate, 'tool', false), reading);
  }

  function readCall(
    call: Json | undefined,
    pointer: string,
    candidate: CandidateState,
    reading: OpenReading,
  ): void {
    const tool = place(candidate, 'tool', true);
    if (!isObject(call)) return walkValue(call, pointer, tool, reading);
    candidate.called = true;
    addName(call['name'], `${pointer}/name`, tool, reading);
    walkValue(call['args'], `${pointer}/args`, tool, reading);
    const partial: TextPlace = { ...tool, window: `${candidate.name}/partial`, opened: candidate.opened };
    asArray(call['partialArgs']).forEach((item, i) => {
      const at = `${pointer}/partialArgs/${i}`;
      const path = asObject(item)['jsonPath'];
      // Pieces of one argument follow one another under its path.
      walkValue(item, at, { ...partial, window: `${partial.window}:${asText(path)}` }, reading);
    });
    walkMembers(call, pointer, CALL, tool, reading);
  }

  function readCandidate(json: JsonObject, position: number, reading: OpenReading): void {
    const candidate = candidateAt(asIndex(json['index'], position));
    const pointer = `/candidates/${position}`;
    const { content } = json;
    if (isObject(content)) {
      const at = `${pointer}/content`;
      asArray(content['parts']).forEach((part, i) => {
        if (isObject(part)) readPart(part, `${at}/parts/${i}`, candidate, reading);
        else walkValue(part, `${at}/parts/${i}`, place(candidate, 'answer', false), reading);
      });
      if (!Array.isArray(content['parts']))
        walkValue(content['parts'], `${at}/parts`, place(candidate, 'answer', false), reading);
      walkMembers(content, at, CONTENT, place(candidate, 'answer', false), reading);
    } else walkValue(content, `${pointer}/content`, place(candidate, 'answer', false), reading);
    readTokens(json['logprobsResult'], `${pointer}/logprobsResult`, candidate, reading);
    readRatings(json['safetyRatings'], `${pointer}/safetyRatings`, reading);
    // Citations and grounding: found, not said.
    walkMembers(json, pointer, CANDIDATE, place(candidate, 'document', false), reading);
    const finish = googleFinish(json['finishReason'], candidate.called);
    if (finish === undefined) return;
    reading.finish = finish;
    candidate.finished = true;
    reading.ends.push(...candidate.opened);
    candidate.opened.clear();
  }

  function readTokens(
    result: Json | undefined,
    pointer: string,
    candidate: CandidateState,
    reading: OpenReading,
  ): void {
    const metadata = place(candidate, 'answer', false);
    if (!isObject(result)) return walkValue(result, pointer, metadata, reading);
    readTokenList(
      result['chosenCandidates'],
      `${pointer}/chosenCandidates`,
      () => 'logprobs',
      candidate,
      reading,
    );
    asArray(result['topCandidates']).forEach((top, i) => {
      const at = `${pointer}/topCandidates/${i}`;
      if (!isObject(top)) return walkValue(top, at, metadata, reading);
      readTokenList(top['candidates'], `${at}/candidates`, (rank) => `logprobs:${rank}`, candidate, reading);
      walkMembers(top, at, TOP, metadata, reading);
    });
    walkMembers(result, pointer, LOGPROBS, metadata, reading);
  }

  function readTokenList(
    list: Json | undefined,
    pointer: string,
    nameOf: (rank: number) => string,
    candidate: CandidateState,
    reading: OpenReading,
  ): void {
    if (!Array.isArray(list)) return walkValue(list, pointer, place(candidate, 'answer', false), reading);
    asArray(list).forEach((token, i) => readToken(token, `${pointer}/${i}`, nameOf(i), candidate, reading));
  }

  function readToken(
    json: Json,
    pointer: string,
    name: string,
    candidate: CandidateState,
    reading: OpenReading,
  ): void {
    if (!isObject(json)) return walkValue(json, pointer, place(candidate, 'answer', false), reading);
    const window = `${candidate.name}/${name}`;
    const { token } = json;
    if (typeof token === 'string' && token !== '') {
      candidate.opened.add(window);
      addText(
        {
          window,
          pointer: `${pointer}/token`,
          text: token,
          role: 'assistant',
          channel: 'answer',
          encoding: 'plain',
          editable: true,
        },
        reading,
      );
    }
    walkMembers(json, pointer, TOKEN, place(candidate, 'answer', false), reading);
  }

  function readRatings(ratings: Json | undefined, pointer: string, reading: OpenReading): void {
    if (!Array.isArray(ratings))
      return walkValue(ratings, pointer, place(undefined, 'document', false), reading);
    asArray(ratings).forEach((rating, i) => {
      if (isObject(rating))
        walkMembers(rating, `${pointer}/${i}`, RATING, place(undefined, 'document', false), reading);
      else walkValue(rating, `${pointer}/${i}`, place(undefined, 'document', false), reading);
    });
  }

  function readUsage(usage: Json | undefined, reading: OpenReading): void {
    const metadata = place(undefined, 'document', false);
    if (!isObject(usage)) return walkValue(usage, '/usageMetadata', metadata, reading);
    const rest: Record<string, Json | undefined> = {};
    for (const [key, value] of Object.entries(usage)) {
      const at = pointerTo('/usageMetadata', key);
      const visit = (item: JsonObject, where: string): void =>
        walkMembers(item, where, MODALITY, metadata, reading);
      if (Array.isArray(value)) eachObject(value, at, metadata, reading, visit);
      else rest[key] = value;
    }
    walkMembers(rest, '/usageMetadata', USAGE, metadata, reading);
    reading.usage = googleUsage(usage);
  }

  function readFeedback(feedback: Json | undefined, reading: OpenReading): void {
    const metadata = place(undefined, 'document', false);
    if (!isObject(feedback)) return walkValue(feedback, '/promptFeedback', metadata, reading);
    readRatings(feedback['safetyRatings'], '/promptFeedback/safetyRatings', reading);
    walkMembers(feedback, '/promptFeedback', FEEDBACK, metadata, reading);
    if (feedback['blockReason'] === undefined) return;
    blocked = true;
    reading.finish = 'content_filter';
  }

  function readAnswer(json: JsonObject, reading: OpenReading): void {
    asArray(json['candidates']).forEach((candidate, i) => {
      if (isObject(candidate)) readCandidate(candidate, i, reading);
      else walkValue(candidate, `/candidates/${i}`, place(undefined, 'document', false), reading);
    });
    readUsage(json['usageMetadata'], reading);
    readFeedback(json['promptFeedback'], reading);
    walkMembers(json, '', ANSWER, place(undefined, 'document', false), reading);
    if (typeof json['modelVersion'] === 'string') reading.model = json['modelVersion'];
    if (typeof json['responseId'] === 'string') reading.responseId = json['responseId'];
    if (json['error'] === undefined) return;
    reading.error = streamRefusal(json['error']);
  }

  return {
    read(frame) {
      const reading = openReading();
      count++;
      reading.isEnd = !stream;
      if (frame.json !== undefined) readAnswer(asObject(frame.json), reading);
      return closeReading(reading);
    },
    decode: (frame) => (frame.json === undefined ? [] : decoder.decode(asObject(frame.json))),
    isComplete() {
      if (!stream) return candidates.size > 0 || blocked;
      if (state.cutOff) return false;
      if (candidates.size === 0) return blocked;
      return [...candidates.values()].every(({ finished }) => finished);
    },
  };
}
