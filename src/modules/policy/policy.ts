/** May they, and may this content: Cedar decides about principals and models, guardrails about findings. */
import type { Configuration } from '../../contract/configuration.ts';
import type { Application } from '../../domain/application.ts';
import type { Direction, Document } from '../../domain/document.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Guardrail, Verdict } from '../../domain/guardrail.ts';
import type { Authentication } from '../../domain/principal.ts';
import type { Grants } from '../../domain/proofs.ts';
import type { Route } from '../../domain/route.ts';
import { createDecisions, type Decision } from './decisions.ts';
import { createGuardrailSelection, parseGuardrails } from './guardrail-rules.ts';
import { judge } from './judge.ts';
import { createPermission } from './permission.ts';
import { PolicyError, type PolicyProblem } from './policy-problem.ts';
import { compilePolicies, type PolicyTree } from './policy-set.ts';
import type { RequestContext } from './request-context.ts';
import type { ScanFailure } from './scan-failure.ts';

export { parseGuardrails, PolicyError };
export type { Decision, PolicyProblem, RequestContext, ScanFailure };

export interface Policy {
  /**
   * The routes that policy permits, as grants, in the given order.
   * @throws Refusal `policy_denied` naming the policies, where it permits none
   */
  authorize(
    authentication: Authentication,
    application: Application,
    routes: readonly Route[],
    context: RequestContext,
  ): Grants;
  /**
   * The second checkpoint: the same question again for routes already granted, now that labels are known.
   * @throws Refusal `policy_denied`
   */
  review(grants: Grants, application: Application, context: RequestContext): Grants;
  /** What policy says of each route, in the given order, for those who ask why. */
  explain(
    authentication: Authentication,
    application: Application,
    routes: readonly Route[],
    context: RequestContext,
  ): readonly Decision[];
  /** Whether answers may be re-identified for this principal. */
  mayReidentify(authentication: Authentication, application: Application, context: RequestContext): boolean;
  /**
   * The routes on which a guardrail may ask a model about a request's text: those that policy permits to
   * `service:guardrail/<id>` for the request's application, and forbids to neither it nor the request's own principal.
   * @throws Refusal `policy_denied`
   */
  authorizeInquiry(
    guardrail: string,
    authentication: Authentication,
    application: Application,
    routes: readonly Route[],
    context: RequestContext,
  ): Grants;
  /** All that are configured, in force or not. */
  readonly guardrails: readonly Guardrail[];
  /** The guardrails in force for this request, of one direction. Chosen by application, the principal's groups and the model. */
  guardrailsFor(
    authentication: Authentication,
    application: Application,
    model: string,
    direction: Direction,
  ): readonly Guardrail[];
  /**
   * Judges findings by their guardrails: overlapping findings become one edit under the strongest action; one that
   * would edit a text that is not editable blocks.
   * @throws Refusal `scanner_failed` for a failure whose guardrail does not say `on_error: allow`
   */
  judge(
    guardrails: readonly Guardrail[],
    document: Document,
    findings: readonly Finding[],
    failures: readonly ScanFailure[],
  ): Verdict;
}

const MAX_CACHED_DECISIONS = 10_000;

/**
 * Compiles the tree's policies and guardrails. What it gives is one snapshot's: a later tree makes another.
 * @throws PolicyError listing everything that is wrong with the policies, each with its place
 */
export function createPolicy(tree: PolicyTree & Pick<Configuration, 'guardrails'>): Policy {
  const { policies, problems } = compilePolicies(tree);
  if (problems.length > 0) throw new PolicyError(problems);
  const decisions = createDecisions(policies, tree, MAX_CACHED_DECISIONS);
  const guardrails = parseGuardrails(tree.guardrails);
  return {
    ...createPermission(decisions),
    guardrails,
    guardrailsFor: createGuardrailSelection(guardrails),
    judge,
  };
}

/** What is wrong with the tree's policies, without making anything of them: for those who plan a change. */
export function policyProblems(tree: PolicyTree): readonly PolicyProblem[] {
  return compilePolicies(tree).problems;
}
