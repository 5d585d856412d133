/** The contract of a scanner: it looks at one text and says what it saw where. It never edits, and knows no policy. */
import type { z } from 'zod';
import type { Channel, Direction, Role } from '../../domain/document.ts';
import type { Span } from '../../domain/finding.ts';

/** Where a text stands; scanners may judge a question, a document and a tool's result apart. */
export interface TextPlace {
  readonly direction: Direction;
  readonly role: Role;
  readonly channel: Channel;
  /**
   * In an answer, where they are known: the texts that instructed the model in the request it answers. The same array
   * for every text of the answer.
   */
  readonly instructions?: readonly string[];
}

/** What a scanner saw, in UTF-16 offsets into the text it was given. */
export interface Sighting extends Span {
  /** One of the manifest's kinds. */
  readonly kind: string;
  /** 0 to 1. */
  readonly confidence: number;
}

/**
 * Looks at texts, whole or while they grow. Created once per configuration, used by many requests at once: it MUST NOT
 * keep state between calls.
 *
 * A growing text is scanned in windows. `scan` is given the text from some point on, with at least `reach` characters
 * before `from` (fewer at the text's beginning). It MUST report every sighting that starts at or after `from` and only
 * those, leftmost first, none overlapping another of its own, as if the search began at `from`.
 *
 * While the text may still grow (`final` false), a sighting counts only if it starts before `settled(text, from)`, and
 * text before that point is never looked at again except as context. So for every text T, every prefix P of T and every
 * `from`: sightings of P that start before `settled(P, from)` MUST equal the sightings of T that start there, and none
 * of them may end after `settled(P, from)`.
 */
export interface Scanner {
  /** Characters before a point that a sighting at this point can depend on. */
  readonly reach: number;
  scan(
    text: string,
    from: number,
    place: TextPlace,
    final: boolean,
    /** What starts here or later is not made use of and need not be looked for; Infinity where all is. */
    until: number,
  ): readonly Sighting[] | Promise<readonly Sighting[]>;
  /**
   * The first index at which a sighting may start that more text could still make, change or lengthen. It MUST be at
   * least `text.length - maxHold`.
   */
  settled(text: string, from: number, place: TextPlace): number;
  /** The most characters that `settled` ever holds back: the stated hold-back. */
  readonly maxHold: number;
}

/** One scanner as a plug-in. Its configuration's schema serves validation, types, reference pages and the console's form. */
export interface ScannerManifest<Config = unknown> {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Risk ids with their edition, such as `LLM02:2026`. */
  readonly risks: readonly string[];
  /** Every kind it can report; '*' where the configuration names them. */
  readonly kinds: readonly string[];
  readonly config: z.ZodType<Config>;
  /**
   * One scanner, or several where a sighting of one may overlap a sighting of another: each is a chain of its own.
   * `kinds` are those that anybody asks for, empty for all. What nobody asks for need not be looked for, and MUST NOT
   * hide a sighting of a kind that is asked for.
   * @throws ZodError or Error with a message for the administrator when the configuration cannot be used
   */
  create(config: Config, kinds: readonly string[]): Scanner | readonly Scanner[];
}

export function defineScanner<Config>(manifest: ScannerManifest<Config>): ScannerManifest<Config> {
  return manifest;
}

/**
 * The first index at or after `open` that cuts none of the sightings, for a scanner whose sightings that start before
 * `open` are final wherever they end.
 */
export function afterSightings(open: number, sightings: readonly Sighting[]): number {
  for (const { start, end } of sightings) {
    if (start >= open) break;
    if (end > open) return end;
  }
  return open;
}
