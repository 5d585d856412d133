/** Reconciles the files of a provider's usage export with the record, and records that it was done. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { newId } from '../base/ids.ts';
import type { AuditEntry } from '../domain/record.ts';
import {
  reconcile,
  UsageError,
  type Accounts,
  type Reconciliation,
  type UsageFormat,
} from '../governance/reconciliation/reconciliation.ts';
import type { Office } from './office.ts';

export interface UsageOptions {
  readonly files: readonly string[];
  readonly format?: UsageFormat;
  /** Empty: all that are configured for the format. */
  readonly providers: readonly string[];
  readonly keys: ReadonlyMap<string, string>;
  readonly models: ReadonlyMap<string, string>;
  readonly fromMs?: number;
  readonly toMs?: number;
  readonly tolerance: number;
}

export interface ReconciledFiles extends Reconciliation {
  /** Hexadecimal SHA-256 of each file. */
  readonly files: readonly string[];
}

/** Entries that one reading of the store gives. */
const PAGE = 1_000;
/** Each is named in the entry that records what was done. */
const MAX_FILES = 100;
const KINDS: Readonly<Record<UsageFormat, string | undefined>> = {
  openai: 'openai',
  anthropic: 'anthropic',
  bedrock: 'aws.bedrock',
  csv: undefined,
};

/** @throws UsageError */
export async function reconcileUsage(office: Office, options: UsageOptions): Promise<ReconciledFiles> {
  const { files: paths, ...rest } = options;
  if (paths.length > MAX_FILES)
    throw new UsageError(`more than ${MAX_FILES} files: reconcile fewer days at once`);
  const configured = await configuredProviders(office);
  const hashes = paths.map(() => createHash('sha256'));
  const reconciliation = await reconcile({
    ...rest,
    usage: paths.map((path, place) =>
      fileBytes(path, (chunk) => {
        hashes[place]?.update(chunk);
      }),
    ),
    accountsOf: (format) => accountsOf(options, format, configured),
    entries: (fromMs, toMs) => entriesOf(office, fromMs, toMs),
  });
  const files = hashes.map((hash) => hash.digest('hex'));
  // Twice the same would be twice the usage.
  if (new Set(files).size < files.length) throw new UsageError('a file was given twice');
  const reconciled = { ...reconciliation, files };
  await recordReconciliation(office, reconciled);
  return reconciled;
}

async function configuredProviders({ configurations }: Office): Promise<ReadonlyMap<string, string>> {
  const providers = (await configurations.current())?.configuration.providers ?? {};
  return new Map(Object.entries(providers).map(([id, { kind }]) => [id, kind]));
}

function accountsOf(
  { providers: named, keys, models }: UsageOptions,
  format: UsageFormat,
  configured: ReadonlyMap<string, string>,
): Accounts {
  const ofKind = [...configured].flatMap(([id, kind]) => (kind === KINDS[format] ? [id] : []));
  const providers = named.length > 0 ? named : ofKind.toSorted();
  if (providers.length === 0 && keys.size === 0)
    throw new UsageError('no provider of this kind is configured: say with --provider whose usage it is');
  return { providers, keys, models };
}

async function* entriesOf(
  { audit }: Office,
  fromMs: number,
  toMs: number,
): AsyncGenerator<AuditEntry, void, undefined> {
  let after = 0;
  for (;;) {
    const { entries } = await audit.read({ after, fromMs, toMs, limit: PAGE });
    for (const { entry, position } of entries) {
      yield entry;
      after = position;
    }
    if (entries.length < PAGE) return;
  }
}

/** The file's bytes, unpacked where it is gzip; `take` sees them as they lie there. */
async function* fileBytes(
  path: string,
  take: (chunk: Buffer) => void,
): AsyncGenerator<Buffer, void, undefined> {
  const isPacked = await isGzip(path);
  async function* raw(): AsyncGenerator<Buffer, void, undefined> {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      take(chunk);
      yield chunk;
    }
  }
  if (!isPacked) return yield* raw();
  const packed = Readable.from(raw());
  const unpacked = createGunzip();
  packed.once('error', (error) => unpacked.destroy(error));
  try {
    yield* packed.pipe(unpacked) as AsyncIterable<Buffer>;
  } catch (error) {
    throw isBroken(error) ? new UsageError('the file is no whole gzip file') : error;
  } finally {
    packed.destroy();
  }
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer.readUInt16BE() === 0x1f8b;
  } finally {
    await file.close();
  }
}

function isBroken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}

/** What was compared and what came of it, in numbers: no name of a file, a model or a key. */
async function recordReconciliation({ audit, clock, actor }: Office, done: ReconciledFiles): Promise<void> {
  const { files, format, from, to, rows, interactions, findings, notes } = done;
  await audit.append({
    kind: 'administration',
    id: newId('rec'),
    at: clock.now(),
    actor,
    action: 'audit.reconcile',
    subject: `${format} usage, sha256 ${files.join(' ')}`,
    before: `${from} to ${to}`,
    after: `${rows} rows, ${interactions} interactions, ${findings.length} findings, ${notes.length} notes`,
  });
}
