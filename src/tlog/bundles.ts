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

/** The entries of a bundle of that width; `malformed_bundle` unless it holds exactly as many, whole. */
export function parseBundle(bytes: Uint8Array, width: number): readonly Uint8Array[] {
  const view = viewOf(bytes);
  const entries: Uint8Array[] = [];
  let position = 0;
  while (position < bytes.length) {
    demand(entries.length < width && position + LENGTH_BYTES <= bytes.length, 'malformed_bundle');
    const start = position + LENGTH_BYTES;
    position = start + view.getUint16(position);
    demand(position <= bytes.length, 'malformed_bundle');
    entries.push(bytes.slice(start, position));
  }
  demand(entries.length === width, 'malformed_bundle');
  return entries;
}
