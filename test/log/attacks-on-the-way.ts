/** Attacks on what the log serves, before it arrives at whoever asked. */
import { formatCheckpoint, parseCheckpoint } from '../../src/tlog/checkpoint.ts';
import { ed25519Signer } from '../../src/tlog/crypto.ts';
import { concatBytes, utf8, viewOf } from '../../src/tlog/encoding.ts';
import { leafHash } from '../../src/tlog/hashes.ts';
import { COSIGNATURE_V1, ED25519, noteSigner } from '../../src/tlog/keys.ts';
import { formatNote, parseNote } from '../../src/tlog/note.ts';
import type { ProofBundle } from '../../src/tlog/proof.ts';
import { withBitFlipped } from '../../src/tlog/testdata/trees.ts';
import type { TileReader } from '../../src/tlog/tiles.ts';
import { type Attack, ENTRY, LATEST, OLD, PROOF, QUORUM, TILES } from './attack.ts';
import { cosigned, type Shown } from './detectors.ts';
import { SIZE, WITNESS } from './scene.ts';

const STRANGER = noteSigner('log.example/attacked', ED25519, new Uint8Array(32).fill(5));
const OTHER_LOG = noteSigner('other.example/log', ED25519, new Uint8Array(32).fill(6));
const OTHER_WITNESS = noteSigner('witness.example/w', COSIGNATURE_V1, new Uint8Array(32).fill(8));

const textOf = (checkpoint: Uint8Array) => parseNote(checkpoint).text;

/** The checkpoint's text under the signature of somebody else. */
function signedBy(signer: typeof STRANGER, text: string): Uint8Array {
  return formatNote({ text, signatures: [signer.sign(text)] });
}

/** A cosignature without a time, which `cosign` does not make. */
function cosignedAtZero(checkpoint: Uint8Array): Uint8Array {
  const { text, signatures } = parseNote(checkpoint);
  const key = ed25519Signer(new Uint8Array(32).fill(9));
  const time = new Uint8Array(8);
  viewOf(time).setBigUint64(0, 0n);
  const signature = concatBytes([time, key.sign(utf8(`cosignature/v1\ntime 0\n${text}`))]);
  const { name, keyId } = WITNESS.verifier;
  return formatNote({ text, signatures: [...signatures, { name, keyId, signature }] });
}

const CHECKPOINTS: readonly Attack[] = [
  {
    name: 'an old checkpoint, once more',
    onTheWay: (_, { kept }) => ({ checkpoint: kept }),
    detectors: [
      [LATEST, 'size_out_of_range'],
      ['witness', 'old_size_too_large'],
    ],
  },
  {
    name: 'a checkpoint of another log',
    onTheWay: ({ checkpoint }) => {
      const stated = parseCheckpoint(textOf(checkpoint));
      return {
        checkpoint: signedBy(OTHER_LOG, formatCheckpoint({ ...stated, origin: 'other.example/log' })),
      };
    },
    detectors: [
      [OLD, 'wrong_origin'],
      [PROOF, 'unknown_log'],
      ['witness', 'unknown_log'],
    ],
  },
  {
    name: "a checkpoint with signatures by unknown keys alone, one of them under the log's name",
    onTheWay: ({ checkpoint }) => {
      const text = textOf(checkpoint);
      const forged = formatNote({ text, signatures: [STRANGER.sign(text), OTHER_LOG.sign(text)] });
      return { checkpoint: forged, cosigned: cosigned(forged) };
    },
    detectors: [
      [OLD, 'unsigned_by_log'],
      [PROOF, 'unsigned_by_log'],
      ['witness', 'unsigned_by_log'],
      [QUORUM, 'unsigned_by_log'],
    ],
  },
  {
    name: 'a cosignature with time 0',
    onTheWay: ({ checkpoint }) => ({ cosigned: cosignedAtZero(checkpoint) }),
    detectors: [[QUORUM, 'zero_timestamp']],
  },
  {
    name: 'a cosignature that was left out',
    onTheWay: ({ checkpoint }) => ({ cosigned: checkpoint }),
    detectors: [[QUORUM, 'quorum_not_met']],
  },
  {
    name: "a cosignature by somebody else under the witness's name",
    onTheWay: ({ checkpoint }) => ({ cosigned: cosigned(checkpoint, OTHER_WITNESS) }),
    detectors: [[QUORUM, 'quorum_not_met']],
  },
  {
    name: 'a cosignature of another checkpoint',
    onTheWay: ({ checkpoint }, { kept }) => {
      const { text, signatures } = parseNote(checkpoint);
      const [, other] = parseNote(cosigned(kept)).signatures;
      return { cosigned: formatNote({ text, signatures: [...signatures, ...(other ? [other] : [])] }) };
    },
    detectors: [[QUORUM, 'bad_signature']],
  },
];

const PROOFS: readonly Attack[] = [
  {
    name: 'a bit flipped in a proof',
    onTheWay: ({ bundle }) => ({
      bundle: {
        ...bundle,
        proof: bundle.proof.map((hash, at) => (at === 2 ? withBitFlipped(hash, 7) : hash)),
      },
    }),
    detectors: [[PROOF, 'root_mismatch']],
  },
  {
    name: "a neighbor's proof",
    onTheWay: ({ bundle }) => ({
      bundle: { ...bundle, proof: [leafHash(bundle.extra ?? new Uint8Array()), ...bundle.proof.slice(1)] },
    }),
    detectors: [[PROOF, 'root_mismatch']],
  },
  {
    name: "an entry at its neighbor's index",
    onTheWay: ({ bundle }) => ({ bundle: { ...bundle, index: bundle.index + 1 } }),
    detectors: [[PROOF, 'root_mismatch']],
  },
  {
    name: 'a node taken for a leaf, under the rest of its path',
    onTheWay: (shown) => ({ bundle: nodeAsLeaf(shown) }),
    detectors: [[PROOF, 'proof_too_short']],
  },
  {
    name: 'a node taken for a leaf, under a path as long as a leaf has',
    onTheWay: (shown) => {
      const bundle = nodeAsLeaf(shown);
      return { bundle: { ...bundle, proof: [...bundle.proof, new Uint8Array(32)] } };
    },
    detectors: [[PROOF, 'root_mismatch']],
  },
  {
    name: 'an index behind the end',
    onTheWay: ({ bundle }) => ({ bundle: { ...bundle, index: SIZE } }),
    detectors: [[PROOF, 'index_out_of_range']],
  },
  {
    name: 'another leaf beside the proof',
    onTheWay: ({ bundle, leaves }) => ({ bundle: { ...bundle, extra: utf8(leaves[ENTRY + 1] ?? '') } }),
    detectors: [[PROOF, 'root_mismatch']],
  },
];

const PARTIAL_TILES: readonly Attack[] = [
  {
    name: 'the full tile beside it for a partial one',
    onTheWay: ({ tiles }) => ({ tiles: answering(tiles, '0/2', '0/1') }),
    detectors: [[TILES, 'split_view']],
  },
  {
    name: 'a tile of leaves for a partial tile above it',
    onTheWay: ({ tiles }) => ({ tiles: answering(tiles, '1/0', '0/0') }),
    detectors: [[TILES, 'split_view']],
  },
];

export const ATTACKS_ON_THE_WAY: readonly Attack[] = [...CHECKPOINTS, ...PROOFS, ...PARTIAL_TILES];

/** The two hashes below a node, said to be an entry. */
function nodeAsLeaf({ bundle, leaves }: Shown): ProofBundle {
  const [left, right] = [leaves[ENTRY], leaves[ENTRY + 1]].map((leaf) => leafHash(utf8(leaf ?? '')));
  const extra = concatBytes([left ?? new Uint8Array(), right ?? new Uint8Array()]);
  return { ...bundle, index: ENTRY / 2, proof: bundle.proof.slice(1), extra };
}

/** Who asks for the one tile is given the other. */
function answering(tiles: TileReader, asked: string, given: string): TileReader {
  const [level = 0, index = 0] = given.split('/').map(Number);
  return (wanted) =>
    tiles(wanted.map((tile) => (`${tile.level}/${tile.index}` === asked ? { ...tile, level, index } : tile)));
}
