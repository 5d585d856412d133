/** Reads a kit's entries, a line at a time, from however many files they are in. */
import { textOf } from '../../../tlog/encoding.ts';
import { demandKit } from './kit-codes.ts';
import { parseEntryLine, type EntryLine } from './kit-format.ts';
import type { StatingEntry } from './statements.ts';
import type { ZipArchive } from './zip-reader.ts';

/** A leaf has at most 65,535 bytes; escaped, and with what opens it, a line is far below this. */
const MAX_LINE_BYTES = 2 * 1024 * 1024;
const NEWLINE = 0x0a;

export async function* readLines(archive: ZipArchive): AsyncGenerator<EntryLine> {
  const names = archive.names.filter((name) => name.startsWith('entries/')).toSorted();
  for (const name of names) {
    let rest: Buffer = Buffer.alloc(0);
    for await (const piece of archive.pieces(name)) {
      const bytes =
        rest.length === 0
          ? Buffer.from(piece.buffer, piece.byteOffset, piece.length)
          : Buffer.concat([rest, piece]);
      let start = 0;
      for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
        yield lineOf(bytes.subarray(start, end), name);
        start = end + 1;
      }
      rest = bytes.subarray(start);
      demandKit(rest.length <= MAX_LINE_BYTES, 'kit_malformed', name);
    }
    demandKit(rest.length === 0, 'kit_malformed', name);
  }
}

function lineOf(bytes: Uint8Array, name: string): EntryLine {
  const text = textOf(bytes);
  demandKit(text !== undefined, 'kit_malformed', name);
  return parseEntryLine(text, name);
}

/** What of a leaf the checks read. */
export interface KitLeaf {
  readonly instance: string;
  readonly sequence: number;
  readonly entry: StatingEntry & {
    readonly id: string;
    readonly at: number;
    readonly snapshot?: string;
    readonly who?: string;
  };
}

/** Undefined for what is no leaf of this version. */
export function readLeaf(text: string): KitLeaf | undefined {
  const leaf = objectIn(text) as Partial<{
    counter: Partial<KitLeaf>;
    entry: Partial<KitLeaf['entry']>;
    v: number;
  }>;
  const { counter, entry, v } = leaf;
  const isOne =
    v === 1 &&
    typeof counter?.instance === 'string' &&
    Number.isSafeInteger(counter.sequence) &&
    typeof entry?.kind === 'string' &&
    typeof entry.id === 'string' &&
    Number.isSafeInteger(entry.at) &&
    isText(entry.action) &&
    isText(entry.subject) &&
    isText(entry.after) &&
    isText(entry.snapshot) &&
    isText(entry.who);
  return isOne ? ({ ...counter, entry } as KitLeaf) : undefined;
}

const isText = (value: unknown) => value === undefined || typeof value === 'string';

function objectIn(text: string): object {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    // Not JSON: no leaf either.
    return {};
  }
}

export interface KitEntry {
  readonly index: number;
  readonly line: EntryLine;
  /** Absent where it was purged, or is malformed. */
  readonly leaf?: KitLeaf;
  readonly isPurged: boolean;
}
