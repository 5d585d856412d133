/** The contract of a scanner: it looks at one text and says what it saw where. It never edits, and knows no policy. */
import { z } from 'zod';
import { pieceEnd } from '../../base/text-pieces.ts';
import type { Briefing, Channel, Direction, Role } from '../../domain/document.ts';
import type { Span } from '../../domain/finding.ts';

/**
 * Where a text stands; scanners may judge a question, a document and a tool's result apart. In an answer, where it is
 * known, with the briefing of the request: its `instructions` are the same array for every text of the answer.
 */
export interface TextPlace extends Partial<Briefing> {
  readonly direction: Direction;
  readonly role: Role;
  readonly channel: Channel;
  /** For scanners that ask somebody else (`reaches`), where they look for the sake of a request. */
  readonly inquiry?: Inquiry;
}

/** The request for whose sake a scanner asks somebody else: there it is permitted, limited, metered and recorded. */
export interface Inquiry {
  /** The request's application: what was answered for one MUST NOT be told to another. */
  readonly application: string;
  /** The text that the model answers with. @throws Refusal; Error where it was not answered by the signal's end */
  ask(question: ModelQuestion, signal: AbortSignal): Promise<string>;
  /** What an exchange with a service came to, for the record: no text of it. */
  took(result: string, durationMs: number): void;
}

/** Gives inquiries to the scanners of one request. */
export interface Inquirer {
  /** `labels`: those of what was found in the request by the time a question is asked. */
  inquiry(guardrail: string, direction: Direction, labels: () => ReadonlySet<string>): Inquiry;
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
  /** Where it says no, it sees nothing in any text that stands there, and need not be asked. */
  looksAt?(place: TextPlace): boolean;
  /**
   * For one growing text, where something is gained by remembering what was read: it MUST see what the scanner sees, MAY
   * keep state between calls, and MAY settle later, within `maxHold`. Each `text` is the one before with more at its end and, maybe, less at its beginning; each
   * `from` is where the one before was, or what `settled` has told since.
   */
  follow?(): Follower;
}

/** A scanner as it follows one growing text. */
export type Follower = Pick<Scanner, 'scan' | 'settled'>;

/** Where a credential comes from: never a value in a configuration. The same form as a provider's. */
export const secretReferenceSchema = z.union([
  z.strictObject({ env: z.string().regex(/^[A-Z_][A-Z0-9_]*$/) }),
  z.strictObject({ secret: z.string().min(1).max(128) }),
]);
export type SecretReference = z.infer<typeof secretReferenceSchema>;

/** One POST to a service that an administrator has named. */
export interface ServiceRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** For everything together, a wait for a free place included. */
  readonly timeoutMs: number;
  readonly maxAnswerBytes: number;
  /** Addresses of private networks, and HTTP without TLS to them, are refused unless true. */
  readonly allowPrivateNetwork: boolean;
}

export interface ServiceAnswer {
  readonly status: number;
  readonly body: string;
}

/** One question to a configured model. */
export interface ModelQuestion {
  /** A name under `models`, without wildcard. */
  readonly model: string;
  readonly instructions: string;
  readonly prompt: string;
  readonly maxOutputTokens: number;
  readonly timeoutMs: number;
  /** The guardrail's own budget. */
  readonly maxTokensPerHour: number;
}

/**
 * What a scanner cannot do itself, because it knows no network, no vault and no model. MUST NOT be used while a scanner is
 * being created, only while it looks. No error that comes of it holds a text, a credential or an answer.
 */
export interface ScannerServices {
  /** Redirects are answers like any other. A service that failed again and again is left alone for a while. */
  post(request: ServiceRequest, place: TextPlace): Promise<ServiceAnswer>;
  secret(reference: SecretReference): Promise<string>;
  /** The text that the model answers with; only for the sake of a request. */
  ask(question: ModelQuestion, place: TextPlace): Promise<string>;
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
   * What it reaches beyond the text, by its configuration, which therefore is an administrator's alone. With `services` and
   * `models` it is given an inquiry; with `models` it looks after all others, so that policy knows what they found.
   */
  readonly reaches?: 'files' | 'services' | 'models';
  /** Whether it looks for the marker of a briefing, so that one shall be planted. `kinds` as for `create`. */
  plants?(config: Config, kinds: readonly string[]): boolean;
  /** Names under `models` that a configuration asks; one that is not configured is an error before it is applied. */
  models?(config: Config): readonly string[];
  /**
   * One scanner, or several where a sighting of one may overlap a sighting of another: each is a chain of its own.
   * `kinds` are those that anybody asks for, empty for all. What nobody asks for need not be looked for, and MUST NOT
   * hide a sighting of a kind that is asked for. Without `services` a scanner that needs them
   * can be created, and fails when it looks.
   * @throws ZodError or Error with a message for the administrator when the configuration cannot be used
   */
  create(config: Config, kinds: readonly string[], services?: ScannerServices): Scanner | readonly Scanner[];
}

/** Services where there are none: for checking a configuration, and for scanners that need none. */
export const NO_SERVICES: ScannerServices = { post: unavailable, secret: unavailable, ask: unavailable };

function unavailable(): Promise<never> {
  return Promise.reject(new Error('nothing outside can be asked from here'));
}

interface ScannerDefinition<Config> extends Omit<ScannerManifest<Config>, 'create'> {
  create(
    config: Config,
    kinds: readonly string[],
    services: ScannerServices,
  ): ReturnType<ScannerManifest['create']>;
}

export function defineScanner<Config>(definition: ScannerDefinition<Config>): ScannerManifest<Config> {
  return {
    ...definition,
    create: (config, kinds, services = NO_SERVICES) => definition.create(config, kinds, services),
  };
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

/** Pieces of one text that are looked at in one go; a longer text is a fault, never a silent pass. */
const MAX_PIECES = 500;

/**
 * A scanner that asks somebody else about whole pieces of a text: paragraphs, of `maxPiece` characters at most. Each
 * piece is looked at once, by itself, so a stream tells what the whole tells as long as the same piece is answered in the
 * same way. `look` reports offsets into the piece.
 */
export function scanInPieces(
  maxPiece: number,
  look: (piece: string, place: TextPlace) => Promise<readonly Sighting[]>,
): Scanner {
  async function lookAt(
    text: string,
    start: number,
    end: number,
    place: TextPlace,
  ): Promise<readonly Sighting[]> {
    const piece = text.slice(start, end);
    if (piece.trim() === '') return [];
    const seen = await look(piece, place);
    return seen.map((sighting) => ({
      ...sighting,
      start: start + sighting.start,
      end: start + sighting.end,
    }));
  }
  return {
    reach: 1,
    maxHold: maxPiece + 1,
    async scan(text, from, place, _final, until) {
      const pieces = piecesOf(text, from, Math.min(until, text.length), maxPiece);
      return (await Promise.all(pieces.map(({ start, end }) => lookAt(text, start, end, place)))).flat();
    },
    settled(text, from) {
      let settled = from;
      for (let end = pieceEnd(text, from, maxPiece); end !== null; end = pieceEnd(text, settled, maxPiece))
        settled = end;
      return settled;
    },
  };
}

/** @throws Error where there are too many: before anything is asked */
function piecesOf(text: string, from: number, until: number, maxPiece: number): readonly Span[] {
  const pieces: Span[] = [];
  for (let start = from; start < until; ) {
    if (pieces.length === MAX_PIECES) throw new Error('the text is too long to be asked about');
    const end = pieceEnd(text, start, maxPiece) ?? text.length;
    pieces.push({ start, end });
    start = end;
  }
  return pieces;
}
