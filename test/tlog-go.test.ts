/** The log's formats and proofs against Go's implementation of them: each checks what the other wrote. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatBundle, parseBundle } from '../src/tlog/bundles.ts';
import { formatCheckpoint } from '../src/tlog/checkpoint.ts';
import { newEd25519Seed } from '../src/tlog/crypto.ts';
import { leafHash } from '../src/tlog/hashes.ts';
import {
  COSIGNATURE_V1,
  ED25519,
  formatVerifierKey,
  noteSigner,
  noteVerifier,
  parseVerifierKey,
} from '../src/tlog/keys.ts';
import { formatNote } from '../src/tlog/note.ts';
import { openTrustedCheckpoint, type Policy, policyOfKeys } from '../src/tlog/policy.ts';
import { formatProof, verifyProof } from '../src/tlog/proof.ts';
import { proveConsistency, proveInclusion } from '../src/tlog/prove.ts';
import { TileMap } from '../src/tlog/testdata/trees.ts';
import { bundlePath, tilePath } from '../src/tlog/tile-paths.ts';
import { allTiles, hashReaderOfTiles } from '../src/tlog/tiles.ts';
import { readRoot } from '../src/tlog/tree.ts';
import { verifyConsistency, verifyInclusion } from '../src/tlog/verify.ts';
import { buildGo, describeWithGo } from './go.ts';

const run = promisify(execFile);

/** What both sides write beside checkpoint, tiles, entry bundles and the proof bundle. Bytes are base64. */
interface Statements {
  readonly origin: string;
  readonly size: number;
  readonly root: string;
  readonly logKey: string;
  readonly witnesses: readonly {
    readonly name: string;
    readonly publicKey: string;
    readonly timestamp: number;
  }[];
  readonly inclusion: readonly InclusionStatement[];
  readonly consistency: readonly ConsistencyStatement[];
  readonly bundle: number;
}

interface InclusionStatement {
  readonly index: number;
  readonly size: number;
  readonly root: string;
  readonly proof: readonly string[];
}

interface ConsistencyStatement {
  readonly oldSize: number;
  readonly newSize: number;
  readonly oldRoot: string;
  readonly newRoot: string;
  readonly proof: readonly string[];
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const bytes = (encoded: string): Uint8Array => new Uint8Array(Buffer.from(encoded, 'base64'));

const SIZE = 66_000;
const ENTRIES = Array.from({ length: SIZE }, (_, i) => new Uint8Array(Buffer.from(`${i}`.repeat(i % 4))));
const LEAVES = ENTRIES.map(leafHash);
const TIME = 1_790_000_000;

async function writeInto(folder: string, name: string, data: Uint8Array | string): Promise<void> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, data);
}

/** Places to prove: all in small trees, and some far apart in a large one. */
function places(): readonly (readonly [index: number, size: number])[] {
  const small = Array.from({ length: 40 }, (_, i) => i + 1).flatMap((size) =>
    Array.from({ length: size }, (_, index) => [index, size] as const),
  );
  const large = Array.from({ length: 100 }, (_, i) => [(i * 7_919) % 60_000, 60_000 + i * 60] as const);
  return [...small, ...large];
}

async function writeLog(folder: string): Promise<void> {
  const log = new TileMap();
  const root = log.append(LEAVES);
  const read = (size: number) => hashReaderOfTiles(size, log.read);
  const rootAt = async (size: number) => text(await readRoot(size, read(size)));
  const inclusion: InclusionStatement[] = [];
  const consistency: ConsistencyStatement[] = [];
  for (const [index, size] of places()) {
    const proof = (await proveInclusion(index, size, read(size))).map(text);
    inclusion.push({ index, size, root: await rootAt(size), proof });
    // Go proves nothing about the empty tree.
    if (index === 0) continue;
    const growth = (await proveConsistency(index, size, read(size))).map(text);
    const [oldRoot, newRoot] = [await rootAt(index), await rootAt(size)];
    consistency.push({ oldSize: index, newSize: size, oldRoot, newRoot, proof: growth });
  }
  for (const tile of allTiles(SIZE)) {
    await writeInto(folder, tilePath(tile), log.tiles.get(`${tile.level}/${tile.index}`)?.bytes ?? '');
    if (tile.level > 0) continue;
    const first = tile.index * 256;
    await writeInto(folder, bundlePath(tile), formatBundle(ENTRIES.slice(first, first + tile.width)));
  }
  const signer = noteSigner('bartizan.example/audit', ED25519, newEd25519Seed());
  const witnesses = [1, 2].map((i) => noteSigner(`witness.example/w${i}`, COSIGNATURE_V1, newEd25519Seed()));
  const origin = signer.verifier.name;
  const body = formatCheckpoint({ origin, size: SIZE, root, extensions: [] });
  const signatures = [signer.sign(body), ...witnesses.map((witness) => witness.sign(body, TIME))];
  const checkpoint = formatNote({ text: body, signatures });
  await writeInto(folder, 'checkpoint', checkpoint);
  const proof = await proveInclusion(65_536, SIZE, read(SIZE));
  await writeInto(folder, 'entry.tlog-proof', formatProof({ index: 65_536, proof, checkpoint }));
  const said: Statements = {
    origin,
    size: SIZE,
    root: text(root),
    logKey: formatVerifierKey(signer.verifier),
    witnesses: witnesses.map(({ verifier }) => ({
      name: verifier.name,
      publicKey: text(verifier.publicKey),
      timestamp: TIME,
    })),
    inclusion,
    consistency,
    bundle: 65_536,
  };
  await writeInto(folder, 'statements.json', JSON.stringify(said));
}

function policyOf(said: Statements): Policy {
  const witnesses = said.witnesses.map(({ name, publicKey }) =>
    noteVerifier(name, COSIGNATURE_V1, bytes(publicKey)),
  );
  return policyOfKeys([parseVerifierKey(said.logKey)], witnesses, witnesses.length);
}

describeWithGo("Go's transparency log", () => {
  let folder = '';
  let program = '';
  let said: Statements;
  const ofGo = (name: string) => readFile(path.join(folder, 'go', name));

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'bartizan-go-'));
    program = await buildGo(path.join(import.meta.dirname, 'tlog-go/main.go'), folder);
    await writeLog(path.join(folder, 'ours'));
    await run(program, ['write', path.join(folder, 'go')]);
    said = JSON.parse((await ofGo('statements.json')).toString());
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('accepts the checkpoint, cosignatures, tiles, entries and proofs that Bartizan wrote', async () => {
    const { stdout } = await run(program, ['check', path.join(folder, 'ours')]);
    expect(stdout).toBe('checked 66000 entries, 920 inclusion proofs, 879 consistency proofs\n');
  });

  test.each(['checkpoint', 'tile/2/000.p/1', 'tile/entries/257.p/208', 'entry.tlog-proof'])(
    'refuses what Bartizan wrote once %s is changed',
    async (name) => {
      const file = path.join(folder, 'ours', name);
      const before = await readFile(file);
      const changed = Buffer.from(before);
      const position = Math.floor(changed.length / 2);
      changed.writeUInt8(changed.readUInt8(position) ^ 1, position);
      await writeFile(file, changed);
      await expect(run(program, ['check', path.join(folder, 'ours')])).rejects.toThrow('Command failed');
      await writeFile(file, before);
    },
  );

  test('signs a checkpoint, cosignatures and a proof bundle that Bartizan accepts', async () => {
    const trusted = openTrustedCheckpoint(await ofGo('checkpoint'), policyOf(said));
    expect(trusted.checkpoint).toEqual({
      origin: said.origin,
      size: said.size,
      root: bytes(said.root),
      extensions: [],
    });
    const times = trusted.cosignatures.map(({ timestamp }) => timestamp);
    expect(times).toEqual(said.witnesses.map(({ timestamp }) => timestamp));
    const entry = new Uint8Array(Buffer.from(`${said.bundle}.`.repeat(said.bundle % 5)));
    const bundle = await ofGo('entry.tlog-proof');
    expect(verifyProof(bundle, leafHash(entry), policyOf(said)).index).toBe(said.bundle);
  });

  test('writes the tiles and the proofs that Bartizan computes from the same entries', async () => {
    const log = new TileMap();
    const bundles = [...allTiles(said.size)].filter(({ level }) => level === 0);
    for (const bundle of bundles)
      log.append(parseBundle(await ofGo(bundlePath(bundle)), bundle.width).map(leafHash));
    for (const tile of allTiles(said.size)) {
      const ours = log.tiles.get(`${tile.level}/${tile.index}`);
      expect(Buffer.compare(await ofGo(tilePath(tile)), ours?.bytes ?? new Uint8Array(0))).toBe(0);
    }
    const read = (size: number) => hashReaderOfTiles(size, log.read);
    const leafAt = async (index: number) =>
      (await read(said.size)([{ level: 0, index }]))[0] ?? new Uint8Array(0);
    for (const { index, size, root, proof } of said.inclusion) {
      expect((await proveInclusion(index, size, read(size))).map(text)).toEqual(proof);
      verifyInclusion({ index, hash: await leafAt(index) }, { size, root: bytes(root) }, proof.map(bytes));
    }
    for (const { oldSize, newSize, oldRoot, newRoot, proof } of said.consistency) {
      expect((await proveConsistency(oldSize, newSize, read(newSize))).map(text)).toEqual(proof);
      const [older, newer] = [
        { size: oldSize, root: bytes(oldRoot) },
        { size: newSize, root: bytes(newRoot) },
      ];
      verifyConsistency(older, newer, proof.map(bytes));
    }
    expect([said.inclusion.length, said.consistency.length]).toEqual([920, 880]);
  });
});
