/** Reads every text out of a body: a table says what is known of its places, and what no table knows is scanned. */
import { isObject, type Json, type JsonObject } from '../../base/json.ts';
import type { Channel, Document, Role, Segment } from '../../domain/document.ts';
import { attachedText, isDataUrl } from './attached-text.ts';
import { saysNothing } from './known-words.ts';
import { encodingOf, hiddenTexts } from './text-json.ts';

/**
 * What stands at a place that is known and is no text for a model. It is left out only where it can say nothing: a
 * `word` of dialects' own vocabulary, an `identifier` that a dialect made, `base64` (also as a data URL) whose content is no text, which
 * `base64_text` says of itself. A `url` is a text unless it is a data URL. A set is the whole vocabulary of its place. A
 * `number` steers the model or counts something.
 */
export type Leaf = 'word' | 'identifier' | 'base64' | 'base64_text' | 'url' | 'number' | Set<string>;

/** A place in a body, and what is known of it. Lists are transparent: their elements stand at the list's own place. */
export interface Place {
  /** Inherited from above where it is not said. */
  readonly role?: Role;
  readonly channel?: Channel;
  /** The words of a system or developer turn stand here. */
  readonly isTurn?: true;
  /** Strings here are themselves JSON. */
  readonly encoding?: 'json';
  readonly members?: ReadonlyMap<string, Rule>;
  /** Of the members that are not listed, whose names are texts themselves; unless told, nothing is known of them. */
  readonly rest?: Place;
  /** Where the object itself says what it is: by its type or its role. */
  readonly choose?: (value: JsonObject) => Place;
}

export type Rule = Place | Leaf;

/** Nothing is known: everything is scanned, names included. */
export const UNKNOWN: Place = { role: 'unknown', channel: 'document' };

/** A place with nothing of its own to say. */
export const TEXT: Place = {};

export function place(members: Readonly<Record<string, Rule>>, more: Omit<Place, 'members'> = {}): Place {
  return { ...more, members: new Map(Object.entries(members)) };
}

/** The place that an object's own word for itself chooses; nothing is known of one with another word. */
export function chosenBy(value: Json | undefined, places: ReadonlyMap<string, Place>): Place {
  return (typeof value === 'string' ? places.get(value) : undefined) ?? UNKNOWN;
}

/** Whose words stand at a place, and how they reach the model; inherited from place to place. */
type Origin = Pick<Segment, 'role' | 'channel' | 'isTurn'>;

const NOBODY: Origin = { role: 'unknown', channel: 'document' };

export function documentOf(body: JsonObject, root: Place): Document {
  const segments: Segment[] = [];
  walk(body, root, '', NOBODY, segments);
  return { direction: 'request', segments };
}

function originAt(at: Place, above: Origin): Origin {
  const role = at.role ?? above.role;
  const channel = at.channel ?? above.channel;
  const isTurn = at.isTurn ?? (channel === 'instruction' ? above.isTurn : undefined);
  if (role === above.role && channel === above.channel && isTurn === above.isTurn) return above;
  return isTurn ? { role, channel, isTurn } : { role, channel };
}

function walk(value: Json, at: Place, pointer: string, above: Origin, segments: Segment[]): void {
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    for (let i = 0; i < items.length; i++) walk(items[i] ?? null, at, `${pointer}/${i}`, above, segments);
    return;
  }
  const origin = originAt(at, above);
  if (typeof value === 'string') {
    if (value !== '') readText(value, at, pointer, origin, segments);
  } else if (typeof value === 'number') {
    if (hasManyDigits(value) && !BOUNDS.has(value)) segments.push(fixed(pointer, origin, digitsOf(value)));
  } else if (isObject(value)) {
    walkMembers(value, at.choose ? at.choose(value) : at, pointer, origin, segments);
  }
}

function readText(text: string, at: Place, pointer: string, origin: Origin, segments: Segment[]): void {
  const { role, channel, isTurn } = origin;
  const encoding = at.encoding ?? (channel === 'tool' ? encodingOf(text) : 'plain');
  const segment: Segment = { pointer, role, channel, text, encoding, editable: true };
  segments.push(isTurn ? { ...segment, isTurn } : segment);
  if (encoding === 'json')
    for (const [below, hidden] of hiddenTexts(text, pointer)) segments.push(fixed(below, origin, hidden));
}

function walkMembers(
  value: JsonObject,
  at: Place,
  pointer: string,
  above: Origin,
  segments: Segment[],
): void {
  const origin = originAt(at, above);
  // A place without a table (a tool's input, say) is the same all the way down; one with a table is left by an unknown name.
  const rest = at.rest ?? (at.members ? UNKNOWN : at);
  for (const key of Object.keys(value)) {
    const member = value[key];
    if (member === undefined) continue;
    const below = `${pointer}/${token(key)}`;
    const rule = at.members?.get(key);
    if (rule === undefined) {
      // A name stands in its object; at its own pointer stands the value, which may be one that can be edited.
      if (key !== '') segments.push(fixed(pointer, originAt(rest, origin), key));
      walk(member, rest, below, origin, segments);
    } else if (typeof rule === 'string' || rule instanceof Set)
      readLeaf(member, rule, below, origin, segments);
    else walk(member, rule, below, origin, segments);
  }
}

/** No parameter is larger, and no person's number is smaller; computed fractions may have any number of digits. */
const MOST = 1e8;

function readLeaf(value: Json, leaf: Leaf, pointer: string, origin: Origin, segments: Segment[]): void {
  if (leaf === 'number' && typeof value === 'number' && Math.abs(value) < MOST) return;
  if (typeof value !== 'string') return readOdd(value, leaf, pointer, origin, segments);
  switch (leaf) {
    case 'url':
      return readUrl(value, pointer, origin, segments);
    case 'base64':
    case 'base64_text':
      return readAttached(value, leaf, pointer, origin, segments);
    case 'number':
      return walk(value, UNKNOWN, pointer, origin, segments);
    case 'word':
    case 'identifier':
      // Editing would make another word or name of it.
      if (!saysNothing(value)) segments.push(fixed(pointer, NOBODY, value));
      return;
    default:
      if (!leaf.has(value)) walk(value, UNKNOWN, pointer, origin, segments);
  }
}

/** Lists of words and identifiers are as good as one; anything else in such a place is nothing that is known. */
function readOdd(value: Json, leaf: Leaf, pointer: string, origin: Origin, segments: Segment[]): void {
  if (!Array.isArray(value)) return walk(value, UNKNOWN, pointer, origin, segments);
  const items = value as readonly Json[];
  for (let i = 0; i < items.length; i++)
    readLeaf(items[i] ?? null, leaf, `${pointer}/${i}`, origin, segments);
}

/** A document that a person attached reaches the model as a document, not as the person's words. */
const LINKED: Place = { channel: 'document' };

function readUrl(value: string, pointer: string, origin: Origin, segments: Segment[]): void {
  if (isDataUrl(value)) return readAttached(value, 'base64', pointer, origin, segments);
  walk(value, LINKED, pointer, origin, segments);
}

function readAttached(
  value: string,
  leaf: 'base64' | 'base64_text',
  pointer: string,
  origin: Origin,
  segments: Segment[],
): void {
  const { raw, decoded } = attachedText(value, leaf === 'base64_text');
  // Words where base64 was expected: they can be edited like any other.
  if (raw[0] === value && decoded.length === 0) return walk(value, UNKNOWN, pointer, origin, segments);
  const attached = originAt(LINKED, origin);
  for (const text of raw) segments.push(fixed(pointer, attached, text));
  for (const text of decoded) segments.push(fixed(pointer, attached, text));
}

function fixed(pointer: string, { role, channel }: Origin, text: string): Segment {
  return { pointer, role, channel, text, encoding: 'plain', editable: false };
}

/** Where schemas' integers and floats end, in all languages: no person's number, and in every generated schema. */
const BOUNDS: ReadonlySet<number> = new Set(
  [
    2 ** 31 - 1,
    2 ** 31,
    2 ** 32 - 1,
    2 ** 53 - 1,
    2 ** 53,
    2 ** 63,
    2 ** 64,
    Number.MAX_VALUE,
    3.4028234663852886e38,
  ].flatMap((bound) => [bound, -bound]),
);

/** Nine digits are the shortest that a scanner for numbers knows: a US SSN. */
function hasManyDigits(value: number): boolean {
  return (
    (Math.abs(value) >= 1e8 || !Number.isInteger(value)) && digitsOf(value).replace(/\D/g, '').length >= 9
  );
}

/** JavaScript writes large ones with an exponent. */
function digitsOf(value: number): string {
  return Math.abs(value) >= 1e21 && Math.abs(value) < 1e40 ? String(BigInt(value)) : String(value);
}

/** One reference token of a JSON pointer (RFC 6901 §3); most keys need no escape. */
function token(key: string): string {
  return key.includes('~') || key.includes('/') ? key.replace(/~/g, '~0').replace(/\//g, '~1') : key;
}
