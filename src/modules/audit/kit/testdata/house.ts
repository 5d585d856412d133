/** A small house with a record, whose kits tests make, verify and tamper with. */
import { createHash } from 'node:crypto';
import { unzipSync, zipSync } from 'fflate';
import { openMemoryStores } from '../../../../adapters/memory/memory.ts';
import { canonicalJson } from '../../../../base/canonical-json.ts';
import type { AdministrationEntry, InteractionEntry } from '../../../../domain/record.ts';
import { parseVerifierKey } from '../../../../tlog/keys.ts';
import { formatSignatureLine, type NoteSignature } from '../../../../tlog/note.ts';
import { policyOfKeys } from '../../../../tlog/policy.ts';
import { createAudit, createKeyring, createLog, makeKit, type KitOrder } from '../../audit.ts';
import type { AuditStore, LogStore } from '../../store.ts';
import type { KeyStore } from '../../keys.ts';
import type { CoverageReader } from '../kit-entries.ts';

export const START_MS = Date.UTC(2026, 8, 1);
export const SECOND = 1_000;
const TREES = [1, 2, 3].map((version) => canonicalJson({ note: `configuration ${version}` }));
const digestOf = (tree: string) => createHash('sha256').update(tree).digest('hex');
export const snapshotOf = (version: number) => `${version}-${digestOf(TREES[version - 1] ?? '').slice(0, 12)}`;

export interface HouseChanges {
  readonly audit?: (store: AuditStore) => AuditStore;
  readonly log?: (store: LogStore) => LogStore;
  /** Of another house, so that both sign with one key. */
  readonly keys?: KeyStore;
  /** What witnesses sign under a checkpoint's text. */
  readonly cosign?: (text: string, size: number) => readonly NoteSignature[];
  readonly coverage?: CoverageReader;
}

export async function openHouse(changes: HouseChanges = {}) {
  let now = START_MS;
  const clock = { now: () => now };
  const stores = openMemoryStores({ instance: 'one' });
  const { audit: plainAudit, log: plainLog } = stores;
  const keys = changes.keys ?? stores.keys;
  const witnessed: LogStore = {
    ...plainLog,
    publish: ({ size, atMs, note }) => {
      const text = `${note.split('\n\n')[0]}\n`;
      const lines = (changes.cosign?.(text, size) ?? []).map(formatSignatureLine);
      return plainLog.publish({ size, atMs, note: `${note}${lines.join('')}` });
    },
  };
  const store = changes.log?.(witnessed) ?? witnessed;
  const entries = changes.audit?.(plainAudit) ?? plainAudit;
  const keyring = await createKeyring({
    store: keys,
    masterKeys: [{ id: 'master', key: Buffer.alloc(32, 7) }],
    clock,
  });
  const log = createLog({
    store,
    keyring,
    origin: 'log.test/house',
    clock,
  });
  const audit = createAudit({ store: entries, keyring, origin: log.origin, timeoutMs: 1_000, clock });
  const stored: { version: number; tree: string; atMs: number }[] = [];
  const configurations = {
    current: async () => stored.at(-1),
    version: async (version: number) => stored.find((each) => each.version === version),
  };
  const policy = policyOfKeys([parseVerifierKey(log.verifierKey)], [], 0);
  let count = 0;

  const administrate = (entry: Partial<AdministrationEntry>) =>
    audit.append({
      kind: 'administration',
      id: `adm_${count++}`,
      at: now,
      actor: 'root@host',
      action: 'key.create',
      subject: 'one',
      ...entry,
    });

  return {
    audit,
    log,
    store,
    entries,
    keyring,
    keys,
    policy,
    configurations,
    wait: (ms: number) => void (now += ms),
    now: () => now,
    administrate,
    async apply() {
      const version = stored.length + 1;
      await administrate({ action: 'configuration.apply', before: `${version - 1}`, after: `${version}` });
      stored.push({ version, tree: TREES[version - 1] ?? '', atMs: now });
    },
    beat: (action = 'gateway.heartbeat') => administrate({ action, after: '60000', actor: 'gateway:one' }),
    interact: (change: Partial<InteractionEntry> = {}) =>
      audit.append({ ...interaction(`req_${count++}`, now, snapshotOf(stored.length)), ...change }),
    /** A leaf as somebody else's program would have written it. */
    appendRaw: (entry: object) =>
      plainAudit.append({
        kind: 'administration',
        id: 'id' in entry ? String(entry.id) : `raw_${count++}`,
        at: now,
        mark: '',
        body: JSON.stringify(entry),
        subjects: [],
      }),
    async makeKit(order: Partial<KitOrder> = {}, trusted?: Uint8Array): Promise<Buffer> {
      const pieces: Uint8Array[] = [];
      await makeKit(
        {
          log,
          store,
          entries,
          keyring,
          configurations,
          clock,
          verifier: Buffer.from('<!doctype html>'),
          ...(changes.coverage && { coverage: changes.coverage }),
          ...(trusted && { policy: trusted }),
        },
        {
          fromMs: 0,
          toMs: now + 1,
          role: 'auditor',
          madeBy: 'root@host',
          hasProofs: false,
          ...order,
        },
        async (bytes) => void pieces.push(bytes.slice()),
      );
      return Buffer.concat(pieces);
    },
  };
}

export type House = Awaited<ReturnType<typeof openHouse>>;

/** Two configurations, a checkpoint each minute, 5 interactions between heartbeats. */
export async function busyHouse(changes: HouseChanges = {}): Promise<House> {
  const house = await openHouse(changes);
  await house.beat('gateway.started');
  await house.apply();
  for (let minute = 0; minute < 6; minute++) {
    for (let i = 0; i < 5; i++) {
      house.wait(10 * SECOND);
      await house.interact();
    }
    house.wait(10 * SECOND);
    await house.beat();
    await house.log.publish();
    if (minute === 2) await house.apply();
  }
  return house;
}

function interaction(id: string, at: number, snapshot: string): InteractionEntry {
  return {
    kind: 'interaction',
    id,
    at,
    snapshot,
    endpoint: 'openai.chat',
    stream: false,
    application: 'app',
    credential: 'key_7',
    principal: { kind: 'person', id: 'ada' },
    policies: ['p'],
    guardrails: [],
    quiet: {},
    findings: [],
    moreFindings: 0,
    action: 'allow',
    attempts: [{ provider: 'p', model: 'm', result: '200', durationMs: 3 }],
    outcome: 'answered',
    timings: { total: 3 },
    events: {},
  };
}

export type Files = Record<string, Uint8Array>;

/** The kit with its files changed, zipped anew as a forger would. */
export function tamper(kit: Uint8Array, change: (files: Files) => void): Uint8Array {
  const files = unzipSync(kit);
  change(files);
  return zipSync(files, { mtime: new Date(1980, 0, 1) });
}

export const textIn = (files: Files, name: string) => Buffer.from(files[name] ?? []).toString('utf8');

export interface Line {
  index: number;
  leaf?: string;
  leafHash?: string;
  who?: { text: string; salt: string };
  erasedBy?: number;
  purgedBy?: number;
  coverage?: { salt: string };
}

/** Changes the lines of all entries, which are in one file here. */
export function editLines(files: Files, edit: (lines: Line[]) => Line[]): void {
  const name = Object.keys(files).find((each) => each.startsWith('entries/')) ?? '';
  const lines = textIn(files, name)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  files[name] = Buffer.from(
    edit(lines)
      .map((line) => `${JSON.stringify(line)}\n`)
      .join(''),
  );
}

export function editJson(files: Files, name: string, edit: (value: Record<string, unknown>) => void): void {
  const value = JSON.parse(textIn(files, name)) as Record<string, unknown>;
  edit(value);
  files[name] = Buffer.from(JSON.stringify(value));
}
