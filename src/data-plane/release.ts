/** The gate between a provider's frames and the client: a frame leaves once every text in it is decided, and edited. */
import type { Document, Segment } from '../domain/document.ts';
import type { Edit, Guardrail } from '../domain/guardrail.ts';
import type { FrameReading, FrameText, WireFrame } from '../modules/inference/provider.ts';
import type { Policy } from '../modules/policy/policy.ts';
import type { Privacy, StandIns } from '../modules/privacy/privacy.ts';
import type { Scanning, StreamProgress, WindowProgress } from '../modules/scanning/scanning.ts';
import { createFrameQueue, type ReleasedFrame } from './release/frame-queue.ts';
import { createReleaseSummary, type ReleaseSummary } from './release/release-summary.ts';
import { createReleaseWindow, type ReleaseWindow } from './release/release-window.ts';

export type { ReleaseSummary } from './release/release-summary.ts';

export interface ReleaseDependencies {
  readonly scanning: Pick<Scanning, 'openStream'>;
  readonly policy: Pick<Policy, 'judge'>;
  readonly privacy: Pick<Privacy, 'replacement'>;
}

export interface ReleasePlan {
  /** Those of the response direction. */
  readonly guardrails: readonly Guardrail[];
  readonly standIns: StandIns;
  readonly reidentify: boolean;
  /** The pseudonymisation domain. */
  readonly domain: string;
}

export interface ReleaseStep {
  /** Cleared by this step, in the order in which they may leave. */
  readonly frames: readonly ReleasedFrame[];
  /** Set when a guardrail blocks: no character at or after what it blocks was or will be released. */
  readonly blockedBy?: Guardrail;
}

/** Each call MUST be waited for before the next. After a block or an error, nothing is released any more. */
export interface Release {
  /** @throws Refusal scanner_failed, stream_window_exceeded */
  push(frame: WireFrame, reading: FrameReading): ReleaseStep | Promise<ReleaseStep>;
  /** The body has ended: everything that is held is decided. */
  finish(): ReleaseStep | Promise<ReleaseStep>;
  summary(): ReleaseSummary;
}

const NOTHING: ReleaseStep = { frames: [] };

/** Where nothing is looked for and nothing restored, frames pass as they come. */
export function createRelease(dependencies: ReleaseDependencies, plan: ReleasePlan): Release {
  const summary = createReleaseSummary(plan.guardrails);
  if (plan.guardrails.length > 0 || plan.standIns.size > 0)
    return createScanningRelease(dependencies, plan, summary);
  return {
    push: (frame) => ({ frames: [{ frame, edited: false }] }),
    finish: () => NOTHING,
    summary: summary.read,
  };
}

function createScanningRelease(
  { scanning, policy, privacy }: ReleaseDependencies,
  plan: ReleasePlan,
  summary: ReturnType<typeof createReleaseSummary>,
): Release {
  const { guardrails, standIns, reidentify, domain } = plan;
  const scan = scanning.openStream('response', guardrails);
  const queue = createFrameQueue();
  const windows = new Map<string, ReleaseWindow>();
  const settings = {
    standIns: standIns.size > 0 ? standIns : null,
    reidentify,
    replacement: (edit: Edit, text: string) => privacy.replacement(edit, text, domain),
    onInvented: (count: number) => summary.event('stand_in_invented', count),
  };
  let closed = false;

  /** Adds the frame's texts to their windows, and the frame to the queue. */
  const take = (frame: WireFrame, texts: readonly FrameText[]): void => {
    queue.add(
      frame,
      texts.map((text) => {
        let window = windows.get(text.window);
        if (!window) windows.set(text.window, (window = createReleaseWindow(text, settings)));
        return { window, pointer: text.pointer, ...window.add(text) };
      }),
    );
  };

  const advance = (
    { windows: progress, failures }: StreamProgress,
    ends: FrameReading['ends'],
  ): ReleaseStep => {
    const findings = progress.flatMap((each) => each.findings);
    const verdict = policy.judge(guardrails, documentOf(progress, windows), findings, failures);
    summary.add(verdict, findings);
    for (const { window, settled } of progress)
      windows.get(window)?.settle(settled, ends === 'all' || ends.includes(window));
    for (const edit of verdict.edits) windows.get(edit.pointer)?.edit(edit);
    // Nothing at or after what blocks may leave; that a finding beside it did not block is not worth telling apart.
    if (verdict.blockedBy) for (const { pointer, start } of findings) windows.get(pointer)?.stopAt(start);
    const frames = queue.release();
    for (const ended of ends === 'all' ? [...windows.keys()] : ends) windows.delete(ended);
    if (!verdict.blockedBy) return { frames };
    closed = true;
    return { frames, blockedBy: verdict.blockedBy };
  };

  const step = (
    texts: readonly FrameText[],
    ends: FrameReading['ends'],
  ): ReleaseStep | Promise<ReleaseStep> => {
    // Whatever is thrown from here on, what is held stays held.
    closed = true;
    const done = (progress: StreamProgress): ReleaseStep => {
      closed = false;
      try {
        return advance(progress, ends);
      } catch (error) {
        closed = true;
        throw error;
      }
    };
    const progress = scan.push(texts, ends);
    return progress instanceof Promise ? progress.then(done) : done(progress);
  };

  return {
    push(frame, { texts, ends }) {
      if (closed) return NOTHING;
      take(frame, texts);
      return step(texts, ends);
    },
    finish: () => (closed ? NOTHING : step([], 'all')),
    summary: summary.read,
  };
}

/** What policy needs to know of the windows that have progressed: where they stand, and whether they can be edited. */
function documentOf(
  progress: readonly WindowProgress[],
  windows: ReadonlyMap<string, ReleaseWindow>,
): Document {
  const segments: Segment[] = [];
  for (const { window, findings } of progress) {
    const segment = findings.length > 0 ? windows.get(window)?.segment() : undefined;
    if (segment) segments.push(segment);
  }
  return { direction: 'response', segments };
}
