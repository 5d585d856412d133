/** A rule that binds a scanner to an action, and the answer that judging findings by such rules gives. */
import type { Channel, Direction } from './document.ts';
import type { Finding, Span } from './finding.ts';

/** From weakest to strongest: where findings overlap, the strongest wins. */
export const ACTIONS = ['allow', 'flag', 'pseudonymize', 'mask', 'redact', 'block'] as const;
export type Action = (typeof ACTIONS)[number];

export interface Guardrail {
  readonly id: string;
  /** Changes whenever its configuration does. */
  readonly version: string;
  readonly scanner: string;
  /** Validated by the scanner's own manifest. */
  readonly config: unknown;
  readonly action: Action;
  readonly directions: readonly Direction[];
  /** Empty: all. The same for the lists below. */
  readonly channels: readonly Channel[];
  readonly kinds: readonly string[];
  readonly applications: readonly string[];
  readonly groups: readonly string[];
  readonly models: readonly string[];
  readonly minConfidence: number;
  readonly onError: 'block' | 'allow';
  readonly timeoutMs: number;
  /** How a blocked request answers: the dialect's error, or a completion that ends with `content_filter`. */
  readonly blockAs: 'error' | 'completion';
  readonly blockStatus: number;
  /** Told to the person, where set. */
  readonly message?: string;
  /** Set while it only watches: what it would do is recorded, nothing is done, and its scanner's failure stops nobody. */
  readonly isShadow?: true;
  /** Set while it is enforced on this share of interactions, and only watches the others. */
  readonly share?: number;
}

/** One span to be rewritten, by the strongest of the guardrails that saw it. */
export interface Edit extends Span {
  readonly pointer: string;
  readonly action: 'redact' | 'mask' | 'pseudonymize';
  readonly kind: string;
}

export interface GuardrailOutcome {
  readonly id: string;
  readonly version: string;
  readonly action: Action;
  readonly findings: number;
  /** Set when its scanner failed and `on_error: allow` let the text pass. */
  readonly failedOpen?: true;
  /** What it would have done, where it only watched. */
  readonly would?: Action;
}

export interface Verdict {
  /** The strongest action taken. */
  readonly action: Action;
  readonly edits: readonly Edit[];
  readonly guardrails: readonly GuardrailOutcome[];
  /** Set when the action is `block`: the guardrail that blocks. */
  readonly blockedBy?: Guardrail;
}

/** What is found by guardrails that only watch counts for nothing that is decided. */
export function withoutShadows(
  guardrails: readonly Guardrail[],
  findings: readonly Finding[],
): readonly Finding[] {
  if (findings.length === 0) return findings;
  const shadows = new Set(guardrails.filter(({ isShadow }) => isShadow).map(({ id }) => id));
  return shadows.size === 0 ? findings : findings.filter(({ guardrail }) => !shadows.has(guardrail));
}

export function isStronger(action: Action, than: Action): boolean {
  return ACTIONS.indexOf(action) > ACTIONS.indexOf(than);
}
