/** What a reading of a text consists of. */
import type { Span } from '../../domain/finding.ts';

export type LayerEncoding =
  | 'plain'
  | 'base64'
  | 'hex'
  | 'url'
  | 'html'
  | 'rot13'
  | 'reversed'
  | 'escapes'
  | 'spaced'
  | 'leet';

export interface Layer {
  /** What a scanner looks at: normalized. */
  readonly text: string;
  readonly encoding: LayerEncoding;
  /** 0 for the plain layer; a layer decoded out of it 1; out of that one 2; at most 3. */
  readonly depth: number;
  /** Where text[start, end) stands in the raw text (UTF-16 offsets); in decoded layers the exact part of the encoded run. */
  rawSpan(start: number, end: number): Span;
  /** The same, where only its beginning is asked for. */
  rawStart(start: number, end: number): number;
}

/** Something in the raw text that hides, or was hidden. */
export interface Signal extends Span {
  readonly kind:
    | 'zero_width'
    | 'bidi'
    | 'tag'
    | 'variation_selector'
    | 'confusable'
    | 'encoded'
    | 'spaced'
    | 'leet'
    /** Where something encoded goes on that is not read: a run is too long, or lies too deep. */
    | 'unread';
}

export interface Reading {
  readonly plain: Layer;
  readonly decoded: readonly Layer[];
  readonly signals: readonly Signal[];
}
