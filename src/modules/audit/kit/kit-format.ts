/** The files of an auditor's kit, format `bartizan-kit@v1`: the same for who makes one and for who verifies it. */
import { z } from 'zod';
import { hashFromBase64, textOf } from '../../../tlog/encoding.ts';
import { demandKit } from './kit-codes.ts';
import type { Coverage } from './statements.ts';

export const KIT_FORMAT = 'bartizan-kit@v1';
export const MANIFEST = 'kit.json';
export const RANGE = 'range.json';
export const CONSISTENCY = 'consistency.json';
export const LOG_KEY = 'keys/log.vkey';
export const POLICY = 'policy.txt';
export const README = 'README.txt';
export const VERIFIER = 'verifier.html';
/** Every kit has these. */
export const REQUIRED_FILES = [MANIFEST, RANGE, LOG_KEY, POLICY, README] as const;

/** Lines in one file of entries: a file of the archive has less than 4 GiB. */
export const ENTRIES_PER_FILE = 8_192;
/** The archive has at most 65,535 files. */
export const MAX_CHECKPOINTS = 2_000;
export const MAX_PROOFS = 20_000;

export const entriesFile = (first: number) => `entries/${String(first).padStart(12, '0')}.jsonl`;
export const checkpointFile = (size: number) => `checkpoints/${size}.note`;
export const configurationFile = (version: number) => `configurations/${version}.json`;
export const handoverFile = (generation: number) => `handovers/${generation}.tlog-proof`;
export const proofFile = (index: number) => `proofs/${index}.tlog-proof`;

const size = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const hashes = z.array(z.string().max(44)).max(63);

const manifestSchema = z.strictObject({
  format: z.literal(KIT_FORMAT),
  origin: z.string().max(255),
  role: z.enum(['auditor', 'full']),
  madeBy: z.string().max(500),
  madeAt: z.string().max(40),
  /** What was asked for; the range is widened to checkpoints around it. */
  asked: z.strictObject({ from: z.string().max(40), to: z.string().max(40) }),
  /** The sizes of the first and the last checkpoint. */
  firstSize: size,
  lastSize: size,
  entries: size,
  /** The version in force when the first checkpoint was made, and since when; 0 where there was none. */
  configurationAtStart: z.strictObject({ version: size, since: size }),
  files: z.array(z.string().max(100)).max(65_535),
});
export type KitManifest = z.infer<typeof manifestSchema>;

const rangeSchema = z.strictObject({ size, subtrees: hashes });
const consistencySchema = z.strictObject({
  proofs: z.array(z.strictObject({ from: size, to: size, hashes })).max(200),
});

export interface KitConsistency {
  readonly from: number;
  readonly to: number;
  readonly hashes: readonly Uint8Array[];
}

function parse<T>(schema: z.ZodType<T>, name: string, bytes: Uint8Array): T {
  const text = textOf(bytes);
  demandKit(text !== undefined, 'kit_malformed', name);
  const parsed = schema.safeParse(jsonOf(text, name));
  demandKit(parsed.success, 'kit_malformed', name);
  return parsed.data;
}

function jsonOf(text: string, name: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    demandKit(false, 'kit_malformed', name);
    return undefined;
  }
}

export const parseManifest = (bytes: Uint8Array) => parse(manifestSchema, MANIFEST, bytes);

/** The first checkpoint's size, and the hashes of the full subtrees before it. */
export function parseRange(bytes: Uint8Array): { size: number; subtrees: readonly Uint8Array[] } {
  const range = parse(rangeSchema, RANGE, bytes);
  return { size: range.size, subtrees: range.subtrees.map(hashFromBase64) };
}

export function parseConsistency(bytes: Uint8Array): readonly KitConsistency[] {
  return parse(consistencySchema, CONSISTENCY, bytes).proofs.map(({ from, to, hashes: texts }) => ({
    from,
    to,
    hashes: texts.map(hashFromBase64),
  }));
}

/** One line of a file of entries. */
export interface EntryLine {
  readonly index: number;
  /** The leaf's text, byte for byte; absent where retention has removed it. */
  readonly leaf?: string;
  /** In place of the leaf. */
  readonly leafHash?: string;
  /** What opens the commitment to who it was; in a kit of role `full` alone. */
  readonly who?: { readonly text: string; readonly salt: string };
  /** Processing of who it was is restricted: it is kept, and not shown. */
  readonly restricted?: true;
  /** The entries that record why something is not there. */
  readonly erasedBy?: number;
  readonly coverage?: Coverage;
  readonly purgedBy?: number;
}

const lineSchema = z.strictObject({
  index: size,
  leaf: z.string().optional(),
  leafHash: z.string().optional(),
  who: z.strictObject({ text: z.string(), salt: z.string().max(100) }).optional(),
  restricted: z.literal(true).optional(),
  erasedBy: size.optional(),
  coverage: z.strictObject({ salt: z.string().max(100), position: size, path: hashes }).optional(),
  purgedBy: size.optional(),
});

/** @throws KitError `kit_malformed` */
export function parseEntryLine(text: string, name: string): EntryLine {
  const parsed = lineSchema.safeParse(jsonOf(text, name));
  demandKit(parsed.success, 'kit_malformed', name);
  const line = parsed.data as EntryLine;
  demandKit((line.leaf === undefined) !== (line.leafHash === undefined), 'kit_malformed', name);
  return line;
}
