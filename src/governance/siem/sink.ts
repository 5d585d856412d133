/** The port to a destination: it takes batches of finished texts, and says honestly what it took. */

/** One audit entry, as it leaves the house. */
export interface ExportItem {
  /** In the record's store: what a destination continues from. */
  readonly position: number;
  readonly instance: string;
  readonly sequence: number;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  readonly kind: string;
  /** Severity by RFC 5424 §6.2.1: 0 is an emergency, 6 informational. */
  readonly severity: number;
  /** In the destination's format, without line breaks. */
  readonly text: string;
}

/** What a destination will never take. */
export interface Rejection {
  readonly position: number;
  /** A short code of ours or the destination's: letters, digits, `_`, `-` and `.`, never content. */
  readonly reason: string;
}

export interface Sink {
  /**
   * Resolves once the destination has every item except those that it rejected for good. MUST reject where it is not
   * known that it has: the batch is sent again then. MUST let go when the signal is aborted. Is not called again before
   * it has settled.
   * @throws Unacceptable where the batch as it is will never be taken; SinkError with a reason that may be logged
   */
  deliver(batch: readonly ExportItem[], signal: AbortSignal): Promise<readonly Rejection[]>;
  close(): Promise<void>;
}

/** Something did not work this time. The reason is a short code and holds no content. */
export class SinkError extends Error {
  readonly reason: string;
  constructor(reason: string, options?: ErrorOptions) {
    super(`the destination cannot be reached or does not take it: ${reason}`, options);
    this.name = 'SinkError';
    this.reason = reason;
  }
}

/** Sending this batch again is of no use. `index`, where it is known: the item that is to blame. */
export class Unacceptable extends Error {
  readonly reason: string;
  readonly index: number | undefined;
  constructor(reason: string, index?: number) {
    super(`the destination rejects it: ${reason}`);
    this.name = 'Unacceptable';
    this.reason = reason;
    this.index = index;
  }
}
