/** What was found and done on both ways, as the record and the response headers tell it. */
import type { Direction } from '../domain/document.ts';
import type { Finding } from '../domain/finding.ts';
import { isStronger, type Action, type GuardrailOutcome, type Verdict } from '../domain/guardrail.ts';
import { recordedFinding, type InteractionEntry } from '../domain/record.ts';
import type { ReleaseSummary } from './release.ts';

/** Findings that one entry lists; the rest is counted. */
const MAX_RECORDED_FINDINGS = 200;

type Judged = Pick<ReleaseSummary, 'action' | 'guardrails' | 'findings' | 'moreFindings' | 'events'>;
const NOTHING: Judged = { action: 'allow', guardrails: [], findings: [], moreFindings: 0, events: {} };

export interface Judgements {
  request(verdict: Verdict, findings: readonly Finding[]): void;
  /** A marker was added to the instructions: recorded, and told to nobody who could look for it. */
  planted(): void;
  answer(summary: ReleaseSummary): void;
  recorded(): Pick<
    InteractionEntry,
    'action' | 'guardrails' | 'quiet' | 'findings' | 'moreFindings' | 'events'
  >;
  headers(): Record<string, string>;
}

export function createJudgements(): Judgements {
  let request = NOTHING;
  let answer = NOTHING;
  const action = (): Action => (isStronger(answer.action, request.action) ? answer.action : request.action);
  return {
    request(verdict, findings) {
      request = {
        action: verdict.action,
        guardrails: verdict.guardrails,
        findings,
        moreFindings: 0,
        events: {},
      };
    },
    planted() {
      request = { ...request, events: { ...request.events, marker_planted: 1 } };
    },
    answer(summary) {
      answer = summary;
    },
    recorded() {
      const findings = [...found('request', request), ...found('response', answer)];
      return {
        action: action(),
        guardrails: [...spoke('request', request), ...spoke('response', answer)],
        quiet: { ...quiet('request', request), ...quiet('response', answer) },
        findings: findings.slice(0, MAX_RECORDED_FINDINGS),
        moreFindings: answer.moreFindings + Math.max(0, findings.length - MAX_RECORDED_FINDINGS),
        events: { ...request.events, ...answer.events, ...failedOpen(request, answer) },
      };
    },
    headers() {
      const acted = [...request.guardrails, ...answer.guardrails].filter(
        (outcome) => outcome.action !== 'allow' || outcome.failedOpen,
      );
      if (acted.length === 0) return { 'x-bartizan-verdict': action() };
      return {
        'x-bartizan-verdict': action(),
        'x-bartizan-guardrails': [...new Set(acted.map(guardrailHeader))].join(', '),
      };
    },
  };
}

function found(direction: Direction, { findings }: Judged) {
  return findings.map((finding) => recordedFinding(direction, finding));
}

function spoke(direction: Direction, { guardrails }: Judged) {
  return guardrails.filter(hasSpoken).map((outcome) => ({ ...outcome, direction }));
}

function hasSpoken({ findings, failedOpen: isOpen }: GuardrailOutcome): boolean {
  return findings > 0 || isOpen === true;
}

/** Most interactions have the same, and the list of clean outcomes is made once for each set of guardrails. */
const told = new WeakMap<readonly GuardrailOutcome[], string>();

function quiet(direction: Direction, { guardrails }: Judged): InteractionEntry['quiet'] {
  let names = told.get(guardrails);
  if (names === undefined) {
    const silent = guardrails.filter((outcome) => !hasSpoken(outcome));
    names = silent.map(({ id, version }) => `${id}@${version}`).join(' ');
    told.set(guardrails, names);
  }
  return names === '' ? {} : { [direction]: names };
}

function failedOpen(...judged: readonly Judged[]): Record<string, number> {
  const count = judged.flatMap(({ guardrails }) => guardrails).filter((outcome) => outcome.failedOpen).length;
  return count > 0 ? { failed_open: count } : {};
}

function guardrailHeader({ id, action, failedOpen: isOpen }: GuardrailOutcome): string {
  return isOpen ? `${id};failed-open` : `${id};${action}`;
}
