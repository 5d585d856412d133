/** The port behind the metering room: usage summed per hour. */
export interface UsageKey {
  /** Start of the hour, milliseconds since the epoch. */
  readonly hourMs: number;
  readonly principal: string;
  readonly application: string;
  readonly model: string;
  readonly provider: string;
  readonly providerModel: string;
}

/** Whose usage it is once who it was has been erased: all of theirs together. */
export const ERASED_PRINCIPAL = 'erased';

export interface UsageAmounts {
  readonly requests: number;
  readonly refused: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cachedInputTokens: number;
  readonly costMicros: number;
}

export interface UsageStore {
  /**
   * Adds the amounts to the sums of their keys, all or none. MUST add a batch once alone, though it is handed over
   * again: after an error nobody knows whether the commit came through.
   */
  add(rows: readonly (UsageKey & UsageAmounts)[], batchId: string): Promise<void>;
  /**
   * Adds what these principals used to the sums of `ERASED_PRINCIPAL`, each as one step: totals stay what they were, and nobody can tell
   * whose they were.
   */
  disown(principals: readonly string[]): Promise<void>;
  /** Takes out what these applications used, and resolves to how many requests that were: demo data. */
  remove(applications: readonly string[]): Promise<number>;
  /** Hours that begin in `fromMs` ≤ hour < `toMs`. */
  read(query: {
    readonly fromMs: number;
    readonly toMs: number;
  }): Promise<readonly (UsageKey & UsageAmounts)[]>;
}
