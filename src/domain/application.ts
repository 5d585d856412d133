/** The client a request belongs to, and what was agreed about it. */
export interface Application {
  readonly id: string;
  readonly owners: readonly string[];
  readonly purpose: string;
  readonly dataClass: 'public' | 'internal' | 'confidential' | 'restricted';
  /** Names of the models it may use; '*' for any. */
  readonly models: readonly string[];
  readonly groups: readonly string[];
  /** What content the audit record keeps beside the metadata. */
  readonly capture: 'none' | 'redacted' | 'full';
  /** Whether an answer waits for its record to be durable. */
  readonly record: 'before_release' | 'async';
}
