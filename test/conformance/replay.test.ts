/** A replay reads record and keys by itself, beside those who write them: in either database, and only what may be read now. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPostgresStores } from '../../src/adapters/postgres/postgres.ts';
import type { Stores } from '../../src/adapters/sql/stores.ts';
import { openSqliteStores } from '../../src/adapters/sqlite/sqlite.ts';
import { systemClock } from '../../src/base/clock.ts';
import { runReplay, type RecordPlace } from '../../src/compose/replay/run-replay.ts';
import { SCANNERS } from '../../src/compose/scanners.ts';
import { replayOrderSchema } from '../../src/contract/api/guardrails.ts';
import { readyDraft } from '../../src/control-plane/guardrails/draft.ts';
import type { Reach } from '../../src/domain/administrator.ts';
import { masterKeyId } from '../../src/governance/secrets/secrets.ts';
import { createAudit, createKeyring, type Audit, type Keyring } from '../../src/modules/audit/audit.ts';
import { describeWithPostgres } from '../servers.ts';
import { EVERYTHING, interactionEntry, reachOf } from './activity-world.ts';
import { createSchema } from './backends.ts';

const MASTER_KEY = Buffer.from(Array.from({ length: 32 }, (_, at) => at));
const NOWHERE = {
  directory: '',
  keysDirectory: undefined,
  databaseUrl: undefined,
  keysDatabaseUrl: undefined,
};
const settings = { instance: 'one', clock: systemClock };

interface Prepared {
  readonly place: RecordPlace;
  readonly stores: Stores;
  discard(): Promise<void>;
}

const backends: readonly [string, typeof describe | typeof describeWithPostgres, () => Promise<Prepared>][] =
  [
    [
      'SQLite, the keys apart',
      describe,
      async () => {
        const [directory, keysDirectory] = [1, 2].map(() => mkdtempSync(join(tmpdir(), 'bartizan-replay-')));
        if (directory === undefined || keysDirectory === undefined) throw new Error('no directory was made');
        return {
          place: { ...NOWHERE, directory, keysDirectory },
          stores: await openSqliteStores({ ...settings, directory, keysDirectory }),
          discard: async () => {
            for (const each of [directory, keysDirectory]) rmSync(each, { recursive: true, force: true });
          },
        };
      },
    ],
    [
      'PostgreSQL',
      describeWithPostgres,
      async () => {
        const { url, drop } = await createSchema();
        return {
          place: { ...NOWHERE, databaseUrl: url },
          stores: await openPostgresStores({ ...settings, url }),
          discard: drop,
        };
      },
    ],
  ];

for (const [name, describeBackend, prepare] of backends) {
  describeBackend(`a replay over the record in ${name}`, () => {
    let prepared: Prepared;
    let keyring: Keyring;
    let audit: Audit;
    beforeEach(async () => {
      prepared = await prepare();
      const { stores } = prepared;
      const masterKeys = [{ id: masterKeyId(MASTER_KEY), key: MASTER_KEY }];
      keyring = await createKeyring({ store: stores.keys, masterKeys, clock: systemClock });
      audit = createAudit({
        store: stores.audit,
        keyring,
        origin: 'o',
        timeoutMs: 5_000,
        clock: systemClock,
      });
      await say('ada', 'a bluebird');
      await say('bob', 'another bluebird');
      await say('bob', 'the weather', 'sales');
    });
    afterEach(async () => {
      await prepared.stores.close();
      await prepared.discard();
    });

    async function say(id: string, content: string, application = 'desk'): Promise<void> {
      await audit.append({
        ...interactionEntry({ principal: { kind: 'person', id }, application }),
        endpoint: 'openai.chat/chat',
        content: JSON.stringify({ request: { messages: [{ role: 'user', content }] } }),
      });
    }

    async function replayed(reach: Reach = EVERYTHING, masterKey: Uint8Array = MASTER_KEY) {
      const value = {
        scanner: 'keywords',
        action: 'block',
        config: { lists: { words: ['bluebird'] } },
      };
      const order = replayOrderSchema.parse({ draft: { name: 'words', value }, last: 10 });
      const { guardrail } = readyDraft(SCANNERS, order.draft);
      const { place } = prepared;
      const replay = { place, masterKeys: [masterKey], providers: {}, guardrail, order, reach };
      for await (const event of runReplay(replay)) if (event.kind === 'done') return event;
      throw new Error('it did not end');
    }
    const keysOf = async (person: string) => (await keyring.find(`person:${person}`)).map(({ id }) => id);

    test('counts what the draft would do, in each application', async () => {
      const { applications, ...counts } = await replayed();
      expect(counts).toMatchObject({ looked: 3, replayed: 3, withoutContent: 0, failed: 0 });
      expect(applications).toMatchObject([
        { application: 'sales', wouldBlock: 0, unchanged: 1 },
        { application: 'desk', wouldBlock: 2, unchanged: 0 },
      ]);
    });

    test('reads nothing of applications beyond reach', async () => {
      expect(await replayed(reachOf('sales'))).toMatchObject({ looked: 1, replayed: 1, withoutContent: 0 });
    });

    test('reads nothing of who was erased, or is restricted', async () => {
      await keyring.destroy(await keysOf('ada'));
      expect(await replayed()).toMatchObject({ looked: 3, replayed: 2, withoutContent: 1 });
      await keyring.restrict(await keysOf('bob'), 1);
      expect(await replayed()).toMatchObject({ looked: 3, replayed: 0, withoutContent: 3 });
    });

    test('fails under another master key', async () => {
      await expect(replayed(EVERYTHING, new Uint8Array(32).fill(9))).rejects.toThrow(/not among those given/);
    });
  });
}
