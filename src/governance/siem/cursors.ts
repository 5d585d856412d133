/** The port that remembers how far each destination has come, and who may send to it. */

export interface Cursor {
  /** The last position that the destination has, or rejected for good. 0: none. */
  readonly position: number;
  readonly sent: number;
  readonly rejected: number;
  /** Positions rejected last, the newest at the end. */
  readonly rejectedPositions: readonly number[];
  readonly deliveredAtMs: number | null;
  /** Set while it fails. */
  readonly failure: { readonly reason: string; readonly sinceMs: number } | null;
}

/** A turn to send to one destination: it ends by itself, and when somebody rewinds. */
export interface Turn {
  readonly destination: string;
  readonly holder: string;
  readonly generation: number;
}

export interface Cursors {
  /** Undefined for a destination that never had a turn. */
  read(destination: string): Promise<Cursor | undefined>;
  /**
   * Takes the turn until `untilMs`, where nobody else has one at `nowMs`; the same holder may take it again. A
   * destination that is new begins after `start`. At most one holder MUST have a turn that has not run out.
   */
  take(
    destination: string,
    holder: string,
    lease: { readonly nowMs: number; readonly untilMs: number },
    start: number,
  ): Promise<{ readonly turn: Turn; readonly cursor: Cursor } | undefined>;
  /**
   * Keeps the cursor, durably, and the turn until `untilMs`. False, and nothing is kept, where the turn is another's
   * by now or the destination was rewound.
   */
  save(turn: Turn, cursor: Cursor, untilMs: number): Promise<boolean>;
  /** Gives the turn back, where it is still this one. */
  release(turn: Turn): Promise<void>;
  /** Lets the destination continue after `position`, whoever has the turn. False where it never had one. */
  rewind(destination: string, position: number): Promise<boolean>;
}

/** Rejected positions that are kept. */
export const MAX_REJECTED_POSITIONS = 20;

export function newCursor(position: number): Cursor {
  return { position, sent: 0, rejected: 0, rejectedPositions: [], deliveredAtMs: null, failure: null };
}
