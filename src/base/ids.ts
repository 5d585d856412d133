/** Identifiers that sort by time: UUIDv7 (RFC 9562) in lower-case hexadecimal, with a prefix that names the kind. */
import { randomBytes } from 'node:crypto';

let pool = randomBytes(0);
let used = 0;

/** `<prefix>_<32 hex digits>`; 74 of its bits are random. */
export function newId(prefix: string, nowMs: number = Date.now()): string {
  if (used + 10 > pool.length) {
    pool = randomBytes(2560);
    used = 0;
  }
  const random = pool.subarray(used, used + 10);
  used += 10;
  random.writeUInt8(0x70 | (random.readUInt8(0) & 0x0f), 0);
  random.writeUInt8(0x80 | (random.readUInt8(2) & 0x3f), 2);
  return `${prefix}_${nowMs.toString(16).padStart(12, '0')}${random.toString('hex')}`;
}
