/** Joins overlapping edits of one text into one, so that no two of them rewrite the same character. */
import { isStronger, type Edit } from '../../domain/guardrail.ts';

export type ProposedEdit = Edit;

/**
 * Edits that share a character become one over all their spans, under the strongest action. Its kind is that of the
 * strongest, and among equals of the longest. The result is sorted by pointer and start, and no edit overlaps another.
 */
export function mergeEdits(edits: readonly ProposedEdit[]): readonly Edit[] {
  if (edits.length < 2) return edits;
  const merged: Edit[] = [];
  let leading: Edit | undefined;
  for (const edit of edits.toSorted(byPlace)) {
    const last = merged.at(-1);
    if (!last || !leading || last.pointer !== edit.pointer || edit.start >= last.end) {
      merged.push(edit);
      leading = edit;
      continue;
    }
    if (leads(edit, leading)) leading = edit;
    merged[merged.length - 1] = { ...leading, start: last.start, end: Math.max(last.end, edit.end) };
  }
  return merged;
}

function leads(edit: Edit, over: Edit): boolean {
  if (edit.action !== over.action) return isStronger(edit.action, over.action);
  return edit.end - edit.start > over.end - over.start;
}

/** Complete, so that the order in which scanners report makes no difference. */
function byPlace(a: Edit, b: Edit): number {
  if (a.pointer !== b.pointer) return a.pointer < b.pointer ? -1 : 1;
  if (a.start !== b.start) return a.start - b.start;
  if (a.end !== b.end) return b.end - a.end;
  if (a.action !== b.action) return isStronger(a.action, b.action) ? -1 : 1;
  return a.kind < b.kind ? -1 : Number(a.kind > b.kind);
}
