/** Gathers a topic's hits within a passage, until they weigh enough to be told. */
import type { Sighting } from '../../modules/scanning/scanner.ts';
import type { Hit, PhraseList } from './phrase-list.ts';

export interface GatheringRule {
  readonly kind: string;
  /** What the different phrases of a passage must weigh together. */
  readonly minScore: number;
  /** What ends a passage. MUST take a bounded number of characters. */
  readonly boundary: RegExp;
  /** Characters from the first hit to the start of the last that may count together. */
  readonly span: number;
}

/** What lies open: hits that still wait for others, oldest first. A hit tells its phrase once, however often it stands there. */
interface Gathering {
  hits: Hit[];
  /** Hits before this one are too far away by now. */
  first: number;
  readonly counts: Map<number, number>;
  score: number;
}

export interface Gathered {
  readonly sightings: readonly Sighting[];
  /** The first hit that may still become part of a sighting with what starts at or after `until`; undefined where none does. */
  readonly waiting: Hit | undefined;
}

/** Looks at the hits that start in `from` … `until`. What was told by a hit does not depend on text after it. */
export function gather(
  list: PhraseList,
  rule: GatheringRule,
  text: string,
  from: number,
  until: number,
): Gathered {
  const sightings: Sighting[] = [];
  const open: Gathering = { hits: [], first: 0, counts: new Map(), score: 0 };
  let told = from;
  for (const hit of list.hits(text, from)) {
    if (hit.start >= until) break;
    if (hit.start < told) continue;
    leaveBehind(open, rule, text, hit.start);
    add(open, hit);
    if (open.score < rule.minScore) continue;
    const sighting = spanOf(open, rule.kind);
    sightings.push(sighting);
    told = sighting.end;
    clear(open);
  }
  leaveBehind(open, rule, text, Math.min(until, text.length));
  return { sightings, waiting: open.hits[open.first] };
}

/** Lets go of hits that do not count together with one that starts at `next`. */
function leaveBehind(open: Gathering, { boundary, span }: GatheringRule, text: string, next: number): void {
  const last = open.hits.at(-1);
  if (!last) return;
  if (next - last.start >= span || boundary.test(text.slice(last.end, Math.max(last.end, next)))) {
    clear(open);
    return;
  }
  for (let hit = open.hits[open.first]; hit && next - hit.start >= span; hit = open.hits[++open.first]) {
    const count = (open.counts.get(hit.phrase) ?? 1) - 1;
    open.counts.set(hit.phrase, count);
    if (count === 0) open.score -= hit.weight;
  }
  if (open.first > 1_000) {
    open.hits = open.hits.slice(open.first);
    open.first = 0;
  }
}

function add(open: Gathering, hit: Hit): void {
  const count = (open.counts.get(hit.phrase) ?? 0) + 1;
  open.counts.set(hit.phrase, count);
  open.hits.push(hit);
  if (count === 1) open.score += hit.weight;
}

function clear(open: Gathering): void {
  open.hits = [];
  open.first = 0;
  open.counts.clear();
  open.score = 0;
}

function spanOf({ hits, first }: Gathering, kind: string): Sighting {
  const counted = hits.slice(first);
  const start = counted[0]?.start ?? 0;
  const end = counted.reduce((latest, hit) => Math.max(latest, hit.end), start);
  return { start, end, kind, confidence: 1 };
}
