/** Has policy judge what scanning saw in an answer, and tells what that means for each of its texts. */
import type { Document, Segment } from '../../domain/document.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Edit, Guardrail } from '../../domain/guardrail.ts';
import type { Policy } from '../../modules/policy/policy.ts';
import type { StreamProgress } from '../../modules/scanning/scanning.ts';
import type { ReleaseWindow } from './release-window.ts';
import type { ReleaseSummaryBuilder } from './release-summary.ts';

export interface Judged {
  readonly edits: readonly Edit[];
  /** Set where a guardrail blocks: by window, the offset at which the text that it blocks begins. */
  readonly blocked: { readonly by: Guardrail; readonly starts: ReadonlyMap<string, number> } | null;
}

const CLEAN: Judged = { edits: [], blocked: null };

/** @throws Refusal `scanner_failed` */
export function judgeProgress(
  policy: Pick<Policy, 'judge'>,
  guardrails: readonly Guardrail[],
  { windows: progress, failures }: StreamProgress,
  windows: ReadonlyMap<string, ReleaseWindow>,
  summary: ReleaseSummaryBuilder,
): Judged {
  if (failures.length === 0 && progress.every(({ findings }) => findings.length === 0)) return CLEAN;
  const found = progress.flatMap(({ findings }) => findings);
  const { free, fixed } = byEditability(found, windows);
  const edits: Edit[] = [];
  const starts = new Map<string, number>();
  let by: Guardrail | undefined;
  for (const { findings, faults, editable } of [
    { findings: free, faults: failures, editable: true },
    { findings: fixed, faults: [], editable: false },
  ]) {
    if (findings.length === 0 && faults.length === 0) continue;
    const verdict = policy.judge(guardrails, documentOf(findings, windows, editable), findings, faults);
    summary.add(verdict, findings);
    edits.push(...verdict.edits);
    if (!verdict.blockedBy) continue;
    by ??= verdict.blockedBy;
    addStarts(starts, findings, guardrails, editable);
  }
  return { edits, blocked: by ? { by, starts } : null };
}

/** Findings that overlap, directly or through others, are judged together: as fixed if one of them touches fixed text. */
function byEditability(
  findings: readonly Finding[],
  windows: ReadonlyMap<string, ReleaseWindow>,
): { free: readonly Finding[]; fixed: readonly Finding[] } {
  const isFixed = ({ pointer, start, end }: Finding): boolean =>
    windows.get(pointer)?.isFixed(start, end) ?? true;
  if (!findings.some(isFixed)) return { free: findings, fixed: [] };
  const free: Finding[] = [];
  const fixed: Finding[] = [];
  for (const cluster of clustersOf(findings)) (cluster.some(isFixed) ? fixed : free).push(...cluster);
  return { free, fixed };
}

function clustersOf(findings: readonly Finding[]): Finding[][] {
  const clusters: Finding[][] = [];
  let end = 0;
  for (const finding of findings.toSorted(
    (a, b) => (a.pointer < b.pointer ? -1 : Number(a.pointer > b.pointer)) || a.start - b.start,
  )) {
    const last = clusters.at(-1);
    if (last && last[0]?.pointer === finding.pointer && finding.start < end) last.push(finding);
    else {
      clusters.push([finding]);
      end = 0;
    }
    end = Math.max(end, finding.end);
  }
  return clusters;
}

/** The texts themselves are not part of it: what is judged is where findings stand. */
function documentOf(
  findings: readonly Finding[],
  windows: ReadonlyMap<string, ReleaseWindow>,
  editable: boolean,
): Document {
  const segments: Segment[] = [];
  for (const name of new Set(findings.map(({ pointer }) => pointer))) {
    const place = windows.get(name)?.place;
    if (place) segments.push({ pointer: name, ...place, text: '', editable });
  }
  return { direction: 'response', segments };
}

/** Where each window's first finding of a guardrail that blocks begins; in fixed text, of one that would edit too. */
function addStarts(
  starts: Map<string, number>,
  findings: readonly Finding[],
  guardrails: readonly Guardrail[],
  editable: boolean,
): void {
  const blocking = new Set<string>();
  for (const { id, action, isShadow } of guardrails) {
    if (isShadow) continue;
    if (action === 'block' || (!editable && action !== 'allow' && action !== 'flag')) blocking.add(id);
  }
  for (const { guardrail, pointer, start } of findings) {
    if (blocking.has(guardrail)) starts.set(pointer, Math.min(start, starts.get(pointer) ?? Infinity));
  }
}
