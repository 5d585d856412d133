/**
 * Where in a text as it is shown something was found. Findings stand at offsets of the text as it was scanned; what took the
 * place of one has another length, and moves all that follows.
 */
import type { Highlight } from '../../kit/inert-text.tsx';

export interface Found {
  readonly kind: string;
  readonly guardrail: string;
  /** UTF-16 offsets in the text as it was scanned. */
  readonly start: number;
  readonly end: number;
  /** What its guardrail did: `flag`, `redact`, …. */
  readonly action: string;
}

export interface FoundPlaces {
  readonly highlights: readonly Highlight[];
  /** How many findings cannot be shown: they are beyond the text, or where they stand is not known. */
  readonly unplaced: number;
}

interface Placing {
  /** What was scanned may be what is shown, with nothing in place of anything: a request that was captured in full. */
  readonly mayBeOriginal: boolean;
  /** From here on, other things moved the text that nothing tells of. */
  readonly until?: number;
  readonly wordOf: (found: Found) => string;
}

const REWRITING = ['redact', 'mask', 'pseudonymize'];

export function placesOf(
  text: string,
  found: readonly Found[],
  { mayBeOriginal, until = text.length, wordOf }: Placing,
): FoundPlaces {
  const highlights: Highlight[] = [];
  let [shift, unplaced, isLost] = [0, 0, false];
  const mark = (each: Found, from: number, to: number): void => {
    if (from >= 0 && to > from && to <= until)
      highlights.push({ from, to, label: wordOf(each), tone: toneOf(each.action) });
    else unplaced++;
  };
  for (const cluster of clustersOf(found)) {
    const [start, end] = [cluster.start + shift, cluster.end + shift];
    const edit = isLost ? undefined : cluster.found.find(({ action }) => REWRITING.includes(action));
    const length = edit && lengthInPlace(text, start, end - start, edit);
    if (edit && length === undefined && !(mayBeOriginal && shift === 0)) isLost = true;
    if (isLost) unplaced += cluster.found.length;
    else if (edit && length !== undefined) {
      for (const each of cluster.found) mark(each, start, start + length);
      shift += length - (end - start);
    } else for (const each of cluster.found) mark(each, each.start + shift, each.end + shift);
  }
  return { highlights, unplaced };
}

function toneOf(action: string): NonNullable<Highlight['tone']> {
  if (action === 'block') return 'bad';
  return REWRITING.includes(action) ? 'note' : 'warn';
}

interface Cluster {
  readonly found: readonly Found[];
  readonly start: number;
  readonly end: number;
}

/** Findings that overlap were rewritten together. */
function clustersOf(found: readonly Found[]): readonly Cluster[] {
  const clusters: { found: Found[]; start: number; end: number }[] = [];
  for (const each of found.toSorted((one, other) => one.start - other.start)) {
    const open = clusters.at(-1);
    if (open && each.start < open.end) {
      open.found.push(each);
      open.end = Math.max(open.end, each.end);
    } else clusters.push({ found: [each], start: each.start, end: each.end });
  }
  return clusters;
}

const REDACTED = /\[REDACTED:[A-Z0-9_.-]{1,80}\]/iy;
const STAND_IN = /<[A-Z][A-Z0-9_]{0,80}_[a-z0-9]{10}>/y;

/** How long what stands there in place of so many characters is; undefined where it is nothing that could. */
function lengthInPlace(text: string, at: number, width: number, { action }: Found): number | undefined {
  if (action === 'mask') return text.slice(at, at + width).includes('*') ? width : undefined;
  const pattern = action === 'redact' ? REDACTED : STAND_IN;
  pattern.lastIndex = Math.max(0, at);
  return pattern.exec(text)?.[0].length;
}
