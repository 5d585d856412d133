/** The log behind the record: its state, checkpoints, witnesses and keys, proofs, checks of it, and kits for auditors. */
import { z } from 'zod';
import { defineOperations } from './operation.ts';
import { instant, pageOf, pageQuery } from './page.ts';

const size = z.int().min(0);
const querySize = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

export const checkpointSchema = z.strictObject({
  size,
  atMs: instant,
  /** Base64 of the tree's root. */
  root: z.string(),
  /** The signed note (C2SP tlog-checkpoint), byte for byte: who verifies needs all of it. */
  note: z.string(),
  /** Names of the configured witnesses that have cosigned it. */
  cosigners: z.array(z.string()),
  /** Whether those are as many as the configuration asks for. */
  hasQuorum: z.boolean(),
});

export const logKeySchema = z.strictObject({
  /** From 0, each named by an entry under the key before it. */
  generation: z.int().min(0),
  /** `name+id+base64` (C2SP signed-note). */
  verifierKey: z.string(),
  /** Sizes whose checkpoints it may have signed. */
  fromSize: size,
  toSize: size.nullable(),
  /** Until then it still signs beside the next one. */
  untilMs: instant.nullable(),
});

export const logStateSchema = z.strictObject({
  /** Names the log in its checkpoints. */
  origin: z.string(),
  /** Of the newest key. */
  verifierKey: z.string(),
  /** Entries that are durable, that are in the tree, and that are under a signed checkpoint. */
  sequenced: size,
  integrated: size,
  published: size,
  latest: checkpointSchema.nullable(),
  keys: z.array(logKeySchema),
  /** How many witnesses have to cosign a checkpoint, and how many are configured. */
  quorum: z.int().min(0),
  witnesses: z.int().min(0),
});

export const witnessSchema = z.strictObject({
  name: z.string(),
  url: z.string(),
  verifierKey: z.string(),
  /** The newest of the latest checkpoints that it has cosigned; null where it has cosigned none of them. */
  lastCosigned: z.strictObject({ size, atMs: instant }).nullable(),
  /** Of the latest checkpoints that were looked at, how many it has cosigned. */
  cosigned: z.int().min(0),
});

const failureSchema = z.strictObject({
  code: z.string(),
  message: z.string(),
  /** Of the entry that it is about. */
  index: z.int().optional(),
});

export const logReportSchema = z.strictObject({
  isIntact: z.boolean(),
  from: size,
  size,
  checkpoints: z.int(),
  purged: z.int(),
  /** Entries beside whose leaf something was opened. */
  opened: z.int(),
  checks: z.array(
    z.strictObject({ id: z.string(), failures: z.array(failureSchema), failureCount: z.int() }),
  ),
});

export const logCheckEventSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('progress'), done: z.int(), total: z.int() }),
  z.strictObject({ kind: z.literal('report'), report: logReportSchema }),
]);

export const countedInstanceSchema = z.strictObject({
  /** The process that counts its entries. */
  instance: z.string(),
  /** The first and the last of its numbers that were looked at. */
  firstSequence: z.int(),
  lastSequence: z.int(),
  entries: z.int(),
  lastAtMs: instant,
  /** When it last said that it is alive; null where it is none that does, or where that was before what was looked at. */
  lastHeartbeatMs: instant.nullable(),
  /** It said that it stops. */
  isStopped: z.boolean(),
});

/** As much as one look takes: whole logs are for the check. */
export const MAX_COUNTED_ENTRIES = 20_000;

export const auditOperations = defineOperations({
  getLog: {
    method: 'GET',
    path: '/log',
    summary: 'The state of the log: how far it is, its keys, its latest checkpoint',
    permission: 'audit.read',
    over: 'organization',
    answer: logStateSchema,
  },
  listCheckpoints: {
    method: 'GET',
    path: '/log/checkpoints',
    summary: 'Checkpoints that are kept, the largest first, with who has cosigned each',
    permission: 'audit.read',
    over: 'organization',
    query: z.strictObject(pageQuery),
    answer: pageOf(checkpointSchema),
  },
  listWitnesses: {
    method: 'GET',
    path: '/log/witnesses',
    summary: 'The witnesses in force, and what each has cosigned of late',
    permission: 'audit.read',
    over: 'organization',
    answer: z.strictObject({
      items: z.array(witnessSchema),
      quorum: z.int().min(0),
      /** How many checkpoints were looked at. */
      lookedAt: z.int().min(0),
    }),
  },
  proveConsistency: {
    method: 'GET',
    path: '/log/consistency',
    summary: 'What shows that the log of one size is that of an earlier size, appended to (RFC 6962)',
    permission: 'audit.read',
    over: 'organization',
    query: z.strictObject({ fromSize: querySize, toSize: querySize }),
    answer: z.strictObject({ fromSize: size, toSize: size, hashes: z.array(z.string()) }),
    refusals: ['not_found'],
  },
  proveEntry: {
    method: 'GET',
    path: '/log/proof',
    summary: 'A self-contained proof bundle of one entry (C2SP tlog-proof)',
    description: 'With the leaf, its path and the signed checkpoint: it verifies without this gateway.',
    permission: 'audit.read',
    over: 'organization',
    query: z.strictObject({
      /** Its index, the response header `x-bartizan-record`, or an id such as `req_…`. */
      entry: z.string().min(1).max(300),
    }),
    download: 'text/plain; charset=utf-8',
    refusals: ['not_found'],
  },
  proveHandover: {
    method: 'GET',
    path: '/log/handovers/{generation}',
    summary: 'A proof bundle of the entry by which the key before handed the log over to this one',
    description:
      'Under the key before, which has also signed for the one after: whoever knows one key goes on by it.',
    permission: 'audit.read',
    over: 'organization',
    /** From 1: the first key was handed over by nobody. */
    parameters: z.strictObject({ generation: z.coerce.number().int().min(1).max(1_000_000) }),
    download: 'text/plain; charset=utf-8',
    refusals: ['not_found'],
  },
  checkLog: {
    method: 'GET',
    path: '/log/check',
    summary: 'Re-hash the log, and check tiles, checkpoints, counters and what lies beside it',
    description: 'One at a time. Whoever closes the connection ends it.',
    permission: 'audit.read',
    over: 'organization',
    query: z.strictObject({
      /** Where to begin; what stands before is taken from its tiles, unread. */
      from: querySize.default(0),
      /** Opens all that lies beside the leaves, and not a sample alone. */
      deep: z.enum(['true', 'false']).default('false'),
    }),
    events: logCheckEventSchema,
    refusals: ['conflict'],
  },
  getCompleteness: {
    method: 'GET',
    path: '/log/completeness',
    summary: 'Whether the newest entries of every gateway are all there: counters and heartbeats',
    permission: 'audit.read',
    over: 'organization',
    query: z.strictObject({
      /** How many of the newest entries are looked at. */
      entries: z.coerce.number().int().min(1).max(MAX_COUNTED_ENTRIES).default(5_000),
    }),
    answer: z.strictObject({
      fromIndex: size,
      toIndex: size,
      /** Leaves that retention has taken out: gaps of as many are expected. */
      purged: z.int(),
      instances: z.array(countedInstanceSchema),
      gaps: z.array(failureSchema),
      gapCount: z.int(),
    }),
  },
  makeKit: {
    method: 'POST',
    path: '/log/kits',
    summary: "An auditor's kit: every entry of a time, and all it takes to check it without this gateway",
    description: 'It names nobody. That it was made is recorded first.',
    permission: 'audit.export',
    over: 'organization',
    body: z.strictObject({
      fromMs: instant,
      /** Not included. */
      toMs: instant,
      /** With a proof of its own for each entry. */
      proofs: z.boolean().default(false),
      /** The size of a checkpoint that the auditor kept: the kit shows that it follows from it. */
      knownSize: size.optional(),
      reason: z.string().trim().min(1).max(500).optional(),
    }),
    download: 'application/zip',
    refusals: ['unacceptable'],
  },
});
