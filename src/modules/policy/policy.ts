/** May they, and may this content: Cedar decides about principals and models, guardrails about findings. */
import type { Application } from '../../domain/application.ts';
import type { Direction, Document } from '../../domain/document.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Guardrail, Verdict } from '../../domain/guardrail.ts';
import type { Authentication } from '../../domain/principal.ts';
import type { Grant } from '../../domain/proofs.ts';
import type { Route } from '../../domain/route.ts';

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

/** A guardrail whose scanner threw, hung or answered nonsense. */
export interface ScanFailure {
  readonly guardrail: Guardrail;
  readonly fault: 'threw' | 'timed_out' | 'nonsense';
}

export interface Policy {
  /**
   * The routes that policy permits, as grants, in the given order.
   * @throws Refusal `policy_denied` naming the policies, where it permits none
   */
  authorize(authentication: Authentication, application: Application, routes: readonly Route[], context: RequestContext): readonly Grant[];
  /**
   * The second checkpoint: the same question again for routes already granted, now that labels are known.
   * @throws Refusal `policy_denied`
   */
  review(grants: readonly Grant[], application: Application, context: RequestContext): readonly Grant[];
  /** Whether answers may be re-identified for this principal. */
  mayReidentify(authentication: Authentication, application: Application, context: RequestContext): boolean;
  /** The guardrails in force for this request, of one direction. Chosen by application, the principal's groups and the model. */
  guardrailsFor(authentication: Authentication, application: Application, model: string, direction: Direction): readonly Guardrail[];
  /**
   * Judges findings by their guardrails: overlapping findings become one edit under the strongest action; one that
   * would edit a text that is not editable blocks.
   * @throws Refusal `scanner_failed` for a failure whose guardrail does not say `on_error: allow`
   */
  judge(guardrails: readonly Guardrail[], document: Document, findings: readonly Finding[], failures: readonly ScanFailure[]): Verdict;
}
