/** A second copy of a log, grown from its leaves alone, that the stored one is held against. */
import { expect } from 'vitest';
import { leafText } from '../../src/modules/audit/store.ts';
import { openCheckpoint } from '../../src/tlog/checkpoint.ts';
import { utf8 } from '../../src/tlog/encoding.ts';
import { leafHash } from '../../src/tlog/hashes.ts';
import { parseVerifierKey } from '../../src/tlog/keys.ts';
import { proveConsistency } from '../../src/tlog/prove.ts';
import { hex, TileMap } from '../../src/tlog/testdata/trees.ts';
import { allTiles, hashReaderOfTiles } from '../../src/tlog/tiles.ts';
import { readRoot } from '../../src/tlog/tree.ts';
import { type TreeHead, verifyConsistency } from '../../src/tlog/verify.ts';
import { idOf } from '../conformance/records.ts';
import { entryOf } from './entries.ts';
import { ORIGIN, type OpenedLog } from './open-log.ts';

/** What a process said before it was killed. */
export interface Said {
  readonly receipts: readonly { readonly sequence: number; readonly index: number; readonly id: string }[];
  readonly checkpoints: readonly Uint8Array[];
  /** How often it was told no, and went on. */
  readonly refusals: number;
}

/** The last line may have been cut off. */
export function parseSaid(output: string): Said {
  const lines = output.slice(0, output.lastIndexOf('\n') + 1).split('\n');
  const words = lines.map((line) => line.split(' '));
  return {
    receipts: words.flatMap(([kind, sequence, index, id = '']) =>
      kind === 'receipt' ? [{ sequence: Number(sequence), index: Number(index), id }] : [],
    ),
    checkpoints: words.flatMap(([kind, note = '']) =>
      kind === 'checkpoint' ? [new Uint8Array(Buffer.from(note, 'base64'))] : [],
    ),
    refusals: words.filter(([kind]) => kind === 'refused').length,
  };
}

export interface Mirror {
  readonly size: number;
  /** Every tree that was ever published. */
  readonly heads: readonly TreeHead[];
  /** Reads on, and holds everything that the processes of the names were told against what is there. */
  follow(opened: OpenedLog, said: ReadonlyMap<string, Said>): Promise<void>;
  /** Reads it all again: nothing that was once there is another thing now. */
  compareAll(opened: OpenedLog): Promise<void>;
}

const PAGE = 2_000;

export function createMirror(): Mirror {
  const copy = new TileMap();
  const leafHashes: Uint8Array[] = [];
  const lastSequences = new Map<string, number>();
  const heads: TreeHead[] = [];

  const rootAt = (size: number) => readRoot(size, hashReaderOfTiles(copy.edge.size, copy.read));

  function count(index: number, leaf: string): void {
    const { counter } = JSON.parse(leaf) as { counter: { instance: string; sequence: number } };
    const { instance, sequence } = counter;
    expect({ index, instance, sequence }).toEqual({
      index,
      instance,
      sequence: (lastSequences.get(instance) ?? 0) + 1,
    });
    lastSequences.set(instance, sequence);
  }

  async function readLeaves({ stores: { log } }: OpenedLog): Promise<readonly string[]> {
    const from = copy.edge.size;
    const to = await log.sequenced();
    const bytes = await log.leaves(from, to);
    const leaves = bytes.map((leaf, at) => {
      if (leaf === undefined) throw new Error(`leaf ${from + at} of ${to} is missing`);
      return leaf;
    });
    const texts = leaves.map((leaf) => Buffer.from(leaf).toString('utf8'));
    texts.forEach((text, at) => count(from + at, text));
    leafHashes.push(...leaves.map(leafHash));
    copy.append(leafHashes.slice(from));
    return texts;
  }

  /** The stored tree, as it was found, and when all is in it. */
  async function compareTree({ stores: { log } }: OpenedLog): Promise<void> {
    const found = await log.integrated();
    expect(hex(found.root)).toBe(hex(await rootAt(found.size)));
    let tree = found;
    while (tree.size < copy.edge.size) tree = await log.integrate(PAGE);
    expect(hex(tree.root)).toBe(hex(await rootAt(copy.edge.size)));
  }

  async function compareCheckpoints(
    { stores: { log }, log: { verifierKey } }: OpenedLog,
    notes: readonly Uint8Array[],
  ) {
    const logKeys = [parseVerifierKey(verifierKey)];
    const read = hashReaderOfTiles(copy.edge.size, (tiles) => log.tiles(tiles));
    const newest = { size: copy.edge.size, root: await rootAt(copy.edge.size) };
    for (const note of notes) {
      const { checkpoint } = openCheckpoint(note, { origin: ORIGIN, logKeys });
      verifyConsistency(checkpoint, newest, await proveConsistency(checkpoint.size, newest.size, read));
      heads.push(checkpoint);
    }
  }

  return {
    get size() {
      return copy.edge.size;
    },
    heads,
    async follow(opened, said) {
      const from = copy.edge.size;
      const texts = await readLeaves(opened);
      for (const [instance, { receipts }] of said)
        for (const { sequence, index, id } of receipts)
          expect(texts[index - from]).toBe(leafText(instance, sequence, entryOf(id).body));
      await compareBeside(opened, from, texts);
      await compareTree(opened);
      const last = await opened.stores.log.checkpointAt(Number.MAX_SAFE_INTEGER);
      const told = [...said.values()].flatMap(({ checkpoints }) => checkpoints);
      await compareCheckpoints(opened, [...told, ...(last ? [utf8(last.note)] : [])]);
    },
    async compareAll({ stores: { log } }) {
      const { size } = copy.edge;
      for (let from = 0; from < size; from += PAGE) {
        const leaves = await log.leaves(from, Math.min(size, from + PAGE));
        leaves.forEach((leaf, at) =>
          expect(hex(leafHash(leaf ?? new Uint8Array()))).toBe(
            hex(leafHashes[from + at] ?? new Uint8Array()),
          ),
        );
      }
      const names = [...allTiles(size)];
      const [stored, own] = [await readTiles(log, names), await copy.read(names)];
      stored.forEach((bytes, at) =>
        expect(hex(bytes ?? new Uint8Array())).toBe(hex(own[at] ?? new Uint8Array())),
      );
      const read = hashReaderOfTiles(size, (tiles) => log.tiles(tiles));
      const newest = { size, root: await rootAt(size) };
      for (const head of heads)
        verifyConsistency(head, newest, await proveConsistency(head.size, size, read));
    },
  };
}

/** A few hundred in one statement are too many. */
async function readTiles(
  log: OpenedLog['stores']['log'],
  names: readonly { level: number; index: number }[],
) {
  const read: (Uint8Array | undefined)[] = [];
  for (let from = 0; from < names.length; from += 100)
    read.push(...(await log.tiles(names.slice(from, from + 100))));
  return read;
}

/** What is found by, and what lies beside each leaf, came with it or did not come. */
async function compareBeside(
  { stores: { audit } }: OpenedLog,
  from: number,
  texts: readonly string[],
): Promise<void> {
  for (let after = from; after < from + texts.length; ) {
    const page = await audit.read({ after, limit: PAGE });
    expect(page.length).toBeGreaterThan(0);
    page.forEach((stored, at) => {
      expect(stored.index).toBe(after + at);
      expect(stored.leaf).toBe(texts[stored.index - from]);
      const { identity, content } = entryOf(idOf(stored));
      expect(stored.identity).toEqual(identity);
      expect(stored.content).toEqual(content);
    });
    after += page.length;
  }
}
