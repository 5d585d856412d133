/** Judges findings by their guardrails: what is rewritten, what blocks, and what was in force. */
import type { Document, Segment } from '../../domain/document.ts';
import type { Finding } from '../../domain/finding.ts';
import {
  isStronger,
  type Action,
  type Guardrail,
  type GuardrailOutcome,
  type Verdict,
} from '../../domain/guardrail.ts';
import { Refusal } from '../../domain/refusal.ts';
import { mergeEdits, type ProposedEdit } from './merge-edits.ts';
import type { ScanFailure } from './scan-failure.ts';

const FAULTS: Readonly<Record<Exclude<ScanFailure['fault'], 'too_many'>, string>> = {
  threw: 'failed',
  timed_out: 'did not end in time',
  nonsense: 'answered nonsense',
};

/** What most requests get, made once for each set of guardrails. */
const clean = new WeakMap<readonly Guardrail[], Verdict>();

export function judge(
  guardrails: readonly Guardrail[],
  document: Document,
  findings: readonly Finding[],
  failures: readonly ScanFailure[],
): Verdict {
  if (findings.length === 0 && failures.length === 0) return cleanVerdict(guardrails);
  const cases = new Map(guardrails.map((guardrail) => [guardrail.id, openCase(guardrail)]));
  const caseOf = (id: string): Case => {
    const found = cases.get(id);
    if (!found) throw new Error(`a finding or failure of guardrail ${id}, which is not in force`);
    return found;
  };
  const segments = new Map(
    findings.length === 0 ? [] : document.segments.map((segment) => [segment.pointer, segment]),
  );
  for (const { guardrail, fault } of failures) fail(caseOf(guardrail.id), fault);
  const edits: ProposedEdit[] = [];
  for (const finding of findings)
    weigh(finding, caseOf(finding.guardrail), segments.get(finding.pointer), edits);
  return conclude([...cases.values()], edits);
}

/** What one guardrail found and did. */
interface Case {
  readonly guardrail: Guardrail;
  findings: number;
  action: Action;
  /** In place of `action`, where the guardrail only watches. */
  would: Action;
  failedOpen: boolean;
}

const openCase = (guardrail: Guardrail): Case => ({
  guardrail,
  findings: 0,
  action: 'allow',
  would: 'allow',
  failedOpen: false,
});

/** @throws Refusal `scanner_failed`, `too_many_findings` unless the guardrail says in writing that the text may pass */
function fail(of: Case, fault: ScanFailure['fault']): void {
  const { id, onError, isShadow } = of.guardrail;
  if (onError !== 'allow' && !isShadow) throw failure(id, fault);
  of.failedOpen = true;
}

function failure(id: string, fault: ScanFailure['fault']): Refusal {
  if (fault === 'too_many') return new Refusal('too_many_findings', undefined, { guardrail: id });
  return new Refusal('scanner_failed', `the scanner of guardrail ${id} ${FAULTS[fault]}`, { guardrail: id });
}

function weigh(finding: Finding, of: Case, segment: Segment | undefined, edits: ProposedEdit[]): void {
  const { guardrail } = of;
  // Scanning reports a scanner's nonsense as a failure; what came this far all the same is treated as one.
  if (!isSane(finding)) return fail(of, 'nonsense');
  if (!concerns(guardrail, finding, segment)) return;
  of.findings++;
  const action = isEdit(guardrail.action) && !segment?.editable ? 'block' : guardrail.action;
  if (guardrail.isShadow) {
    if (isStronger(action, of.would)) of.would = action;
    return;
  }
  if (isStronger(action, of.action)) of.action = action;
  if (isEdit(action))
    edits.push({
      pointer: finding.pointer,
      start: finding.start,
      end: finding.end,
      action,
      kind: finding.kind,
    });
}

function isEdit(action: Action): action is ProposedEdit['action'] {
  return action === 'redact' || action === 'mask' || action === 'pseudonymize';
}

function isSane({ start, end, confidence }: Finding): boolean {
  return (
    Number.isSafeInteger(start) &&
    Number.isSafeInteger(end) &&
    start >= 0 &&
    end > start &&
    confidence >= 0 &&
    confidence <= 1
  );
}

function concerns(
  { minConfidence, kinds, channels }: Guardrail,
  { confidence, kind }: Finding,
  segment: Segment | undefined,
): boolean {
  return (
    confidence >= minConfidence &&
    (kinds.length === 0 || kinds.includes(kind)) &&
    (channels.length === 0 || segment === undefined || channels.includes(segment.channel))
  );
}

function conclude(cases: readonly Case[], edits: readonly ProposedEdit[]): Verdict {
  let action: Action = 'allow';
  for (const each of cases) if (isStronger(each.action, action)) action = each.action;
  const blockedBy = cases.find((each) => each.action === 'block')?.guardrail;
  return {
    action,
    edits: mergeEdits(edits),
    guardrails: cases.map(outcomeOf),
    ...(blockedBy ? { blockedBy } : {}),
  };
}

function outcomeOf({
  guardrail: { id, version },
  action,
  would,
  findings,
  failedOpen,
}: Case): GuardrailOutcome {
  return {
    id,
    version,
    action,
    findings,
    ...(failedOpen ? { failedOpen } : {}),
    ...(would === 'allow' ? {} : { would }),
  };
}

function cleanVerdict(guardrails: readonly Guardrail[]): Verdict {
  let verdict = clean.get(guardrails);
  if (!verdict) {
    verdict = {
      action: 'allow',
      edits: [],
      guardrails: guardrails.map((guardrail) => outcomeOf(openCase(guardrail))),
    };
    clean.set(guardrails, verdict);
  }
  return verdict;
}
