/**
 * Log probabilities repeat the answer token by token. The tokens are windows of their own, one for what was said and
 * one for each rank of alternatives; the same text as numbers (`bytes`) cannot be scanned or edited and is taken out.
 */
import { isArray, isObject, type Json, type JsonObject } from '../../../base/json.ts';
import { addText, eachObject, shapeOf, walkMembers, type FrameTexts, type TextPlace } from '../text-walk.ts';

const TOKEN = shapeOf({ machine: ['logprob', 'bytes'], text: ['token'], list: ['top_logprobs'] });

/** @param window of the text that the tokens repeat */
export function readTokens(
  list: Json | undefined,
  pointer: string,
  window: string,
  opened: Set<string>,
  out: FrameTexts,
): void {
  const place: TextPlace = {
    window: `${window}/logprobs`,
    role: 'assistant',
    channel: 'answer',
    written: false,
  };
  eachObject(list, pointer, place, out, (token, at) => {
    readToken(token, at, `${window}/logprobs`, opened, out);
    eachObject(token['top_logprobs'], `${at}/top_logprobs`, place, out, (other, where, rank) => {
      readToken(other, where, `${window}/logprobs:${rank}`, opened, out);
    });
  });
}

function readToken(
  token: JsonObject,
  pointer: string,
  window: string,
  opened: Set<string>,
  out: FrameTexts,
): void {
  const text = token['token'];
  if (typeof text === 'string' && text !== '') {
    opened.add(window);
    addText(
      {
        window,
        pointer: `${pointer}/token`,
        text,
        role: 'assistant',
        channel: 'answer',
        encoding: 'plain',
        editable: true,
      },
      out,
    );
  }
  const place: TextPlace = { window, role: 'assistant', channel: 'answer', written: false };
  walkMembers(token, pointer, TOKEN, place, out);
}

/** A list of tokens without their bytes. */
export function withoutTokenBytes(list: Json | undefined): Json {
  if (!isArray(list)) return list ?? null;
  return list.map((token) => {
    if (!isObject(token)) return token;
    const top = token['top_logprobs'];
    return {
      ...token,
      ...('bytes' in token ? { bytes: null } : undefined),
      ...(isArray(top) ? { top_logprobs: withoutTokenBytes(top) } : undefined),
    };
  });
}
