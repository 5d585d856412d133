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
  const outcomes = new Map<string, GuardrailOutcome>();
  for (const { id, version } of guardrails) outcomes.set(id, { id, version, action: 'allow', findings: 0 });
  const findings: Finding[] = [];
  const events: Record<string, number> = {};
  let action: Action = 'allow';
  let moreFindings = 0;
  return {
    add(verdict, found) {
      if (isStronger(verdict.action, action)) action = verdict.action;
      for (const outcome of verdict.guardrails) {
        if (outcome.findings === 0 && !outcome.failedOpen) continue;
        const before = outcomes.get(outcome.id);
        outcomes.set(outcome.id, before ? joined(before, outcome) : outcome);
      }
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
      guardrails: [...outcomes.values()],
      findings,
      moreFindings,
      events,
      maxHoldCharacters,
    }),
  };
}

function joined(before: GuardrailOutcome, now: GuardrailOutcome): GuardrailOutcome {
  return {
    ...before,
    action: isStronger(now.action, before.action) ? now.action : before.action,
    findings: before.findings + now.findings,
    ...(now.failedOpen ? { failedOpen: true } : {}),
  };
}
