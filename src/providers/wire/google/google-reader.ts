/** Reads Gemini's answers, chunk by chunk or whole. */
import { isArray, isObject, pointerTo, type Json, type JsonObject } from '../../../base/json.ts';
import type { AnswerReader } from '../../../modules/inference/provider.ts';
import { asIndex } from '../answer.ts';
import { eachObject, readList } from '../expected.ts';
import type { StreamState } from '../frames.ts';
import { countsPlace, endWindows } from '../places.ts';
import { streamRefusal } from '../provider-refusal.ts';
import { createJsonReader, noteOrigin, type OpenReading } from '../reading.ts';
import { shapeOf, walkMembers, walkValue } from '../text-walk.ts';
import { newCandidate, placeOf, readContent, type Candidate } from './candidate-texts.ts';
import { createGoogleDecoder } from './google-decoder.ts';
import { googleFinish, googleUsage } from './google-usage.ts';
import { readTokens } from './token-texts.ts';

const ANSWER = shapeOf({
  machine: ['modelVersion', 'responseId', 'createTime'],
  list: ['candidates'],
  handled: ['usageMetadata', 'promptFeedback'],
});
const CANDIDATE = shapeOf({
  machine: ['index', 'finishReason', 'tokenCount', 'avgLogprobs'],
  handled: ['content', 'safetyRatings', 'logprobsResult'],
});
const RATING = shapeOf({ machine: ['category', 'probability', 'severity', 'blocked'] });
const FEEDBACK = shapeOf({ machine: ['blockReason'], handled: ['safetyRatings'] });
const USAGE = shapeOf({ machine: ['trafficType'] });
const MODALITY = shapeOf({ machine: ['modality', 'tokenCount'] });

/** What one answer has told so far. */
interface AnswerState {
  readonly candidates: Map<number, Candidate>;
  /** The prompt was, so that there will be no candidates. */
  blocked: boolean;
}

export function createGoogleReader(stream: boolean, body: StreamState): AnswerReader {
  const state: AnswerState = { candidates: new Map(), blocked: false };
  const decodeJson = createGoogleDecoder();
  return createJsonReader({
    readJson: (json, reading) => readAnswer(state, json, stream, reading),
    decodeJson,
    isComplete: () => (stream ? !body.cutOff && isFinished(state) : hasAnswer(state)),
  });
}

function hasAnswer(state: AnswerState): boolean {
  return state.candidates.size > 0 || state.blocked;
}

function isFinished(state: AnswerState): boolean {
  return hasAnswer(state) && [...state.candidates.values()].every(({ finished }) => finished);
}

function readAnswer(state: AnswerState, json: JsonObject, stream: boolean, reading: OpenReading): void {
  const { metadata } = reading;
  eachObject(json['candidates'], '/candidates', metadata, reading, (candidate, at, position) =>
    readCandidate(candidateAt(state, asIndex(candidate['index'], position)), candidate, at, reading),
  );
  readUsage(json['usageMetadata'], '/usageMetadata', reading);
  readFeedback(state, json['promptFeedback'], '/promptFeedback', reading);
  walkMembers(json, '', ANSWER, metadata, reading);
  noteOrigin(reading, json['modelVersion'], json['responseId']);
  reading.isEnd = !stream;
  if (json['error'] !== undefined) reading.error = streamRefusal(json['error']);
}

function candidateAt(state: AnswerState, index: number): Candidate {
  let candidate = state.candidates.get(index);
  if (candidate === undefined) state.candidates.set(index, (candidate = newCandidate(index)));
  return candidate;
}

function readCandidate(candidate: Candidate, json: JsonObject, pointer: string, reading: OpenReading): void {
  readContent(json['content'], `${pointer}/content`, candidate, reading);
  readTokens(json['logprobsResult'], `${pointer}/logprobsResult`, candidate, reading);
  readRatings(json['safetyRatings'], `${pointer}/safetyRatings`, reading);
  // Citations and grounding: found, not said.
  walkMembers(json, pointer, CANDIDATE, placeOf(candidate, 'document', reading), reading);
  const finish = googleFinish(json['finishReason'], candidate.called);
  if (finish === undefined) return;
  reading.finish = finish;
  candidate.finished = true;
  endWindows(candidate.opened, reading);
}

function readRatings(ratings: Json | undefined, pointer: string, reading: OpenReading): void {
  const { metadata } = reading;
  readList(ratings, pointer, metadata, reading, (rating, at) =>
    walkMembers(rating, at, RATING, metadata, reading),
  );
}

/** Counts, and lists of the counts of each modality. */
function readUsage(usage: Json | undefined, pointer: string, reading: OpenReading): void {
  const counts = countsPlace(reading.frame);
  if (!isObject(usage)) return walkValue(usage, pointer, counts, reading);
  const rest: Record<string, Json | undefined> = {};
  for (const [key, value] of Object.entries(usage)) {
    if (!isArray(value)) rest[key] = value;
    else {
      eachObject(value, pointerTo(pointer, key), counts, reading, (item, at) =>
        walkMembers(item, at, MODALITY, counts, reading),
      );
    }
  }
  walkMembers(rest, pointer, USAGE, counts, reading);
  reading.usage = googleUsage(usage);
}

function readFeedback(
  state: AnswerState,
  feedback: Json | undefined,
  pointer: string,
  reading: OpenReading,
): void {
  const { metadata } = reading;
  if (!isObject(feedback)) return walkValue(feedback, pointer, metadata, reading);
  readRatings(feedback['safetyRatings'], `${pointer}/safetyRatings`, reading);
  walkMembers(feedback, pointer, FEEDBACK, metadata, reading);
  if (feedback['blockReason'] === undefined) return;
  state.blocked = true;
  reading.finish = 'content_filter';
}
