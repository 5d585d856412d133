/** `GET /log/…`: the log as monitors read it (C2SP tlog-tiles): checkpoint, tiles, and entries that name nobody. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../domain/refusal.ts';
import type { LogStore } from '../modules/audit/store.ts';
import { type Identity, requireScope } from '../modules/identity/identity.ts';
import { formatBundle } from '../tlog/bundles.ts';
import { TlogError } from '../tlog/errors.ts';
import { HASH_BYTES } from '../tlog/hashes.ts';
import { parseTilePath } from '../tlog/tile-paths.ts';
import { type BundleCoordinates, TILE_WIDTH, type TileCoordinates, tileWidth } from '../tlog/tiles.ts';
import { presentedBy } from './connection.ts';

export interface PublishedLog {
  readonly store: Pick<LogStore, 'checkpointAt' | 'tiles' | 'leaves'>;
  /** What checkpoints verify with, a key on each line, the newest first. */
  readonly keys: () => Promise<string>;
  /** `credential`: whoever presents one with the scope `audit`. */
  readonly access: 'credential' | 'public';
  readonly identity: () => Identity;
}

/** Reads at one time: monitors wait for one another, not requests for monitors. */
const MAX_READS = 32;
const NOTE = 'text/plain; charset=utf-8';
const BYTES = 'application/octet-stream';
/** What a path with a width names never changes. */
const FOR_GOOD = 'max-age=31536000, immutable';
const NOT_FOR_LONG = 'no-cache';

export function mountLog(app: FastifyInstance, log: PublishedLog): void {
  let reading = 0;
  const cache = log.access === 'public' ? 'public' : 'private';
  app.get('/log/*', async (request, reply) => {
    if (reading >= MAX_READS) throw new Refusal('overloaded');
    reading++;
    try {
      await admit(log, request);
      const { type, age, body } = await read(log, (request.params as { '*': string })['*']);
      return await send(reply, body, { 'content-type': type, 'cache-control': `${cache}, ${age}` });
    } finally {
      reading--;
    }
  });
}

function send(reply: FastifyReply, body: Buffer, headers: Readonly<Record<string, string>>): FastifyReply {
  return reply.headers({ ...headers, 'x-content-type-options': 'nosniff' }).send(body);
}

async function admit({ access, identity }: PublishedLog, { raw }: FastifyRequest): Promise<void> {
  if (access === 'public') return;
  requireScope(await identity().authenticate(presentedBy(raw, undefined)), 'audit');
}

interface Answer {
  readonly type: string;
  readonly age: string;
  readonly body: Buffer;
}

/** @throws Refusal `not_found`, also for what is integrated and under no checkpoint yet */
async function read({ store, keys }: PublishedLog, path: string): Promise<Answer> {
  if (path === 'key') return { type: NOTE, age: NOT_FOR_LONG, body: Buffer.from(await keys(), 'utf8') };
  const last = await store.checkpointAt(Number.MAX_SAFE_INTEGER);
  if (!last) throw new Refusal('not_found');
  if (path === 'checkpoint') return { type: NOTE, age: NOT_FOR_LONG, body: Buffer.from(last.note, 'utf8') };
  const named = namedBy(path);
  const level = named.kind === 'tile' ? named.level : 0;
  if (named.width > tileWidth(level, named.index, last.size)) throw new Refusal('not_found');
  const body = named.kind === 'tile' ? await tileOf(store, named) : await bundleOf(store, named);
  if (!body) throw new Refusal('not_found');
  return { type: BYTES, age: FOR_GOOD, body };
}

function namedBy(path: string): ReturnType<typeof parseTilePath> {
  try {
    return parseTilePath(path);
  } catch (error) {
    if (error instanceof TlogError) throw new Refusal('not_found');
    throw error;
  }
}

async function tileOf(
  store: PublishedLog['store'],
  { level, index, width }: TileCoordinates,
): Promise<Buffer | undefined> {
  const [bytes] = await store.tiles([{ level, index }]);
  return bytes && Buffer.from(bytes.subarray(0, width * HASH_BYTES));
}

/** Undefined where retention has removed a leaf of it. */
async function bundleOf(
  store: PublishedLog['store'],
  { index, width }: BundleCoordinates,
): Promise<Buffer | undefined> {
  const first = index * TILE_WIDTH;
  const leaves = await store.leaves(first, first + width);
  const present = leaves.filter((leaf) => leaf !== undefined);
  return present.length === width ? Buffer.from(formatBundle(present)) : undefined;
}
