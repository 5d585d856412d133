/** Proof bundles (C2SP tlog-proof): one file that shows, offline, that an entry is in a log that witnesses have seen. */
import {
  base64,
  bytesEqual,
  concatBytes,
  fromBase64,
  fromDecimal,
  hashFromBase64,
  utf8,
} from './encoding.ts';
import { demand } from './errors.ts';
import { readNoteText } from './note.ts';
import { openTrustedCheckpoint, type Policy, type TrustedCheckpoint } from './policy.ts';
import { verifyInclusion } from './verify.ts';

const HEADER = 'c2sp.org/tlog-proof@v1';
/** A tree of 2^53-1 leaves has paths of 53 hashes; the format has room for 63, as a request to a witness has. */
const MAX_PROOF_LINES = 63;

/** The parts of a bundle, none of them verified. */
export interface ProofBundle {
  readonly index: number;
  readonly proof: readonly Uint8Array[];
  /** The signed checkpoint, byte for byte. */
  readonly checkpoint: Uint8Array;
  /** Application data that nothing signs: a hint, never a fact. Not empty. */
  readonly extra?: Uint8Array;
}

/** The bundle's bytes; throws what `parseProof` would throw on them. */
export function formatProof({ index, proof, checkpoint, extra }: ProofBundle): Uint8Array {
  const lines = [
    HEADER,
    ...(extra === undefined ? [] : [`extra ${base64(extra)}`]),
    `index ${index}`,
    ...proof.map(base64),
    '\n',
  ];
  const bytes = concatBytes([utf8(lines.join('\n')), checkpoint]);
  const parsed = parseProof(bytes);
  demand(bytesEqual(parsed.checkpoint, checkpoint), 'malformed_proof');
  return bytes;
}

/** `malformed_proof`, and the codes of numbers, base64, hashes and of a note's bytes. */
export function parseProof(bytes: Uint8Array): ProofBundle {
  const text = readNoteText(bytes);
  const end = text.indexOf('\n\n');
  demand(end >= 0, 'malformed_proof');
  const [header, ...lines] = text.slice(0, end).split('\n');
  demand(header === HEADER, 'malformed_proof');
  const extra = lines[0]?.startsWith('extra ')
    ? fromBase64(lines.shift()?.slice('extra '.length) ?? '')
    : undefined;
  demand(extra === undefined || extra.length > 0, 'malformed_proof');
  const index = lines.shift();
  demand(index?.startsWith('index ') === true, 'malformed_proof');
  demand(lines.length <= MAX_PROOF_LINES, 'proof_too_long');
  return {
    index: fromDecimal(index.slice('index '.length)),
    proof: lines.map(hashFromBase64),
    checkpoint: utf8(text.slice(end + 2)),
    ...(extra !== undefined && { extra }),
  };
}

/** What a bundle has shown. */
export interface VerifiedProof extends TrustedCheckpoint {
  readonly index: number;
}

/**
 * Shows that the entry with this leaf hash is in a log that the policy accepts, at the index that the bundle says.
 * Throws what `parseProof`, `openTrustedCheckpoint` and `verifyInclusion` throw.
 */
export function verifyProof(bytes: Uint8Array, leafHash: Uint8Array, policy: Policy): VerifiedProof {
  const { index, proof, checkpoint } = parseProof(bytes);
  const trusted = openTrustedCheckpoint(checkpoint, policy);
  verifyInclusion({ index, hash: leafHash }, trusted.checkpoint, proof);
  return { ...trusted, index };
}
