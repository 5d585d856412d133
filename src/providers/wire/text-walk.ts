/** Finds the texts of one frame: those at places that are known, and by a walk those in fields that nobody knew of. */
import { unreachable } from '../../base/exhaustive.ts';
import { isArray, isObject, pointerTo, type Json, type JsonObject } from '../../base/json.ts';
import type { Channel, Role } from '../../domain/document.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { FrameText } from '../../modules/inference/provider.ts';
import {
  digitsOf,
  isEncoded,
  isIdentifier,
  isMomentAt,
  isPlainNumber,
  type IdentifierPlace,
} from './no-text.ts';

/**
 * What a known member holds. `machine`: an identifier, a constant of the protocol or a number, and no text where it
 * looks like one; `opaque`: encrypted or encoded data that only its maker can read, and looks like it; `text`, `object`, `list`: read by the code that
 * knows it, where it is one (anything else in its place is walked); `handled`: read by that code whatever it is.
 */
export type MemberKind = 'machine' | 'opaque' | 'text' | 'object' | 'list' | 'handled';
export type Shape = ReadonlyMap<string, KnownMember>;
interface KnownMember extends IdentifierPlace {
  readonly kind: MemberKind;
}

export interface TextPlace {
  /** Begins the name of every window below. */
  readonly window: string;
  readonly role: Role;
  readonly channel: Channel;
  /** Arguments that the model wrote: every key and long number is a text as well. Elsewhere only keys that are odd. */
  readonly written: boolean;
  /** Counts of tokens and of time: only numbers that no count comes near are texts. */
  readonly counted?: boolean;
  /** Where given, windows go on with the next frame and are noted here; otherwise they end with this frame. */
  readonly opened?: Set<string>;
  /** Members that hold encrypted data wherever they stand below. */
  readonly opaqueBelow?: ReadonlySet<string>;
}

/** What is found in one frame. */
export interface FrameTexts {
  readonly texts: FrameText[];
  /** Windows that end with this frame. */
  readonly ends: string[];
}

const MAX_DEPTH = 64;
const MAX_TEXTS = 100_000;
/** Numbers from this size on may be an account, a card or a phone number. */
const LONG_NUMBER = 100_000_000;
/** The same where the model wrote it. */
const LONG_WRITTEN_NUMBER = 1_000_000;
const LONG_COUNT = 10_000_000_000_000;
const PLAIN_KEY = /^[A-Za-z_][A-Za-z0-9_.-]{0,31}$/;
const NO_SHAPE: Shape = new Map();

export function shapeOf(kinds: Readonly<Partial<Record<MemberKind, readonly string[]>>>): Shape {
  const shape = new Map<string, KnownMember>();
  for (const kind of ['machine', 'opaque', 'text', 'object', 'list', 'handled'] as const) {
    for (const key of kinds[kind] ?? []) shape.set(key, { kind, last: '' });
  }
  return shape;
}

/** Adds the texts of every member that the shape does not account for. */
export function walkMembers(
  object: JsonObject,
  pointer: string,
  shape: Shape,
  place: TextPlace,
  out: FrameTexts,
  depth = 0,
): void {
  for (const key in object) {
    const value = object[key];
    const known = shape.get(key);
    if (value === undefined || (known !== undefined && isKnown(known, value))) continue;
    const kind = known?.kind;
    if (typeof value === 'number' && isMomentAt(key, value) && !place.written) continue;
    const isOpaque = kind === 'opaque' || place.opaqueBelow?.has(key) === true;
    if (isOpaque && kind === undefined && typeof value === 'string' && isEncoded(value)) continue;
    const member = pointerTo(pointer, key);
    if (kind === undefined && (place.written || !PLAIN_KEY.test(key)))
      addFixed(key, member, '#key', place, out);
    if ((isOpaque || kind === 'machine') && isScalar(value)) addOdd(value, member, isOpaque, place, out);
    else walkValue(value, member, place, out, depth + 1);
  }
}

function isScalar(value: Json): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

/** What is no identifier or no encoded data: a text that the client takes for one, so that it cannot be rewritten. */
function addOdd(
  value: string | number,
  pointer: string,
  goesOn: boolean,
  place: TextPlace,
  out: FrameTexts,
): void {
  const text = typeof value === 'string' ? value : digitsOf(value);
  if (!goesOn || place.opened === undefined) return addFixed(text, pointer, '#odd', place, out);
  const window = `${place.window + pointer}#odd`;
  place.opened.add(window);
  const { role, channel } = place;
  addText({ window, pointer, text, role, channel, encoding: 'plain', editable: false }, out);
}

/** Whether a member holds what its kind says. */
function isKnown(known: KnownMember, value: Json): boolean {
  if (value === null) return true;
  switch (known.kind) {
    case 'machine':
      if (typeof value === 'string') return isIdentifier(value, known);
      return typeof value === 'number' ? isPlainNumber(value) : typeof value !== 'object';
    case 'opaque':
      return typeof value === 'string' && isEncoded(value);
    case 'text':
      return typeof value === 'string';
    case 'object':
      return isObject(value);
    case 'list':
      return isArray(value);
    case 'handled':
      return true;
    default:
      return unreachable(known.kind);
  }
}

/** Adds every text below a value of which nothing is known. @throws Refusal for one nested too deep */
export function walkValue(
  value: Json | undefined,
  pointer: string,
  place: TextPlace,
  out: FrameTexts,
  depth = 0,
): void {
  if (typeof value === 'string') addWalked(value, pointer, place, out);
  else if (typeof value === 'number') {
    if (Math.abs(value) >= longNumber(place)) addFixed(digitsOf(value), pointer, '#number', place, out);
  } else if (depth > MAX_DEPTH) throw badAnswer(`JSON nested deeper than ${MAX_DEPTH} levels`);
  else if (isArray(value)) {
    for (let i = 0; i < value.length; i++) walkValue(value[i], `${pointer}/${i}`, place, out, depth + 1);
  } else if (isObject(value)) walkMembers(value, pointer, NO_SHAPE, place, out, depth);
}

function longNumber({ written, counted }: TextPlace): number {
  if (written) return LONG_WRITTEN_NUMBER;
  return counted === true ? LONG_COUNT : LONG_NUMBER;
}

function addWalked(text: string, pointer: string, place: TextPlace, out: FrameTexts): void {
  if (text === '') return;
  const window = place.window + pointer;
  if (place.opened) place.opened.add(window);
  else out.ends.push(window);
  addText(
    { window, pointer, text, role: place.role, channel: place.channel, encoding: 'plain', editable: true },
    out,
  );
}

function addFixed(text: string, pointer: string, mark: string, place: TextPlace, out: FrameTexts): void {
  const window = place.window + pointer + mark;
  out.ends.push(window);
  addText(
    { window, pointer, text, role: place.role, channel: place.channel, encoding: 'plain', editable: false },
    out,
  );
}

/** A name that the model chose: scanned, but never rewritten in place, since the client looks it up. */
export function addName(name: Json | undefined, pointer: string, place: TextPlace, out: FrameTexts): void {
  if (typeof name === 'string' && name !== '') addFixed(name, pointer, '#name', place, out);
}

export function addText(text: FrameText, out: FrameTexts): void {
  if (out.texts.length >= MAX_TEXTS) throw badAnswer(`more than ${MAX_TEXTS} texts in one event`);
  out.texts.push(text);
}

export function badAnswer(what: string, cause?: unknown): Refusal {
  return new Refusal('provider_bad_answer', `The provider's answer was not usable: ${what}`, { cause });
}
