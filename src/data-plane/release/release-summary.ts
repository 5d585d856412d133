/** What was found and done in an answer, summed over its steps. */
import type { Finding } from '../../domain/finding.ts';
import {
  isStronger,
  type Action,
  type Guardrail,
  type GuardrailOutcome,
  type Verdict,
} from '../../domain/guardrail.ts';

/** Findings that are kept one by one; the rest is counted. */
const MAX_FINDINGS = 1_000;

export interface ReleaseSummary {
  readonly action: Action;
  readonly guardrails: readonly GuardrailOutcome[];
  readonly findings: readonly Finding[];
  readonly moreFindings: number;
  /** `stand_in_invented`: made up by the model; `stand_in_restored`: turned back into what it stood for. */
  readonly events: Readonly<Record<string, number>>;
  /** The stated hold-back: the most characters of a text that are kept back undecided. */
  readonly maxHoldCharacters: number;
}

export interface ReleaseSummaryBuilder {
  add(verdict: Verdict, findings: readonly Finding[]): void;
  event(name: string): void;
  read(): ReleaseSummary;
}

export function createReleaseSummary(
  guardrails: readonly Guardrail[],
  maxHoldCharacters: number,
): ReleaseSummaryBuilder {
  let outcomes = cleanOutcomes(guardrails);
  const findings: Finding[] = [];
  const events: Record<string, number> = {};
  let action: Action = 'allow';
  let moreFindings = 0;
  return {
    add(verdict, found) {
      if (isStronger(verdict.action, action)) action = verdict.action;
      const spoken = verdict.guardrails.filter((outcome) => outcome.findings > 0 || outcome.failedOpen);
      for (const outcome of spoken) outcomes = withOutcome(outcomes, outcome);
      for (const finding of found) {
        if (findings.length < MAX_FINDINGS) findings.push(finding);
        else moreFindings++;
      }
    },
    event(name) {
      events[name] = (events[name] ?? 0) + 1;
    },
    read: () => ({
      action,
      guardrails: outcomes,
      findings,
      moreFindings,
      events,
      maxHoldCharacters,
    }),
  };
}

const clean = new WeakMap<readonly Guardrail[], readonly GuardrailOutcome[]>();

/** The same list each time, so that what is made of it can be found again by identity. */
function cleanOutcomes(guardrails: readonly Guardrail[]): readonly GuardrailOutcome[] {
  let outcomes = clean.get(guardrails);
  if (!outcomes) {
    outcomes = guardrails.map(({ id, version }) => ({ id, version, action: 'allow', findings: 0 }));
    clean.set(guardrails, outcomes);
  }
  return outcomes;
}

function withOutcome(
  outcomes: readonly GuardrailOutcome[],
  outcome: GuardrailOutcome,
): readonly GuardrailOutcome[] {
  return outcomes.map((before) => (before.id === outcome.id ? joined(before, outcome) : before));
}

function joined(before: GuardrailOutcome, now: GuardrailOutcome): GuardrailOutcome {
  return {
    ...before,
    action: isStronger(now.action, before.action) ? now.action : before.action,
    findings: before.findings + now.findings,
    ...(now.failedOpen ? { failedOpen: true } : {}),
    ...(now.would && isStronger(now.would, before.would ?? 'allow') ? { would: now.would } : {}),
  };
}
