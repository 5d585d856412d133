/** De-identifies what goes out and re-identifies what comes back: the one place where text is rewritten. */
import type { Json } from '../../base/json.ts';
import type { Document } from '../../domain/document.ts';
import type { Edit, Verdict } from '../../domain/guardrail.ts';
import type { ClearedPrompt } from '../../domain/proofs.ts';

/** The stand-ins of one request: what replaced what. Lives as long as the request and is never written anywhere. */
export interface StandIns {
  readonly size: number;
  /** Stand-in shaped text in [from, text.length): each with its original, or null where the model invented it. */
  find(text: string, from: number): readonly { readonly start: number; readonly end: number; readonly original: string | null }[];
  /** Like a scanner's `settled`: the first index at which a stand-in may begin that is not complete yet. */
  settled(text: string): number;
}

export interface Privacy {
  /**
   * Rewrites a body by a verdict's edits and proves it cleared. `domain` is the pseudonymisation domain: the same value
   * has the same stand-in within it and another one outside.
   */
  clear(body: Json, bytes: Buffer, document: Document, verdict: Verdict, domain: string): { readonly prompt: ClearedPrompt; readonly standIns: StandIns };
  /** What stands in place of one edited span. `text` is the span's own text, unescaped. */
  replacement(edit: Edit, text: string, domain: string): string;
}
