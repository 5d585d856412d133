/** How an alert reaches somebody: the port that destinations implement, and what they are given. */

/** Counts, and names of what is configured: never content, never a person. */
export interface AlertMessage {
  /** `alr_…` */
  readonly id: string;
  readonly alert: string;
  readonly event: string;
  readonly atMs: number;
  readonly isTest: boolean;
  /** In one sentence. */
  readonly title: string;
  readonly facts: Readonly<Record<string, string | number>>;
  /** Where the console shows more; a path where the house does not know its own address. */
  readonly link: string;
}

export interface AlertSink {
  /** Resolves once the destination has taken it. @throws AlertError, or anything else */
  deliver(message: AlertMessage, signal: AbortSignal): Promise<unknown>;
}

/** Told as a code alone: what a destination says in its own words may quote anything. */
export class AlertError extends Error {
  readonly reason: string;
  /** It would be refused again in the same way. */
  readonly isFinal: boolean;
  constructor(reason: string, { isFinal = false, cause }: { isFinal?: boolean; cause?: unknown } = {}) {
    super(`the destination of an alert failed: ${reason}`, cause === undefined ? undefined : { cause });
    this.name = 'AlertError';
    this.reason = reason;
    this.isFinal = isFinal;
  }
}
