/** Writes a frame anew where something takes the place of its text; any other frame stays as it came, byte for byte. */
import { type Json, withValues } from '../../base/json.ts';
import type { WireFrame } from '../../modules/inference/provider.ts';
import type { Piece, QueuedFrame } from './frame-queue.ts';
import type { Replacement } from './release-window.ts';

export interface ReleasedFrame {
  readonly frame: WireFrame;
  readonly edited: boolean;
  /** The payload with its edits and its stand-ins, where stand-ins were restored in the frame: for what is recorded. */
  readonly unrestored?: Json;
}

export function rewriteFrame({ frame, pieces }: QueuedFrame): ReleasedFrame {
  let values: Map<string, Json> | null = null;
  let recorded: Map<string, Json> | null = null;
  for (const piece of pieces) {
    const replacements = piece.window.replacements(piece.start, piece.end);
    if (replacements.length === 0 || piece.start === piece.end) continue;
    (values ??= new Map()).set(piece.pointer, rewritten(piece, replacements));
    if (replacements.some(({ isRestored }) => isRestored)) recorded ??= new Map();
  }
  if (!values || frame.json === undefined) return { frame, edited: false };
  const json = withValues(frame.json, values);
  return {
    frame: { ...frame, json, bytes: framed(frame, json) },
    edited: true,
    ...(recorded ? { unrestored: withValues(frame.json, unrestored(pieces)) } : {}),
  };
}

/** The replacement stands where the span begins; what is left of the span vanishes from this and later pieces. */
function rewritten({ start, end, text }: Piece, replacements: readonly Replacement[]): string {
  let out = '';
  let at = start;
  for (const each of replacements) {
    out += text.slice(at - start, Math.max(each.start, start) - start);
    if (each.start >= start) out += each.text;
    at = Math.min(each.end, end);
  }
  return out + text.slice(at - start);
}

function unrestored(pieces: readonly Piece[]): Map<string, Json> {
  return new Map(
    pieces.map((piece) => [
      piece.pointer,
      rewritten(
        piece,
        piece.window.replacements(piece.start, piece.end).filter(({ isRestored }) => !isRestored),
      ),
    ]),
  );
}

/** An event keeps its fields beside the data; a buffered answer is bare JSON, and so is what came in a binary framing. */
export function framed({ bytes }: WireFrame, json: Json): Buffer {
  const text = JSON.stringify(json);
  if (!isEvent(bytes)) return Buffer.from(text);
  const fields = bytes
    .toString('utf8')
    .split(/\r?\n/)
    .filter((line) => line !== '' && !line.startsWith('data:') && !line.startsWith(':'));
  return Buffer.from([...fields, `data: ${text}`, '', ''].join('\n'));
}

/** WHATWG HTML §9.2.6: the fields that an event can begin with. */
function isEvent(bytes: Buffer): boolean {
  return /^(?:\ufeff)?\s*(?:data|event|id|retry|):/.test(bytes.toString('latin1', 0, 16));
}
