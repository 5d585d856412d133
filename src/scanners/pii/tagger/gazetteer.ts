/** A set of words and phrases with what they are known as, kept as hashes in one open table that is read as it lies on disk. */
import { joined } from './hash.ts';

/** What a word is known as; flags, for a word may be several things. */
export const GIVEN_NAME = 1;
export const SURNAME = 2;
export const PLACE = 4;
export const COUNTRY = 8;
export const GROUP = 16;
export const TITLE = 32;
/** A word that makes an organization's name: Inc, University, Bank. */
export const FIRM = 64;
export const ORGANIZATION = 128;
/** Written small more often than not. */
export const ORDINARY = 256;
export const CALENDAR = 512;
/** Street, Avenue, Straße. */
export const WAY = 1024;
export const PARTICLE = 2048;
/** A given name or surname that is widespread. */
export const WIDESPREAD = 4096;
/** Begins a phrase that is known. */
export const BEGINS = 8192;
/** Capitalized, and no name: programs, abbreviations, languages. */
export const THING = 16384;

const BYTES_PER_SLOT = 6;

export interface Gazetteer {
  /** The flags of a word or of a phrase, by its hash; 0 where it is not known. */
  lookUp(hash: number): number;
}

/** @throws Error where the bytes are not a table's */
export function readGazetteer(bytes: Uint8Array): Gazetteer {
  const slots = bytes.length / BYTES_PER_SLOT;
  if (!Number.isInteger(slots) || slots < 2 || (slots & (slots - 1)) !== 0)
    throw new Error('the gazetteer is not a table of a power of two slots');
  // A copy lies where 32-bit numbers may lie.
  const copy = new Uint8Array(bytes);
  const hashes = new Uint32Array(copy.buffer, 0, slots);
  const flags = new Uint16Array(copy.buffer, slots * 4, slots);
  const mask = slots - 1;
  return {
    lookUp(hash) {
      for (let slot = hash & mask, tries = 0; tries < slots; slot = (slot + 1) & mask, tries++) {
        const found = flags[slot] ?? 0;
        if (found === 0) return 0;
        if (hashes[slot] === hash) return found;
      }
      return 0;
    },
  };
}

/** The bytes that `readGazetteer` reads, at most half full. */
export function writeGazetteer(entries: ReadonlyMap<number, number>): Uint8Array {
  const slots = 2 ** Math.ceil(Math.log2(Math.max(2, entries.size * 2)));
  const bytes = new Uint8Array(slots * BYTES_PER_SLOT);
  const hashes = new Uint32Array(bytes.buffer, 0, slots);
  const flags = new Uint16Array(bytes.buffer, slots * 4, slots);
  for (const [hash, flag] of [...entries].sort(([a], [b]) => a - b)) {
    let slot = hash & (slots - 1);
    while (flags[slot] !== 0) slot = (slot + 1) & (slots - 1);
    hashes[slot] = hash;
    flags[slot] = flag;
  }
  return bytes;
}

/** The hash of a phrase from those of its words, one after another. */
export function phraseHash(before: number, word: number): number {
  return joined(before, word);
}
