/** The gate between a provider's answer and the client: nothing passes that is not decided. */
import type { Briefing } from '../domain/document.ts';
import type { Guardrail } from '../domain/guardrail.ts';
import type { FrameReading, WireFrame } from '../modules/inference/provider.ts';
import type { Policy } from '../modules/policy/policy.ts';
import type { Marker, Privacy, StandIns } from '../modules/privacy/privacy.ts';
import type { Inquirer } from '../modules/scanning/scanner.ts';
import type { Scanning, StreamProgress, StreamScan } from '../modules/scanning/scanning.ts';
import { createFrameQueue, type Piece } from './release/frame-queue.ts';
import type { Named } from './concerned.ts';
import { judgeProgress } from './release/judge-progress.ts';
import { nameAll } from './release/name-all.ts';
import { createReleaseWindow, type ReleaseWindow, type Rewriting } from './release/release-window.ts';
import { withoutMarker } from './release/without-marker.ts';
import { rewriteFrame, type ReleasedFrame } from './release/rewrite-frame.ts';
import {
  createReleaseSummary,
  type ReleaseSummary,
  type ReleaseSummaryBuilder,
} from './release/release-summary.ts';

export type { ReleaseSummary } from './release/release-summary.ts';
export type { ReleasedFrame } from './release/rewrite-frame.ts';

export interface ReleaseDependencies {
  readonly scanning: Pick<Scanning, 'openStream' | 'maxHoldCharacters'>;
  readonly policy: Pick<Policy, 'judge'>;
  readonly privacy: Pick<Privacy, 'replacement'>;
}

export interface ReleasePlan {
  /** The guardrails of the response direction. */
  readonly guardrails: readonly Guardrail[];
  /** What the request's values were replaced by; null or empty where nothing was. */
  readonly standIns: StandIns | null;
  /** Whether stand-ins are turned back into what they stand for. */
  readonly reidentify: boolean;
  /** The pseudonymisation domain. */
  readonly domain: string;
  /** What an answer's scanners may compare it with. */
  readonly briefing?: Briefing;
  /** What was added to the instructions: taken out of them where the provider tells them again. */
  readonly marker?: Marker | null;
  /** Told of each person who is found in what is released. */
  readonly onNamed?: (named: Named) => void;
  /** Whom its scanners ask through that ask somebody else. */
  readonly inquirer?: Inquirer;
}

export interface ReleaseStep {
  readonly frames: readonly ReleasedFrame[];
  /** Set once, when a guardrail blocks: the frames are what stood before the blocked text, and nothing follows. */
  readonly blockedBy?: Guardrail;
}

/**
 * Frames go out whole, each once everything in it is decided, with their bytes untouched where nothing was rewritten.
 * Frames of one window stay in order; those of windows apart may overtake one another; a frame without texts stays where
 * it is among all others. A step MUST be waited for before the next one is taken.
 */
export interface Release {
  /** @throws Refusal `scanner_failed`, `stream_window_exceeded`: nothing is released from then on */
  push(frame: WireFrame, reading: FrameReading): ReleaseStep | Promise<ReleaseStep>;
  /** The body has ended: so has every text in it. @throws Refusal as above */
  finish(): ReleaseStep | Promise<ReleaseStep>;
  /** What was found and done so far. */
  summary(): ReleaseSummary;
}

const NOTHING: ReleaseStep = { frames: [] };

export function createRelease(dependencies: ReleaseDependencies, plan: ReleasePlan): Release {
  const standIns = plan.standIns && plan.standIns.size() > 0 ? plan.standIns : null;
  const hold = plan.guardrails.length > 0 ? dependencies.scanning.maxHoldCharacters(plan.guardrails) : 0;
  const told = createReleaseSummary(plan.guardrails, Math.max(hold, standIns?.maxHold ?? 0));
  if (plan.guardrails.length === 0 && !standIns) return passThrough(told);
  const scan = plan.guardrails.length > 0 ? openScan(dependencies.scanning, plan) : null;
  return createGate(dependencies, plan, standIns, scan, told);
}

function openScan(
  scanning: ReleaseDependencies['scanning'],
  { guardrails, briefing, inquirer }: ReleasePlan,
): StreamScan {
  return scanning.openStream('response', guardrails, { ...briefing, ...(inquirer ? { inquirer } : {}) });
}

/** Nothing looks at the answer, so nothing holds it. */
function passThrough(told: ReleaseSummaryBuilder): Release {
  return {
    push: (frame) => ({ frames: [{ frame, edited: false }] }),
    finish: () => NOTHING,
    summary: () => told.read(),
  };
}

function createGate(
  { policy, privacy }: ReleaseDependencies,
  { guardrails, reidentify, domain, marker, onNamed }: ReleasePlan,
  standIns: StandIns | null,
  scan: StreamScan | null,
  told: ReleaseSummaryBuilder,
): Release {
  const queue = createFrameQueue();
  const windows = new Map<string, ReleaseWindow>();
  let isOver = false;

  const rewriting: Rewriting = {
    standIns,
    reidentify,
    replacement: (edit, text) => privacy.replacement(edit, text, domain),
    onStandIn(original) {
      if (original === null) told.event('stand_in_invented');
      else if (reidentify) told.event('stand_in_restored');
    },
  };

  function pieceOf({
    window: name,
    pointer,
    text,
    role,
    channel,
    encoding,
    editable,
  }: FrameReading['texts'][number]): Piece {
    let window = windows.get(name);
    if (!window) {
      window = createReleaseWindow(name, { role, channel, encoding }, rewriting);
      windows.set(name, window);
    }
    const start = window.add(text, editable);
    return { window, start, end: window.length(), pointer, text };
  }

  function step(reading: Pick<FrameReading, 'texts' | 'ends'>): ReleaseStep | Promise<ReleaseStep> {
    const progress = scan ? scan.push(reading.texts, reading.ends) : unscanned(reading, windows);
    return progress instanceof Promise
      ? progress.then((late) => conclude(late, reading))
      : conclude(progress, reading);
  }

  function conclude(
    progress: StreamProgress,
    { texts, ends }: Pick<FrameReading, 'texts' | 'ends'>,
  ): ReleaseStep {
    const { edits, blocked } = judgeProgress(policy, guardrails, progress, windows, told);
    if (onNamed)
      nameAll(
        progress,
        edits,
        blocked,
        windows,
        (edit, text) => privacy.replacement(edit, text, domain),
        onNamed,
      );
    // A block that names no text releases nothing.
    let upTo = blocked && blocked.starts.size === 0 ? 0 : queue.length();
    // Where no text was decided, nothing that waits can go: a long queue is not gone through for each new frame.
    let mayGo = queue.length() === 1 || texts.some(({ text }) => text === '');
    for (const { window: name, settled } of progress.windows) {
      const window = windows.get(name);
      if (!window) continue;
      const own = edits.length === 0 ? edits : edits.filter(({ pointer }) => pointer === name);
      const before = window.settled();
      window.decide(settled, own, ends === 'all' || ends.includes(name));
      mayGo ||= window.settled() > before;
      const blockedFrom = blocked?.starts.get(name);
      if (blockedFrom !== undefined) upTo = Math.min(upTo, queue.firstBehind(window, blockedFrom));
    }
    if (ends === 'all') windows.clear();
    else for (const name of ends) windows.delete(name);
    const free = mayGo ? queue.take(upTo) : [];
    const frames = free.length === 0 ? [] : free.map(rewriteFrame);
    if (!blocked) return frames.length === 0 ? NOTHING : { frames };
    isOver = true;
    queue.clear();
    return { frames, blockedBy: blocked.by };
  }

  /** After a refusal nothing may follow. */
  function guarded(work: () => ReleaseStep | Promise<ReleaseStep>): ReleaseStep | Promise<ReleaseStep> {
    if (isOver) return NOTHING;
    const giveUp = (error: unknown): never => {
      isOver = true;
      queue.clear();
      throw error;
    };
    try {
      const done = work();
      return done instanceof Promise ? done.catch(giveUp) : done;
    } catch (error) {
      return giveUp(error);
    }
  }

  return {
    push: (frame, reading) =>
      guarded(() => {
        const told = marker ? withoutMarker(marker, frame, reading) : { frame, reading };
        queue.add({ frame: told.frame, pieces: told.reading.texts.map(pieceOf) });
        return step(told.reading);
      }),
    finish: () => guarded(() => step({ texts: [], ends: 'all' })),
    summary: () => told.read(),
  };
}

/** Where only stand-ins are looked for, everything is decided as far as scanning goes. */
function unscanned(
  { texts, ends }: Pick<FrameReading, 'texts' | 'ends'>,
  windows: ReadonlyMap<string, ReleaseWindow>,
): StreamProgress {
  const names = ends === 'all' ? windows.keys() : new Set([...texts.map(({ window }) => window), ...ends]);
  const progress = [];
  for (const name of names) {
    const window = windows.get(name);
    if (window) progress.push({ window: name, settled: window.length(), findings: [] });
  }
  return { windows: progress, failures: [] };
}
