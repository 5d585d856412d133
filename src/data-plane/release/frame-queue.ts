/** Frames that wait, whole and in order, until their texts may leave; frames of different windows do not wait for each other. */
import { withValues, type Json } from '../../base/json.ts';
import { formatSse } from '../../base/sse.ts';
import type { Span } from '../../domain/finding.ts';
import type { WireFrame } from '../../modules/inference/provider.ts';
import type { ReleaseWindow } from './release-window.ts';

/** One text of a frame: its window, and where in the window it stands. */
export interface FramePiece extends Span {
  readonly window: ReleaseWindow;
  /** JSON pointer into the frame. */
  readonly pointer: string;
}

export interface ReleasedFrame {
  readonly frame: WireFrame;
  /** Whether it differs from the frame that came. */
  readonly edited: boolean;
}

export interface FrameQueue {
  /** A frame without texts waits for all before it, and all after it wait for it. */
  add(frame: WireFrame, pieces: readonly FramePiece[]): void;
  /** Frames that may leave now. */
  release(): readonly ReleasedFrame[];
}

interface Queued {
  readonly frame: WireFrame;
  readonly pieces: readonly FramePiece[];
}

export function createFrameQueue(): FrameQueue {
  let queue: Queued[] = [];
  return {
    add(frame, pieces) {
      queue.push({ frame, pieces });
    },
    release() {
      const released: ReleasedFrame[] = [];
      const waiting: Queued[] = [];
      const held = new Set<ReleaseWindow>();
      for (const [index, queued] of queue.entries()) {
        const isBarrier = queued.pieces.length === 0;
        if (isBarrier && waiting.length > 0) {
          waiting.push(...queue.slice(index));
          break;
        }
        if (isBarrier || queued.pieces.every(({ window, end }) => !held.has(window) && end <= window.cleared))
          released.push(leave(queued));
        else {
          waiting.push(queued);
          for (const { window } of queued.pieces) held.add(window);
        }
      }
      queue = waiting;
      return released;
    },
  };
}

function leave({ frame, pieces }: Queued): ReleasedFrame {
  let values: Map<string, Json> | undefined;
  for (const piece of pieces) {
    const text = piece.window.rewritten(piece);
    if (text !== undefined) (values ??= new Map()).set(piece.pointer, text);
  }
  for (const { window, end } of pieces) window.forget(end);
  if (values === undefined || frame.json === undefined) return { frame, edited: false };
  const json = withValues(frame.json, values);
  return { frame: { ...frame, json, bytes: framed(json, frame) }, edited: true };
}

const OPENING_BRACE = 0x7b;
const OPENING_BRACKET = 0x5b;

/** In the framing it came in: a bare JSON text, or an event of a stream. */
function framed(json: Json, { name, bytes }: WireFrame): Buffer {
  const text = JSON.stringify(json);
  const firstByte = bytes.find((byte) => byte > 0x20);
  if (firstByte === OPENING_BRACE || firstByte === OPENING_BRACKET) return Buffer.from(text);
  return Buffer.from(formatSse(text, name === 'message' ? undefined : name));
}
