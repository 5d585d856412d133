/** Attacks on what lies beside the leaves, and on how leaves are kept. */
import { withBitFlipped } from '../../src/tlog/testdata/trees.ts';
import { type Attack, ENTRY, FSCK, FULL_KIT, KIT, PROOF } from './attack.ts';
import type { Scene } from './scene.ts';

function cutFirstBundle({ sql }: Scene): void {
  sql((database) => {
    const read = 'select entries from log_bundles where bundle_index = 0';
    const bytes = database.prepare<[], Buffer>(read).pluck().get() ?? Buffer.alloc(0);
    const write = 'update log_bundles set entries = ? where bundle_index = 0';
    database.prepare(write).run(bytes.subarray(0, bytes.length >> 1));
  });
}

export const ATTACKS_BESIDE: readonly Attack[] = [
  {
    name: 'a bundle cut short as it is stored',
    atStore: cutFirstBundle,
    detectors: [
      [PROOF, 'malformed_bundle'],
      [FSCK, 'malformed_bundle'],
    ],
  },
  {
    name: 'a bundle cut short, so that nobody looks behind it, where an entry is found no more',
    atStore: (scene) => {
      cutFirstBundle(scene);
      scene.sql((database) => database.prepare('delete from audit where leaf_index = ?').run(ENTRY + 256));
    },
    detectors: [[FSCK, 'index_row_missing malformed_bundle']],
  },
  {
    name: 'who an entry was about, given to another entry',
    atStore: ({ sql }) =>
      sql((database) =>
        database
          .prepare(
            'update audit set identity = (select identity from audit where leaf_index = ?) where leaf_index = ?',
          )
          .run(ENTRY, ENTRY + 1),
      ),
    detectors: [[FSCK, 'opening_mismatch']],
  },
  {
    name: 'a bit flipped in who an entry was about',
    atStore: ({ sql }) =>
      sql((database) => {
        const [id, sealed] = database
          .prepare<[], [string, Buffer]>('select id, sealed from audit_identities')
          .raw()
          .get() ?? ['', Buffer.alloc(0)];
        database
          .prepare('update audit_identities set sealed = ? where id = ?')
          .run(withBitFlipped(sealed, 20), id);
      }),
    detectors: [[FSCK, 'opening_mismatch']],
  },
  {
    name: 'who an entry was about, let go of',
    atStore: ({ sql }) =>
      sql((database) => database.prepare('update audit set identity = null where leaf_index = ?').run(ENTRY)),
    detectors: [
      [FSCK, 'opening_missing'],
      [FULL_KIT, 'opening_missing'],
    ],
  },
  {
    name: 'what was said in an entry, deleted beside it',
    atStore: ({ sql }) =>
      sql((database) => database.prepare('delete from audit_content where leaf_index = ?').run(ENTRY)),
    detectors: [[FSCK, 'content_missing']],
  },
  {
    name: 'what was said in an entry, deleted and passed off as erased',
    atStore: ({ sql }) =>
      sql((database) => {
        database.prepare('delete from audit_content where leaf_index = ?').run(ENTRY);
        database.prepare('update audit set erased_by = ? where leaf_index = ?').run(ENTRY + 1, ENTRY);
      }),
    detectors: [
      [FSCK, 'erased_without_entry'],
      [KIT, 'erased_without_entry'],
    ],
  },
  {
    name: 'an entry that nothing finds any more',
    atStore: ({ sql }) =>
      sql((database) => database.prepare('delete from audit where leaf_index = ?').run(ENTRY)),
    detectors: [[FSCK, 'index_row_missing']],
  },
  {
    name: 'an entry that is found under another time',
    atStore: ({ sql }) =>
      sql((database) => database.prepare('update audit set at_ms = 0 where leaf_index = ?').run(ENTRY)),
    detectors: [[FSCK, 'index_row_mismatch']],
  },
  {
    name: 'leaves taken out as if by retention, which recorded nothing',
    atStore: ({ sql }) =>
      sql((database) => {
        database.exec('delete from log_bundles where bundle_index = 0');
        database.exec('delete from audit where leaf_index < 256');
      }),
    detectors: [
      [FSCK, 'purged_without_entry'],
      [KIT, 'purged_without_entry snapshot_not_in_force'],
    ],
  },
];
