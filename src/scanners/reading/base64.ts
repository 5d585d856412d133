/** Decodes base64 and base64url, as far as it is text (RFC 4648 §4, §5; line breaks as in RFC 2045). */
import { textOfBytes, type ByteRun } from './bytes.ts';
import { MIN_BASE64 } from './hints.ts';
import { MAX_RUN } from './limits.ts';
import type { TracedText } from './offset-map.ts';

/** Runs, with single line breaks or spaces between long lines of them. */
const RUN = new RegExp(
  `[A-Za-z0-9+/_-]{${MIN_BASE64},}(?:[\\n ][A-Za-z0-9+/_-]{${MIN_BASE64},})*(?:[\\n ][A-Za-z0-9+/_-]{1,15}(?![A-Za-z0-9]))?`,
  'g',
);

const sextets = new Int8Array(128).fill(-1);
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
for (let value = 0; value < 64; value++) sextets[ALPHABET.charCodeAt(value)] = value;
sextets[0x2d] = 62;
sextets[0x5f] = 63;

/** Places in a run from which decoding is tried. */
const MAX_TRIES = 12;
const HEAD = 16;

export function* decodeBase64(source: string): Generator<TracedText> {
  RUN.lastIndex = 0;
  const runs = source.matchAll(RUN);
  for (const run of runs) {
    const end = Math.min(run.index + run[0].length, run.index + MAX_RUN);
    const tracked = decodeRun(source, run.index, end);
    if (tracked) yield tracked;
  }
}

/** What stands right before may belong to the alphabet too: a path, a name, a letter. */
function decodeRun(source: string, start: number, end: number): TracedText | null {
  let tries = 0;
  for (let at = start; at < Math.min(end - HEAD, start + HEAD * 4) + 1 && tries < MAX_TRIES; at++) {
    const isCandidate = at - start < 4 || JOINTS.includes(source.charAt(at - 1));
    if (!isCandidate) continue;
    tries++;
    if (textOfBytes(bytesOf(source, at, Math.min(end, at + HEAD))) === null) continue;
    const tracked = textOfBytes(bytesOf(source, at, end));
    if (tracked) return tracked;
  }
  return null;
}

const JOINTS = '+/-_';

function bytesOf(source: string, start: number, end: number): ByteRun {
  const size = Math.floor(((end - start) * 3) / 4);
  const bytes = new Uint8Array(size);
  const starts = new Int32Array(size);
  const ends = new Int32Array(size);
  let length = 0;
  let bits = 0;
  let value = 0;
  let from = start;
  for (let at = start; at < end; at++) {
    const unit = source.charCodeAt(at);
    const sextet = unit < 128 ? (sextets[unit] ?? -1) : -1;
    if (sextet < 0) continue;
    value = ((value << 6) | sextet) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[length] = (value >> bits) & 0xff;
      starts[length] = from;
      ends[length] = at + 1;
      length++;
      // The character's other bits belong to the next byte.
      from = bits === 0 ? at + 1 : at;
    }
  }
  return {
    bytes: bytes.subarray(0, length),
    starts: starts.subarray(0, length),
    ends: ends.subarray(0, length),
  };
}
