/** Attacks by somebody with access to the database, and where they need it, to the keys that the log signs with. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { withBitFlipped } from '../../src/tlog/testdata/trees.ts';
import { type Attack, COUNTERS, ENTRY, FSCK, KIT, LATEST, OLD, PROOF, QUORUM, TILES } from './attack.ts';
import { ATTACKS_BESIDE } from './attacks-beside.ts';
import { ERASURES } from './erasures.ts';
import { editBundle, editLatestCheckpoint, editTile, flipInBundle, renumbered, rewrite } from './forge.ts';
import { beat, endOfScene } from './scene.ts';

const HOUR_MS = 3_600_000;
/** In the rows behind the last full bundle. */
const LATE_ENTRY = 590;

const withoutEntry = (leaves: readonly string[]) => leaves.toSpliced(ENTRY, 1);
/** A later entry, said to be another one. */
const madeUp = (leaves: readonly string[]) => (leaves.at(-1) ?? '').replace('req_', 'req_made_up_');

const DAMAGE: readonly Attack[] = [
  {
    name: 'a bit flipped in a leaf that is in no bundle yet',
    entry: LATE_ENTRY,
    atStore: ({ sql }) =>
      sql((database) =>
        database
          .prepare("update log_leaves set leaf = replace(leaf, 'allow', 'bllow') where leaf_index = ?")
          .run(LATE_ENTRY),
      ),
    detectors: [
      [PROOF, 'root_mismatch'],
      [FSCK, 'root_mismatch tile_mismatch tree_mismatch'],
      [KIT, 'root_mismatch split_view'],
    ],
  },
  {
    name: 'a bit flipped in a leaf of a bundle',
    atStore: (scene) => editBundle(scene, 0, (bytes) => flipInBundle(bytes, ENTRY)),
    detectors: [
      [PROOF, 'root_mismatch'],
      [FSCK, 'counter_missing leaf_malformed root_mismatch tile_mismatch tree_mismatch'],
      [KIT, 'counter_missing inconsistent leaf_malformed root_mismatch'],
    ],
  },
  {
    name: "a bit flipped in a bundle's lengths",
    atStore: (scene) => editBundle(scene, 0, (bytes) => withBitFlipped(bytes, 1)),
    detectors: [
      [PROOF, 'malformed_bundle'],
      [FSCK, 'malformed_bundle'],
      [KIT, 'malformed_bundle'],
    ],
  },
  {
    name: 'a bit flipped in a tile',
    atStore: (scene) => editTile(scene, 0, 0, (bytes) => withBitFlipped(bytes, (ENTRY + 1) * 32)),
    detectors: [
      [PROOF, 'root_mismatch'],
      [FSCK, 'tile_mismatch'],
    ],
  },
  {
    name: 'a bit flipped in a tile above others',
    atStore: (scene) => editTile(scene, 1, 0, (bytes) => withBitFlipped(bytes, 8)),
    detectors: [
      [OLD, 'inconsistent'],
      [TILES, 'split_view'],
      [FSCK, 'tile_mismatch'],
    ],
  },
  {
    name: 'a bit flipped in a stored checkpoint',
    atStore: (scene) =>
      editLatestCheckpoint(scene, (note) => {
        const [origin, size, root = '', ...signatures] = note.split('\n');
        const flipped = Buffer.from(withBitFlipped(Buffer.from(root, 'base64'), 4)).toString('base64');
        return [origin, size, flipped, ...signatures].join('\n');
      }),
    detectors: [
      [PROOF, 'bad_signature'],
      [OLD, 'bad_signature'],
      ['witness', 'bad_signature'],
      [FSCK, 'bad_signature'],
      [KIT, 'bad_signature checkpoint_missing'],
    ],
  },
  {
    name: 'a partial tile in a narrower form, of when the log was smaller',
    atStore: (scene) => editTile(scene, 0, 2, (bytes) => bytes.subarray(0, 50 * 32)),
    detectors: [
      [TILES, 'tile_wrong_length'],
      [PROOF, 'tile_wrong_length'],
      [FSCK, 'tile_mismatch'],
    ],
  },
  {
    name: 'a tile that is not there',
    atStore: (scene) => editTile(scene, 1, 0, () => undefined),
    detectors: [
      [TILES, 'tile_missing'],
      [PROOF, 'tile_missing'],
      [FSCK, 'tile_missing'],
    ],
  },
];

const HISTORIES: readonly Attack[] = [
  {
    name: 'the last entries deleted, and the rest signed again',
    atStore: (scene) => rewrite(scene, (leaves) => leaves.slice(0, -20)),
    detectors: [
      [LATEST, 'size_out_of_range'],
      ['witness', 'old_size_too_large'],
      [KIT, 'known_out_of_range'],
    ],
  },
  {
    name: 'an inner entry deleted, the others moved up, numbered anew and signed again',
    atStore: (scene) => rewrite(scene, (leaves) => renumbered([...withoutEntry(leaves), madeUp(leaves)])),
    detectors: [
      [OLD, 'inconsistent'],
      [LATEST, 'split_view'],
      ['witness', 'split_view'],
      [KIT, 'split_view'],
    ],
  },
  {
    name: 'an inner entry deleted before anybody has seen a checkpoint over it',
    atStore: (scene) => rewrite(scene, withoutEntry),
    detectors: [
      [COUNTERS, 'missing_counter'],
      [FSCK, 'counter_missing'],
      [KIT, 'counter_missing known_out_of_range'],
    ],
  },
  {
    name: "two entries in each other's place",
    atStore: (scene) =>
      rewrite(scene, (leaves) => leaves.toSpliced(ENTRY, 2, leaves[ENTRY + 1] ?? '', leaves[ENTRY] ?? '')),
    detectors: [
      [OLD, 'inconsistent'],
      [COUNTERS, 'missing_counter'],
      [FSCK, 'counter_missing counter_repeated'],
      [KIT, 'counter_missing counter_repeated split_view'],
    ],
  },
  {
    name: 'an entry twice',
    atStore: (scene) => rewrite(scene, (leaves) => leaves.toSpliced(ENTRY, 0, leaves[ENTRY] ?? '')),
    detectors: [
      [OLD, 'inconsistent'],
      [COUNTERS, 'repeated_counter'],
      [FSCK, 'counter_repeated'],
      [KIT, 'counter_repeated inconsistent'],
    ],
  },
  {
    name: 'the log cut short, grown again with other entries, and signed again',
    atStore: (scene) =>
      rewrite(scene, (leaves) => {
        const [cut, other] = [leaves.slice(0, 500), madeUp(leaves)];
        return renumbered([...cut, ...Array.from({ length: 130 }, () => other)]);
      }),
    detectors: [
      [LATEST, 'inconsistent'],
      ['witness', 'inconsistent'],
      [KIT, 'inconsistent'],
    ],
  },
  {
    name: 'an entry rewritten and everything signed with a new key',
    atStore: (scene) => {
      rewrite(scene, (leaves) => leaves.map((leaf) => leaf.replace(`"req_${ENTRY}"`, '"req_another"')));
      for (const file of ['keys.sqlite', 'keys.sqlite-wal', 'keys.sqlite-shm'])
        rmSync(join(scene.directory, file), { force: true });
    },
    detectors: [
      [PROOF, 'unsigned_by_log'],
      [OLD, 'unsigned_by_log'],
      ['witness', 'unsigned_by_log'],
      [QUORUM, 'unsigned_by_log'],
      [FSCK, 'unsigned_by_log'],
      [KIT, 'checkpoint_missing inconsistent policy_key_mismatch unsigned_by_log'],
    ],
  },
  {
    name: 'another view for another client, under the same key and of the same size',
    atStore: (scene) =>
      rewrite(scene, (leaves) => leaves.map((leaf) => leaf.replace('req_599', 'req_another'))),
    detectors: [
      [LATEST, 'split_view'],
      ['witness', 'split_view'],
      [KIT, 'split_view'],
    ],
  },
  {
    name: 'a smaller tree under the right key',
    atStore: (scene) => rewrite(scene, (leaves) => leaves.slice(0, 250)),
    detectors: [
      [OLD, 'size_out_of_range'],
      ['witness', 'old_size_too_large'],
      [KIT, 'known_out_of_range'],
    ],
  },
];

const NEVER_WRITTEN: readonly Attack[] = [
  {
    name: 'a clock that was set back',
    atStore: ({ open }) => open(({ audit }) => beat(audit, 'hb_back', endOfScene() - HOUR_MS)),
    detectors: [
      [COUNTERS, 'clock_went_back'],
      [FSCK, 'clock_went_back silence'],
      [KIT, 'clock_went_back silence'],
    ],
  },
  {
    name: 'a gateway that ran for an hour and recorded nothing',
    atStore: ({ open }) => open(({ audit }) => beat(audit, 'hb_late', endOfScene() + HOUR_MS)),
    detectors: [
      [COUNTERS, 'silence'],
      [FSCK, 'silence'],
      [KIT, 'silence'],
    ],
  },
];

export const ATTACKS_AT_STORE: readonly Attack[] = [
  ...DAMAGE,
  ...HISTORIES,
  ...ATTACKS_BESIDE,
  ...NEVER_WRITTEN,
  ...ERASURES,
];
