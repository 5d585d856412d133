/** Where requests for approval are kept, each sealed by the room: the store knows when, about what and how often it changed. */

export interface StoredApproval {
  /** Sorts by time. */
  readonly id: string;
  /** Id of the interaction that somebody wants to read. */
  readonly interaction: string;
  readonly atMs: number;
  /** 1, and one more with each change. */
  readonly version: number;
  readonly sealed: Uint8Array;
}

export interface ApprovalStore {
  add(approval: StoredApproval): Promise<void>;
  find(id: string): Promise<StoredApproval | undefined>;
  about(interaction: string): Promise<readonly StoredApproval[]>;
  /** Newest first: those before this id. */
  list(page: {
    readonly before?: string | undefined;
    readonly limit: number;
  }): Promise<readonly StoredApproval[]>;
  /** Whether it stood at this version; now it has this content and the next one. Of two at once, one is told no. */
  change(id: string, version: number, sealed: Uint8Array): Promise<boolean>;
  /** Removes those that were asked for before then, and resolves to how many that were. */
  purge(beforeMs: number): Promise<number>;
}
