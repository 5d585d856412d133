/** What a scan of one text says, as `bartizan scan` prints it and `bartizan eval` counts it. */
import type { Channel, Direction } from '../../domain/document.ts';
import type { Action } from '../../domain/guardrail.ts';

export interface TextToScan {
  readonly text: string;
  readonly direction: Direction;
  readonly channel: Channel;
}

export interface ScannedFinding {
  readonly scanner: string;
  readonly category: string;
  /** UTF-16 code units of the text as given; end is exclusive. */
  readonly start: number;
  readonly end: number;
  /** 0 to 1. */
  readonly confidence: number;
}

export interface ScannedText {
  readonly findings: readonly ScannedFinding[];
  /** The strongest action of the guardrails that found something. */
  readonly verdict: Action;
  /** The highest confidence of each scanner, also below what its guardrail asks for; 0 where it saw nothing. */
  readonly scores: Readonly<Record<string, number>>;
  /** Milliseconds by scanner, and in all. */
  readonly timings: Readonly<Record<string, number>>;
}
