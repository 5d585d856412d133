/** Entry bundles (C2SP tlog-tiles): up to 256 entries, each behind its length. */
import { concatBytes, viewOf } from './encoding.ts';
import { demand } from './errors.ts';

export const MAX_ENTRY_BYTES = 65_535;
const LENGTH_BYTES = 2;

/** One entry as a bundle holds it: its length as a big-endian uint16, then its bytes; `entry_too_large`. */
export function bundledEntry(entry: Uint8Array): Uint8Array {
  demand(entry.length <= MAX_ENTRY_BYTES, 'entry_too_large');
  const bytes = new Uint8Array(LENGTH_BYTES + entry.length);
  viewOf(bytes).setUint16(0, entry.length);
  bytes.set(entry, LENGTH_BYTES);
  return bytes;
}

export function formatBundle(entries: readonly Uint8Array[]): Uint8Array {
  return concatBytes(entries.map(bundledEntry));
}

/** A bundle whose lengths hold, and whose entries are taken out one by one. */
export interface OpenedBundle {
  /** A copy; undefined where the bundle has no such place. */
  entry(place: number): Uint8Array | undefined;
}

/** `malformed_bundle` unless it holds exactly as many entries as its width, whole. */
export function openBundle(bytes: Uint8Array, width: number): OpenedBundle {
  const view = viewOf(bytes);
  const starts = new Uint32Array(width + 1);
  let position = 0;
  for (let place = 0; place < width; place++) {
    demand(position + LENGTH_BYTES <= bytes.length, 'malformed_bundle');
    starts[place] = position + LENGTH_BYTES;
    position += LENGTH_BYTES + view.getUint16(position);
  }
  demand(position === bytes.length, 'malformed_bundle');
  starts[width] = position + LENGTH_BYTES;
  return {
    entry(place) {
      const [start, next] = [starts[place], starts[place + 1]];
      if (start === undefined || next === undefined) return undefined;
      return Uint8Array.prototype.slice.call(bytes, start, next - LENGTH_BYTES);
    },
  };
}

/** All entries of a bundle of that width, in the same way. */
export function parseBundle(bytes: Uint8Array, width: number): readonly Uint8Array[] {
  const bundle = openBundle(bytes, width);
  return Array.from({ length: width }, (_, place) => bundle.entry(place) ?? new Uint8Array(0));
}
