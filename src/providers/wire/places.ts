/** The kinds of places in which an answer's texts stand: metadata, the model's words, and those that go on. */
import type { Json } from '../../base/json.ts';
import type { Channel } from '../../domain/document.ts';
import { digitsOf } from './no-text.ts';
import { addText, walkValue, type FrameTexts, type TextPlace } from './text-walk.ts';

/** A place whose one window goes on with the next frame, and is noted where all that are open together are. */
export interface LastingPlace extends TextPlace {
  readonly opened: Set<string>;
  readonly encoding: 'plain' | 'json';
}

/** What the provider says about the answer. */
export function metadataPlace(window: string): TextPlace {
  return { window, role: 'unknown', channel: 'document', written: false };
}

/** What the request told the model to be and to do, as the provider says it again. */
export function instructionPlace(window: string): TextPlace {
  return { window, role: 'system', channel: 'instruction', written: false };
}

/** What the provider counted. */
export function countsPlace(window: string): TextPlace {
  return { window, role: 'unknown', channel: 'document', written: false, counted: true };
}

/** What the model says, or what it found; for a tool it writes keys and numbers as well. */
export function assistantPlace(window: string, channel: Channel): TextPlace {
  return { window, role: 'assistant', channel, written: channel === 'tool' };
}

export function lastingPlace(
  window: string,
  channel: Channel,
  opened: Set<string>,
  encoding: 'plain' | 'json' = 'plain',
): LastingPlace {
  return { window, role: 'assistant', channel, written: channel === 'tool', opened, encoding };
}

/** Adds a piece of a text that goes on with the next frame. */
export function addPiece(text: string, pointer: string, place: LastingPlace, out: FrameTexts): void {
  if (text === '') return;
  const { window, role, channel, encoding } = place;
  place.opened.add(window);
  addText({ window, pointer, text, role, channel, encoding, editable: true }, out);
}

/** A number that stands where text belongs: its digits go on with the next piece, and cannot be rewritten as text. */
export function addNumber(value: number, pointer: string, place: LastingPlace, out: FrameTexts): void {
  const { window, role, channel, encoding } = place;
  place.opened.add(window);
  addText({ window, pointer, text: digitsOf(value), role, channel, encoding, editable: false }, out);
}

/** The same for a value that should be a text; anything else is walked. */
export function readPiece(
  value: Json | undefined,
  pointer: string,
  place: LastingPlace,
  out: FrameTexts,
): void {
  if (typeof value === 'string') addPiece(value, pointer, place, out);
  else if (typeof value === 'number') addNumber(value, pointer, place, out);
  else if (value !== undefined) walkValue(value, pointer, place, out);
}

/** Ends windows that were open together. */
export function endWindows(opened: Set<string>, out: FrameTexts): void {
  for (const window of opened) out.ends.push(window);
  opened.clear();
}
