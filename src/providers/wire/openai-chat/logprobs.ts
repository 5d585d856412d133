/**
 * Log probabilities repeat the answer token by token. The tokens are windows of their own, one for what was said and
 * one for each rank of alternatives; the same text as numbers (`bytes`) cannot be scanned or edited and is taken out.
 */
import { isArray, isObject, type Json, type JsonObject } from '../../../base/json.ts';
import { eachObject } from '../expected.ts';
import { addPiece, assistantPlace, lastingPlace, type LastingPlace } from '../places.ts';
import { shapeOf, walkMembers, type FrameTexts } from '../text-walk.ts';

const TOKEN = shapeOf({ machine: ['logprob', 'bytes'], text: ['token'], list: ['top_logprobs'] });

/** @param window of the text that the tokens repeat */
export function readTokens(
  list: Json | undefined,
  pointer: string,
  window: string,
  opened: Set<string>,
  out: FrameTexts,
): void {
  if (list === undefined || list === null) return;
  const said = lastingPlace(`${window}/logprobs`, 'answer', opened);
  const odd = assistantPlace(said.window, 'answer');
  eachObject(list, pointer, odd, out, (token, at) => {
    readToken(token, at, said, out);
    eachObject(token['top_logprobs'], `${at}/top_logprobs`, odd, out, (other, where, rank) =>
      readToken(other, where, lastingPlace(`${said.window}:${rank}`, 'answer', opened), out),
    );
  });
}

function readToken(json: JsonObject, pointer: string, place: LastingPlace, out: FrameTexts): void {
  const { token } = json;
  if (typeof token === 'string') addPiece(token, `${pointer}/token`, place, out);
  walkMembers(json, pointer, TOKEN, assistantPlace(place.window, 'answer'), out);
}

/** Deeper than this no reader follows: it refuses the frame. */
const MAX_DEPTH = 64;

/** Log probabilities without bytes, wherever they stand in them. */
export function withoutTokenBytes(json: Json | undefined, depth = 0): Json {
  if (json === undefined) return null;
  if (depth > MAX_DEPTH) return json;
  if (isArray(json)) return json.map((item) => withoutTokenBytes(item, depth + 1));
  if (!isObject(json)) return json;
  const copy: Record<string, Json | undefined> = { ...json };
  for (const key in copy) {
    const value = copy[key];
    if (key === 'bytes') copy[key] = null;
    else if (typeof value === 'object' && value !== null) copy[key] = withoutTokenBytes(value, depth + 1);
  }
  return copy;
}
