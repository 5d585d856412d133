/** Frames that wait for their texts to be decided, in the order in which they came. */
import type { WireFrame } from '../../modules/inference/provider.ts';
import type { ReleaseWindow } from './release-window.ts';

/** A text of a frame, and where it stands in its window. */
export interface Piece {
  readonly window: ReleaseWindow;
  readonly start: number;
  readonly end: number;
  readonly pointer: string;
  readonly text: string;
}

export interface QueuedFrame {
  readonly frame: WireFrame;
  /** Empty for a frame that others neither overtake nor are overtaken by. */
  readonly pieces: readonly Piece[];
}

export interface FrameQueue {
  length(): number;
  add(frame: QueuedFrame): void;
  /** The place of the first frame with text of this window behind an offset; the queue's length where there is none. */
  firstBehind(window: ReleaseWindow, offset: number): number;
  /**
   * Takes out, of the first `upTo` frames, those that may go: all their texts are decided, and no earlier frame of one of
   * their windows still waits. A frame without texts waits for all before it, and all behind it wait for it.
   */
  take(upTo: number): QueuedFrame[];
  clear(): void;
}

export function createFrameQueue(): FrameQueue {
  let frames: QueuedFrame[] = [];
  return {
    length: () => frames.length,
    add: (frame) => void frames.push(frame),
    firstBehind(window, offset) {
      const place = frames.findIndex(({ pieces }) =>
        pieces.some((piece) => piece.window === window && piece.end > offset),
      );
      return place < 0 ? frames.length : place;
    },
    take(upTo) {
      const free = whatMayGo(frames, upTo);
      if (free.length === frames.length) frames = [];
      else if (free.length > 0) {
        const gone = new Set(free);
        frames = frames.filter((frame) => !gone.has(frame));
      }
      return free;
    },
    clear() {
      frames = [];
    },
  };
}

function whatMayGo(frames: readonly QueuedFrame[], upTo: number): QueuedFrame[] {
  const free: QueuedFrame[] = [];
  let waiting: Set<ReleaseWindow> | null = null;
  for (let place = 0; place < upTo; place++) {
    const queued = frames[place];
    if (!queued) break;
    const { pieces } = queued;
    if (pieces.length === 0) {
      if (waiting) break;
      free.push(queued);
    } else if (pieces.every(({ window, end }) => end <= window.settled() && !waiting?.has(window)))
      free.push(queued);
    else {
      waiting ??= new Set();
      for (const { window } of pieces) waiting.add(window);
    }
  }
  return free;
}
