/** A rotation of the log's key, and what only looks like one. */
import { ED25519, formatVerifierKey, noteSigner } from '../../src/tlog/keys.ts';
import { formatNote, parseNote } from '../../src/tlog/note.ts';
import { formatProof, parseProof } from '../../src/tlog/proof.ts';
import { type Attack, FIRST_KEY, KIT } from './attack.ts';
import { beat, endOfScene, type Scene } from './scene.ts';

const STRANGER = noteSigner('log.example/attacked', ED25519, new Uint8Array(32).fill(5));

/** As the house does it, without an overlap: the next checkpoint is signed by the new key alone. */
function rotate({ open }: Scene): Promise<unknown> {
  return open(async ({ audit, log }) => {
    await log.rotation.rotate({ append: audit.append, actor: 'root@host', overlapMs: 0 });
    await beat(audit, 'hb_after', endOfScene());
    await log.publish();
  });
}

function signedByStranger(checkpoint: Uint8Array): Uint8Array {
  const { text } = parseNote(checkpoint);
  return formatNote({ text, signatures: [STRANGER.sign(text)] });
}

/** The handover, to a key that somebody made up. */
function toStranger(handover: Uint8Array): Uint8Array {
  const bundle = parseProof(handover);
  const leaf = Buffer.from(bundle.extra ?? []).toString('utf8');
  const forged = leaf.replace(/"after":"[^"]*"/, `"after":"${formatVerifierKey(STRANGER.verifier)}"`);
  return formatProof({ ...bundle, extra: Buffer.from(forged) });
}

/** By somebody who can write to the database: the house signs the tree that the entry is in, and not the word in it. */
function slipIn({ open, logKey }: Scene): Promise<unknown> {
  const [before, after] = [logKey, STRANGER.verifier].map(formatVerifierKey);
  const [at, endorsement] = [
    endOfScene(),
    Buffer.from(STRANGER.sign(`${before}`).signature).toString('base64'),
  ];
  const what = { action: 'log.key_rotate', after, at, before, endorsement, id: 'adm_forged' };
  const body = JSON.stringify({ ...what, kind: 'administration', subject: logKey.name });
  return open(async ({ stores, log }) => {
    const entry = { kind: 'administration', id: what.id, at, mark: '', body, subjects: [] } as const;
    const { index } = await stores.audit.append(entry);
    const handover = await log.publish();
    await stores.log.addKey({ generation: 1, entry: index, overlapUntilMs: 0, handover });
  });
}

export const ATTACKS_ON_KEYS: readonly Attack[] = [
  {
    name: "no attack: the log's key rotated by the house",
    atStore: rotate,
    detectors: [
      [FIRST_KEY, 'accepted'],
      [KIT, 'accepted'],
    ],
  },
  {
    name: 'a new key, and no handover to it',
    atStore: rotate,
    onTheWay: () => ({ handover: undefined }),
    detectors: [[FIRST_KEY, 'unsigned_by_log']],
  },
  {
    name: 'a handover to another key than the one that its entry names',
    atStore: rotate,
    onTheWay: ({ checkpoint, handover = new Uint8Array() }) => ({
      checkpoint: signedByStranger(checkpoint),
      handover: toStranger(handover),
    }),
    detectors: [[FIRST_KEY, 'root_mismatch']],
  },
  {
    name: 'a handover that the new key has signed itself',
    atStore: rotate,
    onTheWay: ({ checkpoint, handover = new Uint8Array() }) => {
      const bundle = parseProof(toStranger(handover));
      return {
        checkpoint: signedByStranger(checkpoint),
        handover: formatProof({ ...bundle, checkpoint: signedByStranger(bundle.checkpoint) }),
      };
    },
    detectors: [[FIRST_KEY, 'unsigned_by_log']],
  },
  {
    name: 'an entry slipped into the log that hands over to a key that somebody made up',
    atStore: slipIn,
    onTheWay: ({ checkpoint }) => ({ checkpoint: signedByStranger(checkpoint) }),
    detectors: [
      [FIRST_KEY, 'bad_signature'],
      [KIT, 'bad_signature'],
    ],
  },
  {
    name: 'any other entry for a handover',
    onTheWay: ({ bundle }) => ({ handover: formatProof(bundle) }),
    detectors: [[FIRST_KEY, 'unknown_key']],
  },
];
