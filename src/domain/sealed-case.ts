/** A case about one interaction, sealed by the room whose it is: its store knows when, about what and how often it changed. */

export interface SealedCase {
  /** Sorts by time. */
  readonly id: string;
  /** Id of the interaction that it is about. */
  readonly interaction: string;
  readonly atMs: number;
  /** 1, and one more with each change. */
  readonly version: number;
  readonly sealed: Uint8Array;
}

export interface SealedCaseStore {
  add(opened: SealedCase): Promise<void>;
  find(id: string): Promise<SealedCase | undefined>;
  /** Newest first. */
  about(interaction: string): Promise<readonly SealedCase[]>;
  /** Newest first: those before this id. */
  list(page: {
    readonly before?: string | undefined;
    readonly limit: number;
  }): Promise<readonly SealedCase[]>;
  /** Whether it stood at this version; now it has this content and the next one. Of two at once, one is told no. */
  change(id: string, version: number, sealed: Uint8Array): Promise<boolean>;
  /** Removes those that began before then, and resolves to how many that were. */
  purge(beforeMs: number): Promise<number>;
}

/** What a case of a room is in a list. */
export interface CasePage<Case> {
  readonly items: readonly Case[];
  /** Id of the last one, where there are more. */
  readonly next: string | null;
}

const READ_AT_ONCE = 200;

/** Newest first. What cases are about is sealed, so that all are looked through: there are few. */
export async function casesThat<Case extends { readonly id: string }>(
  store: SealedCaseStore,
  opened: (stored: SealedCase) => Case,
  { before, limit }: { readonly before?: string | undefined; readonly limit: number },
  isShown: (opened: Case) => boolean,
): Promise<CasePage<Case>> {
  const items: Case[] = [];
  for (let from = before; ; ) {
    const page = await store.list({ before: from, limit: READ_AT_ONCE });
    items.push(...page.map(opened).filter(isShown));
    if (items.length > limit) return { items: items.slice(0, limit), next: items[limit - 1]?.id ?? null };
    if (page.length < READ_AT_ONCE) return { items, next: null };
    from = page.at(-1)?.id;
  }
}
