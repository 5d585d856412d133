/** What policies may look at beside principal, action and model. */
export interface RequestContext {
  readonly nowMs: number;
  /** The client's IP address. */
  readonly address: string;
  /** Labels found in the content; empty before scanning. */
  readonly labels: ReadonlySet<string>;
  /** Gates the person has passed. */
  readonly gates: ReadonlySet<string>;
}
