/** The witness as its operator runs it: what it cosigned it remembers, however it ends, and a gateway gets its word. */
import { spawn, type ChildProcess, execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, stat, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { formatCheckpoint, openCheckpoint } from '../../src/tlog/checkpoint.ts';
import { leafHash } from '../../src/tlog/hashes.ts';
import { rootOfLeaves } from '../../src/tlog/integrate.ts';
import { ED25519, formatVerifierKey, noteSigner, parseVerifierKey } from '../../src/tlog/keys.ts';
import { formatNote } from '../../src/tlog/note.ts';
import { proveConsistency } from '../../src/tlog/prove.ts';
import { hashReaderOfTiles } from '../../src/tlog/tiles.ts';
import { TileMap } from '../../src/tlog/testdata/trees.ts';
import { formatAddCheckpoint, parseConflict } from '../../src/tlog/witness-text.ts';
import { startGateway, until } from './gateway.ts';

const PROGRAM = resolve(import.meta.dirname, '..', '..', 'src', 'cli', 'bartizan.ts');
/** Rounds of requests, kill and restart; 200 of them look longer for what is rare. */
const ROUNDS = Number(process.env['BARTIZAN_WITNESS_ROUNDS'] ?? 20);
const ORIGIN = 'log.example/audit';
const LOG = noteSigner(ORIGIN, ED25519, randomBytes(32));

let directory: string;
let children: ChildProcess[];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'bartizan-witness-'));
  children = [];
});
afterEach(async () => {
  for (const child of children)
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  await rm(directory, { recursive: true, force: true, maxRetries: 3 });
});

const keyFile = () => join(directory, 'witness.key');
const environment = {
  PATH: process.env['PATH'] ?? '',
  NODE_COMPILE_CACHE: join(tmpdir(), 'bartizan-compile-cache'),
};

async function makeKey(): Promise<string> {
  const args = [PROGRAM, 'witness', 'key', '--key-file', keyFile(), '--name', 'witness.example/w'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: environment });
  return stdout.trim();
}

interface Running {
  readonly url: string;
  readonly process: ChildProcess;
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

async function start(log = `${ORIGIN}=${formatVerifierKey(LOG.verifier)}`): Promise<Running> {
  const args = [PROGRAM, 'witness', '--listen', '127.0.0.1:0', '--key-file', keyFile(), '--log', log];
  const child = spawn(process.execPath, args, { env: environment, stdio: ['ignore', 'pipe', 'ignore'] });
  children.push(child);
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const url = /http:\S+/.exec(line)?.[0];
  if (url === undefined) throw new Error(`the witness does not say where it listens: ${line}`);
  return {
    url,
    process: child,
    async end(signal) {
      const exit = once(child, 'exit');
      child.kill(signal);
      await exit;
      return child.exitCode;
    },
  };
}

/** One history of a log: what it has been so far, and two ways on. */
function history(leaves: readonly string[]) {
  const hashes = leaves.map((leaf) => leafHash(Buffer.from(leaf)));
  const tiles = new TileMap();
  tiles.append(hashes);
  return {
    leaves,
    rootAt: (size: number) => Buffer.from(rootOfLeaves(hashes.slice(0, size))),
    async ask(url: string, oldSize: number, size: number): Promise<Response> {
      const text = formatCheckpoint({ origin: ORIGIN, size, root: this.rootAt(size), extensions: [] });
      const proof = await proveConsistency(oldSize, size, hashReaderOfTiles(size, tiles.read));
      const checkpoint = formatNote({ text, signatures: [LOG.sign(text)] });
      const body = Buffer.from(formatAddCheckpoint({ oldSize, proof, checkpoint }));
      return fetch(`${url}/add-checkpoint`, { method: 'POST', body });
    },
  };
}
type History = ReturnType<typeof history>;

test('a key is made once, for its owner alone, and the witness remembers over a restart', async () => {
  const key = await makeKey();
  expect(await makeKey()).toBe(key);
  expect((await stat(keyFile())).mode & 0o777).toBe(0o600);
  expect(await readFile(keyFile(), 'utf8')).toMatch(/^PRIVATE\+KEY\+witness\.example\/w\+/);
  const first = await start();
  const log = history(['a', 'b', 'c', 'd']);
  expect((await log.ask(first.url, 0, 3)).status).toBe(200);
  expect(await (await fetch(first.url)).text()).toContain(key);
  expect(await first.end('SIGTERM')).toBe(0);
  const second = await start();
  const forgotten = await log.ask(second.url, 0, 4);
  expect([forgotten.status, await forgotten.text()]).toEqual([409, '3\n']);
  expect((await log.ask(second.url, 3, 4)).status).toBe(200);
  expect((await history(['a', 'b', 'X', 'd']).ask(second.url, 4, 4)).status).toBe(409);
});

test('killed between any two states, it never cosigns two histories', {
  timeout: 60_000 + ROUNDS * 6_000,
}, async () => {
  await makeKey();
  let leaves: readonly string[] = [];
  let cosignedSomething = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const forks = (['one', 'other'] as const).map((name) =>
      history([...leaves, ...Array.from({ length: 6 }, (_, i) => `${round} ${name} ${i}`)]),
    );
    const cosigned = await attack(forks, leaves.length);
    // Every cosignature that anybody received is of one of the two.
    expect(new Set(cosigned.map(({ fork }) => fork)).size).toBeLessThanOrEqual(1);
    cosignedSomething += cosigned.length;

    const restarted = await start();
    const known = await latestSize(restarted, history(leaves));
    // What left the house was on the disk before.
    expect(known).toBeGreaterThanOrEqual(Math.max(leaves.length, ...cosigned.map(({ size }) => size)));
    // Only one of the two is what it knows, and it goes on with that one alone.
    const statuses = await Promise.all(
      forks.map(async (fork) => (await fork.ask(restarted.url, known, known)).status),
    );
    const isUndecided = known === leaves.length;
    expect(statuses.toSorted((a, b) => a - b)).toEqual(isUndecided ? [200, 200] : [200, 409]);
    const winner = forks[statuses.indexOf(200)];
    const [received] = cosigned;
    if (received) expect(winner).toBe(forks[received.fork]);
    leaves = isUndecided ? leaves : (winner?.leaves ?? []).slice(0, known);
    await restarted.end('SIGKILL');
  }
  expect(cosignedSomething).toBeGreaterThan(0);
});

interface Cosigned {
  readonly fork: number;
  readonly size: number;
}

/** Both histories are shown at once, in steps, until the witness is gone; resolves to what it cosigned. */
async function attack(forks: readonly History[], from: number): Promise<readonly Cosigned[]> {
  const witness = await start();
  const cosigned: Cosigned[] = [];
  const press = async (fork: History, index: number): Promise<void> => {
    let known = from;
    for (let size = from + 1; size <= fork.leaves.length; size++) {
      const answer = await fork.ask(witness.url, known, size).catch(() => undefined);
      if (!answer) return;
      if (answer.status !== 200) continue;
      cosigned.push({ fork: index, size });
      known = size;
    }
  };
  const pressing = forks.flatMap((fork, index) => [press(fork, index), press(fork, index)]);
  await new Promise((later) => setTimeout(later, Math.random() * 60));
  await witness.end('SIGKILL');
  await Promise.all(pressing);
  return cosigned;
}

/** The size that the witness says in a conflict; asked with an old size that it cannot have. */
async function latestSize({ url }: Running, log: History): Promise<number> {
  const text = formatCheckpoint({ origin: ORIGIN, size: 1_000_000, root: Buffer.alloc(32), extensions: [] });
  const checkpoint = formatNote({ text, signatures: [LOG.sign(text)] });
  const body = Buffer.from(formatAddCheckpoint({ oldSize: 999_999, proof: [], checkpoint }));
  const answer = await fetch(`${url}/add-checkpoint`, { method: 'POST', body });
  expect(answer.status).toBe(409);
  const size = parseConflict(new Uint8Array(await answer.arrayBuffer()));
  expect(size).toBeGreaterThanOrEqual(log.leaves.length);
  return size;
}

test('a gateway publishes its checkpoints under the cosignature of a witness, and says how old the last is', async () => {
  const key = await makeKey();
  const gateway = await startGateway(undefined, { BARTIZAN_LOG_ORIGIN: ORIGIN });
  try {
    const { office } = gateway.gateway;
    const witness = await start(`${ORIGIN}=${office.log.verifierKey}`);
    const { configuration } = (await office.configurations.current())!;
    await office.configurations.apply(
      {
        ...configuration,
        witnesses: { ours: { description: '', key, url: witness.url, allow_private_network: true } },
        witness_quorum: 1,
      },
      { actor: 'test' },
    );
    const cosigned = async () => {
      const checkpoint = await office.stores.log.checkpointAt(Number.MAX_SAFE_INTEGER);
      if (!checkpoint) return undefined;
      const { cosignatures } = openCheckpoint(Buffer.from(checkpoint.note), {
        origin: ORIGIN,
        logKeys: [parseVerifierKey(office.log.verifierKey)],
        witnessKeys: [parseVerifierKey(key)],
      });
      return cosignatures.length === 1 ? checkpoint : undefined;
    };
    const first = await until(cosigned, 15_000);
    expect(first.size).toBeGreaterThan(0);
    const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
    expect(metrics).toMatch(/^bartizan_log_published_size \d+$/m);
    expect(metrics).toMatch(/^bartizan_log_quorum_age_seconds [\d.]+$/m);

    // Without its witness the log goes on, and it is counted.
    await witness.end('SIGKILL');
    await office.audit.append({
      kind: 'administration',
      id: 'adm_1',
      at: Date.now(),
      actor: 'test',
      action: 'test',
      subject: 'test',
    });
    await until(async () => {
      const latest = await office.stores.log.checkpointAt(Number.MAX_SAFE_INTEGER);
      return latest && latest.size > first.size ? latest : undefined;
    }, 15_000);
    await until(async () => {
      const text = await (await fetch(`${gateway.url}/metrics`)).text();
      return text.includes('bartizan_log_witness_failures_total{witness="ours",reason="unreachable"}')
        ? text
        : undefined;
    }, 15_000);
  } finally {
    await gateway.stop();
  }
});
