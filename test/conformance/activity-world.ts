/** A record that is really written, and the index that follows it, for the tests of both databases. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { openPostgresActivity, openPostgresSpool } from '../../src/adapters/postgres/activity.ts';
import { openPostgresStores } from '../../src/adapters/postgres/postgres.ts';
import type { Spool } from '../../src/adapters/sql/activity/spool.ts';
import type { Stores } from '../../src/adapters/sql/stores.ts';
import { openSqliteActivity, openSqliteSpool } from '../../src/adapters/sqlite/activity.ts';
import { openSqliteStores } from '../../src/adapters/sqlite/sqlite.ts';
import { systemClock } from '../../src/base/clock.ts';
import { activitySource } from '../../src/compose/activity-source.ts';
import type { AdministrationEntry, InteractionEndEntry, InteractionEntry } from '../../src/domain/record.ts';
import { createActivity, createActivityIndex, followOnce } from '../../src/governance/activity/activity.ts';
import type { ActivitySource, ActivityStore } from '../../src/governance/activity/store.ts';
import { createSubjects } from '../../src/governance/subjects/subjects.ts';
import { createAudit, createKeyring } from '../../src/modules/audit/audit.ts';
import { describeWithPostgres } from '../servers.ts';
import { createSchema } from './backends.ts';

export interface ActivityPlace {
  stores(): Promise<Stores>;
  index(): Promise<ActivityStore>;
  spool(): Spool;
  discard(): Promise<void>;
}

export interface ActivityBackend {
  readonly name: string;
  readonly describe: (name: string, suite: () => void) => void;
  prepare(): Promise<ActivityPlace>;
}

/** There is none in memory: the embedded database is as fast to open, and is what runs. */
export const activityBackends: readonly ActivityBackend[] = [
  {
    name: 'SQLite',
    describe,
    async prepare() {
      const directory = mkdtempSync(join(tmpdir(), 'bartizan-activity-'));
      return {
        stores: () => openSqliteStores({ directory, instance: 'one', clock: systemClock }),
        index: () => openSqliteActivity(directory),
        spool: () => openSqliteSpool(directory),
        discard: async () => rmSync(directory, { recursive: true, force: true }),
      };
    },
  },
  {
    name: 'PostgreSQL',
    describe: describeWithPostgres,
    async prepare() {
      const { url, drop } = await createSchema();
      return {
        stores: () => openPostgresStores({ url, instance: 'one', clock: systemClock }),
        index: () => openPostgresActivity(url),
        spool: () => openPostgresSpool(url),
        discard: drop,
      };
    },
  },
];

export type ActivityWorld = Awaited<ReturnType<typeof openActivityWorld>>;

export async function openActivityWorld(place: ActivityPlace, page = 7) {
  const stores = await place.stores();
  const keyring = await createKeyring({
    store: stores.keys,
    masterKeys: [{ id: 'master', key: Buffer.alloc(32, 7) }],
    clock: systemClock,
  });
  const audit = createAudit({
    store: stores.audit,
    keyring,
    origin: 'log.example.com/test',
    timeoutMs: 5_000,
    clock: systemClock,
  });
  const subjects = createSubjects({
    store: stores.subjects,
    records: audit,
    keys: keyring,
    holds: () => Promise.resolve([]),
    disown: stores.usage.disown,
    clock: systemClock,
  });
  const store = await place.index();
  const spool = place.spool();
  const source: ActivitySource = activitySource(spool);
  const index = createActivityIndex({ store, source, clock: systemClock });
  return {
    stores,
    keyring,
    audit,
    subjects,
    store,
    source,
    index,
    activity: createActivity({
      index,
      record: audit,
      keysOf: keyring.find,
      providers: () => [{ provider: 'openai', state: 'open' as const }],
      failure: () => undefined,
      clock: systemClock,
    }),
    async follow() {
      for (;;) {
        const { isCaughtUp } = await followOnce({ source, store, clock: systemClock, page });
        if (isCaughtUp) return;
      }
    },
    async close() {
      await spool.close();
      await store.close();
      await audit.close();
      await stores.close();
    },
  };
}

export const EVERYTHING = { kind: 'everything' } as const;

export function reachOf(...applications: readonly string[]) {
  return { kind: 'some', applications: new Set(applications), groups: new Set<string>() } as const;
}

let count = 0;

export function interactionEntry(given: Partial<InteractionEntry> = {}): InteractionEntry {
  count++;
  return {
    kind: 'interaction',
    id: `req_${String(count).padStart(32, '0')}`,
    at: 1_800_000_000_000 + count,
    snapshot: 's1',
    endpoint: 'openai/chat',
    stream: false,
    principal: { kind: 'person', id: 'ada' },
    credential: 'key_1',
    application: 'desk',
    requestedModel: 'gpt-5',
    configuredModel: 'gpt-5',
    provider: 'openai',
    providerModel: 'gpt-5-2026',
    policies: ['employees'],
    guardrails: [],
    quiet: { request: 'pii@1 secrets@2' },
    findings: [],
    moreFindings: 0,
    action: 'allow',
    attempts: [{ provider: 'openai', model: 'gpt-5-2026', result: '200', durationMs: 12.4 }],
    outcome: 'answered',
    usage: {
      inputTokens: 10,
      outputTokens: 20,
      cachedInputTokens: 0,
      cacheWriteTokens: 0,
      reasoningTokens: 0,
      source: 'reported',
    },
    costMicros: 1_000,
    timings: { identity: 0.2, policy: 0.5, scan: 3, first_byte: 10, total: 15 },
    events: {},
    ...given,
  };
}

export function endOf(
  entry: InteractionEntry,
  given: Partial<InteractionEndEntry> = {},
): InteractionEndEntry {
  return {
    ...entry,
    outcome: 'answered',
    timings: { ...entry.timings, total: 80 },
    ...given,
    kind: 'interaction_end',
  };
}

export function administrationEntry(given: Partial<AdministrationEntry> = {}): AdministrationEntry {
  count++;
  return {
    kind: 'administration',
    id: `adm_${String(count).padStart(32, '0')}`,
    at: 1_800_000_000_000 + count,
    actor: 'root@host',
    action: 'key.create',
    subject: 'key_1',
    ...given,
  };
}

export function finding(kind: string, guardrail = 'pii') {
  return {
    direction: 'request',
    guardrail,
    scanner: 'pii',
    kind,
    pointer: '/messages/0/content',
    start: 1,
    end: 4,
    confidence: 0.9,
  } as const;
}
