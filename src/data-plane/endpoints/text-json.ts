/** Reads texts of tools that are JSON themselves: a model reads escapes as what they stand for, and so must a scanner. */
import { isArray, isObject, pointerTo, type Json } from '../../base/json.ts';

/** Larger ones are scanned as they stand. */
const MAX_CHARACTERS = 262_144;
const LOOKS_LIKE_JSON = /^\s*[[{"]/;

/** `json` only where the two differ: unescaped when scanned, escaped again when edited. */
export function encodingOf(text: string): 'plain' | 'json' {
  if (!text.includes('\\') || !LOOKS_LIKE_JSON.test(text)) return 'plain';
  return parsed(text) === undefined ? 'plain' : 'json';
}

/** Escapes of letters, digits and what stands between them in an address or a number: nobody writes them but to hide. */
const HIDING = String.raw`u00(?:2[0b-e]|3[0-9a]|4[0-9a-f]|5[0-9af]|6[0-9a-f]|7[0-9a])`;
const HIDDEN = new RegExp(String.raw`\\${HIDING}`, 'i');
const HIDDEN_TWICE = new RegExp(String.raw`\\\\${HIDING}`, 'i');

/** Texts hidden by escapes in JSON that stands as a string in this JSON, each with its pointer into both. */
export function hiddenTexts(json: string, pointer: string): readonly (readonly [string, string])[] {
  if (!HIDDEN_TWICE.test(json)) return [];
  return stringsOf(parsed(json), pointer).flatMap(([below, text]) =>
    HIDDEN.test(text) ? stringsOf(parsed(text), below) : [],
  );
}

function parsed(text: string): Json | undefined {
  if (text.length > MAX_CHARACTERS) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    // No JSON, and therefore read as it stands.
    return undefined;
  }
}

function stringsOf(value: Json | undefined, pointer: string): (readonly [string, string])[] {
  if (typeof value === 'string') return [[pointer, value]];
  if (isArray(value)) return value.flatMap((item, index) => stringsOf(item, pointerTo(pointer, index)));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => [
    [pointer, key] as const,
    ...stringsOf(member, pointerTo(pointer, key)),
  ]);
}
