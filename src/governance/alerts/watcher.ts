/** Watches for one alert's condition: takes facts as they come, and says when it is true. */
import type { InteractionEndEntry, InteractionEntry } from '../../domain/record.ts';

/** What the house tells of itself. Whoever reads it takes counts and configured names, and nothing else. */
export type Fact =
  | { readonly kind: 'interaction'; readonly entry: InteractionEntry | InteractionEndEntry }
  /** What an administrator did, as its entry in the record calls it. */
  | { readonly kind: 'administration'; readonly action: string }
  | { readonly kind: 'stopped'; readonly part: 'model' | 'provider'; readonly name: string }
  /** Whether the log's newest checkpoint has the word of enough witnesses. */
  | { readonly kind: 'log'; readonly hasQuorum: boolean }
  | { readonly kind: 'consumption'; readonly counters: readonly Consumed[] };

/** One counter of a limit. */
export interface Consumed {
  readonly limit: string;
  /** Tells counters and windows apart; it may name a person and is told to nobody. */
  readonly key: string;
  /** Of the limit that is used. */
  readonly share: number;
}

export interface Occasion {
  readonly title: string;
  readonly facts: Readonly<Record<string, string | number>>;
  /** Below the console: `/activity?outcome=refused`. */
  readonly path: string;
}

export interface Watcher {
  /** Whether the condition may have come true by this. MUST be quick: requests are being served meanwhile. */
  observe(fact: Fact, nowMs: number): boolean;
  /** Undefined where the condition is not true at present. */
  occasion(nowMs: number): Occasion | undefined;
  /** It was told: what happened only once is not told twice. */
  told(): void;
}
