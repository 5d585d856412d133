/** What somebody with access to the database does to a log. The house's own program then hashes and signs it as its own. */
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type Database from 'better-sqlite3';
import { formatBundle, parseBundle } from '../../src/tlog/bundles.ts';
import { EMPTY_ROOT } from '../../src/tlog/hashes.ts';
import { withBitFlipped } from '../../src/tlog/testdata/trees.ts';
import { TILE_WIDTH } from '../../src/tlog/tiles.ts';
import type { Scene } from './scene.ts';

function leavesOf(database: Database.Database): string[] {
  const bundles = database
    .prepare<[], Buffer>('select entries from log_bundles order by bundle_index')
    .pluck()
    .all();
  const bundled = bundles.flatMap((bytes) => parseBundle(zstdDecompressSync(bytes), TILE_WIDTH));
  const rows = database.prepare<[], string>('select leaf from log_leaves order by leaf_index').pluck().all();
  return [...bundled.map((leaf) => Buffer.from(leaf).toString('utf8')), ...rows];
}

/** What lies beside the entry of that id, or at that index where the entry is a new one: it moves with its leaf. */
function besideOf<Row extends { readonly id: string; readonly leaf_index: number }>(rows: readonly Row[]) {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const byIndex = new Map(rows.map((row) => [row.leaf_index, row]));
  return (id: string, index: number) => byId.get(id) ?? byIndex.get(index);
}

interface Said {
  readonly id: string;
  readonly leaf_index: number;
  readonly subjects: string;
  readonly wrapped_key: Buffer;
  readonly sealed: Buffer;
}

/** Another history in the place of the stored one: to be taken in, signed and published from the first leaf on. */
export function rewrite(scene: Scene, edit: (leaves: string[]) => readonly string[]): void {
  scene.sql((database) => {
    const leaves = edit(leavesOf(database));
    const identityOf = besideOf(
      database
        .prepare<[], { id: string; leaf_index: number; identity: string | null }>(
          'select id, leaf_index, identity from audit',
        )
        .all(),
    );
    const saidIn = besideOf(
      database.prepare<[], Said>('select c.*, id from audit_content c join audit using (leaf_index)').all(),
    );
    const tables = ['log_bundles', 'log_leaves', 'log_tiles', 'log_checkpoints', 'audit', 'audit_content'];
    for (const table of tables) database.exec(`delete from ${table}`);
    const insertLeaf = database.prepare('insert into log_leaves (leaf_index, leaf) values (?, ?)');
    const insertRow = database.prepare('insert into audit values (?, ?, ?, ?, ?, ?, ?, null)');
    const insertSaid = database.prepare(
      'insert into audit_content (leaf_index, subjects, wrapped_key, sealed) values (?, ?, ?, ?)',
    );
    leaves.forEach((leaf, index) => {
      const { counter, entry } = JSON.parse(leaf) as {
        counter: { instance: string; sequence: number };
        entry: { kind: string; id: string; at: number };
      };
      insertLeaf.run(index, leaf);
      const { instance, sequence } = counter;
      const { kind, id, at } = entry;
      insertRow.run(index, instance, sequence, kind, id, at, identityOf(id, index)?.identity);
      const said = leaf.includes('"content":"') ? saidIn(id, index) : undefined;
      if (said) insertSaid.run(index, said.subjects, said.wrapped_key, said.sealed);
    });
    database.prepare('update log_counter set sequenced = ?').run(leaves.length);
    database.prepare('update log_tree set size = 0, root = ?').run(Buffer.from(EMPTY_ROOT));
  });
}

/** The same leaves, each numbered as if it had always stood where it stands now. */
export function renumbered(leaves: readonly string[]): readonly string[] {
  return leaves.map((leaf, index) => leaf.replace(/"sequence":\d+/, `"sequence":${index + 1}`));
}

export function editBundle(scene: Scene, index: number, edit: (bytes: Buffer) => Uint8Array): void {
  scene.sql((database) => {
    const bytes = database
      .prepare<[number], Buffer>('select entries from log_bundles where bundle_index = ?')
      .pluck()
      .get(index);
    const edited = edit(zstdDecompressSync(bytes ?? Buffer.alloc(0)));
    database
      .prepare('update log_bundles set entries = ? where bundle_index = ?')
      .run(zstdCompressSync(edited), index);
  });
}

/** One bit of the leaf at that place of a bundle. */
export function flipInBundle(bytes: Uint8Array, place: number): Uint8Array {
  const entries = parseBundle(bytes, TILE_WIDTH);
  return formatBundle(entries.map((leaf, at) => (at === place ? withBitFlipped(leaf, 120) : leaf)));
}

export function editTile(
  scene: Scene,
  level: number,
  index: number,
  edit: (bytes: Buffer) => Uint8Array | undefined,
): void {
  scene.sql((database) => {
    const where = 'where level = ? and tile_index = ?';
    const bytes = database
      .prepare<[number, number], Buffer>(`select hashes from log_tiles ${where}`)
      .pluck()
      .get(level, index);
    const edited = edit(bytes ?? Buffer.alloc(0));
    if (edited) database.prepare(`update log_tiles set hashes = ? ${where}`).run(edited, level, index);
    else database.prepare(`delete from log_tiles ${where}`).run(level, index);
  });
}

/** What the house has published is not signed anew while it stands. */
export function forgetCheckpoints(scene: Scene): void {
  scene.sql((database) => database.exec('delete from log_checkpoints'));
}

export function editLatestCheckpoint(scene: Scene, edit: (note: string) => string): void {
  scene.sql((database) => {
    const latest = database
      .prepare<[], { size: number; note: string }>(
        'select size, note from log_checkpoints order by size desc limit 1',
      )
      .get();
    if (!latest) throw new Error('nothing is published');
    database
      .prepare('update log_checkpoints set note = ? where size = ?')
      .run(edit(latest.note), latest.size);
  });
}
