/** One growing text of an answer: how far each scanner has decided it, and what they saw. */
import { createJsonText, type JsonText } from '../../base/json-text.ts';
import type { Finding } from '../../domain/finding.ts';
import { Refusal } from '../../domain/refusal.ts';
import { createFindingChains } from './finding-chains.ts';
import { placeFor } from './inquiring.ts';
import { addFindings, type Lineup, type Post } from './lineup.ts';
import { look, settledBy, type Fault, type Look } from './look.ts';
import type { Follower, Inquirer, Scanner, TextPlace } from './scanner.ts';
import type { Origin } from './origin.ts';
import type { WindowProgress, WindowText } from './scan-report.ts';

/** Characters that one window may hold back undecided. */
const MAX_HELD = 65_536;
/** Decided text that is kept before it is cut off, so that cutting is rare. */
const SLACK = 1_024;

/** A post in one window. */
interface Watch {
  readonly post: Post;
  readonly place: TextPlace;
  /** What the post's scanner remembers of this text, or the scanner itself. */
  follower: Follower;
  /** Text before this offset is decided for it. */
  from: number;
}

/** What the windows of one answer have in common. */
export interface Oversight {
  readonly origin: Origin;
  /** Scanners that hung once: they are not waited for again and again, their guardrails have failed for this answer. */
  readonly hung: Set<Scanner>;
  readonly inquirer: Inquirer | undefined;
  /** Of what was found in the answer so far. */
  readonly labels: () => ReadonlySet<string>;
  onFault(post: Post, fault: Fault): void;
  /** Whether so many sightings are still believed. */
  onSightings(count: number): boolean;
  /** Told of findings where somebody may ask for their labels. */
  onFindings?(findings: readonly Finding[]): void;
}

export interface ScanWindow {
  add(raw: string): void;
  /** Looks at what is new; a promise only where a scanner answers with one. MUST be waited for before the next call. */
  advance(isEnd: boolean): WindowProgress | Promise<WindowProgress>;
}

/** Offsets are into the unescaped text from the window's beginning, until they are reported. */
export function createScanWindow(first: WindowText, lineup: Lineup, oversight: Oversight): ScanWindow {
  const place: TextPlace = { ...oversight.origin, role: first.role, channel: first.channel };
  const posts = lineup(first.channel).filter(({ scanner }) => mayLookAt(scanner, place));
  const watches: readonly Watch[] = posts.map((post) => ({
    post,
    place: placeFor(post, place, oversight.inquirer, oversight.labels),
    follower: followerOf(post.scanner),
    from: 0,
  }));
  // Those who ask models look last, so that policy knows what the others have found.
  const asking = watches.filter(({ post }) => post.reaches === 'models');
  const others = asking.length === 0 ? watches : watches.filter(({ post }) => post.reaches !== 'models');
  const reach = Math.max(1, ...watches.map(({ post }) => post.scanner.reach));
  const json: JsonText | null = first.encoding === 'json' ? createJsonText() : null;
  const rawOffset = (at: number): number => (json ? json.rawOffset(at) : at);
  let text = '';
  /** Offset of the first character of `text`. */
  let base = 0;
  let waiting: Finding[] = [];
  const chains = createFindingChains();
  /** Up to where findings were reported. */
  let reported = 0;

  function step(watch: Watch, seen: string, isEnd: boolean): Promise<void> | undefined {
    const { post, place: at } = watch;
    const origin = base;
    const from = watch.from - origin;
    const settled =
      isEnd || oversight.hung.has(post.scanner) ? seen.length : settledBy(watch.follower, seen, from, at);
    if (typeof settled === 'string') {
      oversight.onFault(post, settled);
      watch.from = base + seen.length;
      watch.follower = post.scanner;
      return undefined;
    }
    if (settled === from) return undefined;
    if (oversight.hung.has(post.scanner)) {
      watch.from = base + settled;
      return undefined;
    }
    const looked = look(watch.follower, post.kinds, post.timeoutMs, {
      text: seen,
      from,
      place: at,
      until: isEnd ? Infinity : settled,
    });
    watch.from = base + settled;
    if (looked instanceof Promise) return looked.then((late) => take(late, post, origin));
    take(looked, post, origin);
    return undefined;
  }

  function stepAll(some: readonly Watch[], seen: string, isEnd: boolean): Promise<unknown> | undefined {
    let late: Promise<void>[] | null = null;
    // Whoever held the text back goes first: as long as it does, the others could release nothing.
    const holder = isEnd || asking.length > 0 ? undefined : holderOf(some);
    let held = Infinity;
    for (const watch of holder ? [holder, ...some] : some) {
      if (holder && watch.from >= held) continue;
      const waitFor = step(watch, seen, isEnd);
      if (waitFor) (late ??= []).push(waitFor);
      if (holder) held = Math.min(held, watch.from);
    }
    return late ? Promise.all(late) : undefined;
  }

  function take(looked: Look, post: Post, at: number): void {
    if (typeof looked === 'string') return oversight.onFault(post, looked);
    if (looked.length === 0) return;
    if (!oversight.onSightings(looked.length)) return oversight.onFault(post, 'too_many');
    const found: Finding[] = [];
    for (const sighting of looked)
      addFindings(found, post, sighting, first.window, at + sighting.start, at + sighting.end);
    for (const finding of found) {
      waiting.push(finding);
      chains.add(finding);
    }
    oversight.onFindings?.(found);
  }

  function conclude(seen: string): WindowProgress {
    let decided = base + seen.length;
    for (const { from } of watches) decided = Math.min(decided, from);
    const settled = chains.uncut(decided);
    if (base + text.length - settled > MAX_HELD) throw new Refusal('stream_window_exceeded');
    const findings = settled === reported ? [] : report(settled);
    // Text that only a finding holds back is not looked at again: the scanners are past it.
    const cut = decided - reach - base;
    if (cut > SLACK) {
      text = text.slice(cut);
      base += cut;
    }
    const progress = { window: first.window, settled: rawOffset(settled), findings };
    json?.forget(settled);
    return progress;
  }

  function report(settled: number): readonly Finding[] {
    reported = settled;
    if (waiting.length === 0) return [];
    const told = waiting.filter(({ end }) => end <= settled);
    if (told.length > 0) waiting = waiting.filter(({ end }) => end > settled);
    if (told.length > 1) told.sort((a, b) => a.start - b.start || a.end - b.end);
    return json
      ? told.map((finding) => ({ ...finding, start: rawOffset(finding.start), end: rawOffset(finding.end) }))
      : told;
  }

  return {
    add(raw) {
      text += json ? json.push(raw) : raw;
    },
    advance(isEnd) {
      if (isEnd && json) text += json.finish();
      // Half of a surrogate pair means nothing yet.
      const seen = !isEnd && endsInHalfPair(text) ? text.slice(0, -1) : text;
      const before = stepAll(others, seen, isEnd);
      if (asking.length === 0) return before ? before.then(() => conclude(seen)) : conclude(seen);
      const last = before ? before.then(() => stepAll(asking, seen, isEnd)) : stepAll(asking, seen, isEnd);
      return last ? last.then(() => conclude(seen)) : conclude(seen);
    },
  };
}

/** A scanner that cannot begin fails as it would when it looks. */
function followerOf(scanner: Scanner): Follower {
  try {
    return scanner.follow?.() ?? scanner;
  } catch {
    return scanner;
  }
}

/** A scanner that cannot say is asked. */
function mayLookAt(scanner: Scanner, place: TextPlace): boolean {
  try {
    return scanner.looksAt?.(place) !== false;
  } catch {
    return true;
  }
}

/** The one that has decided least; undefined where there is none. */
function holderOf(watches: readonly Watch[]): Watch | undefined {
  let holder = watches[0];
  for (const watch of watches) if (watch.from < (holder?.from ?? 0)) holder = watch;
  return holder;
}

function endsInHalfPair(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff;
}
