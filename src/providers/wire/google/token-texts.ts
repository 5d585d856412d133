/** Log probabilities of Gemini: they repeat the answer token by token, in windows of their own. */
import { isObject, type Json, type JsonObject } from '../../../base/json.ts';
import { eachObject, readList } from '../expected.ts';
import { addPiece, lastingPlace } from '../places.ts';
import type { OpenReading } from '../reading.ts';
import { shapeOf, walkMembers, walkValue } from '../text-walk.ts';
import { placeOf, type Candidate } from './candidate-texts.ts';

const RESULT = shapeOf({
  machine: ['logProbabilitySum'],
  list: ['topCandidates'],
  handled: ['chosenCandidates'],
});
const TOP = shapeOf({ handled: ['candidates'] });
const TOKEN = shapeOf({ machine: ['logProbability'], text: ['token'] });

/** One window for what was said, and one for each rank of alternatives. */
export function readTokens(
  result: Json | undefined,
  pointer: string,
  candidate: Candidate,
  reading: OpenReading,
): void {
  if (result === undefined) return;
  const place = placeOf(candidate, 'answer', reading);
  if (!isObject(result)) return walkValue(result, pointer, place, reading);
  readList(result['chosenCandidates'], `${pointer}/chosenCandidates`, place, reading, (token, at) =>
    readToken(token, at, 'logprobs', candidate, reading),
  );
  eachObject(result['topCandidates'], `${pointer}/topCandidates`, place, reading, (top, at) => {
    readList(top['candidates'], `${at}/candidates`, place, reading, (token, where, rank) =>
      readToken(token, where, `logprobs:${rank}`, candidate, reading),
    );
    walkMembers(top, at, TOP, place, reading);
  });
  walkMembers(result, pointer, RESULT, place, reading);
}

function readToken(
  json: JsonObject,
  pointer: string,
  name: string,
  candidate: Candidate,
  reading: OpenReading,
): void {
  const { token } = json;
  if (typeof token === 'string') {
    const place = lastingPlace(`${candidate.name}/${name}`, 'answer', candidate.opened);
    addPiece(token, `${pointer}/token`, place, reading);
  }
  walkMembers(json, pointer, TOKEN, placeOf(candidate, 'answer', reading), reading);
}
