/** A log in SQLite files with what its clients keep of it: made once, and copied for whoever tampers with it. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Stores } from '../../src/adapters/sql/stores.ts';
import { openSqliteStores } from '../../src/adapters/sqlite/sqlite.ts';
import { createSubjects, type Subjects } from '../../src/governance/subjects/subjects.ts';
import {
  type Audit,
  createAudit,
  createKeyring,
  createLog,
  type Keyring,
  type Log,
} from '../../src/modules/audit/audit.ts';
import { utf8 } from '../../src/tlog/encoding.ts';
import { COSIGNATURE_V1, type NoteSigner, noteSigner, parseVerifierKey } from '../../src/tlog/keys.ts';
import type { NoteVerifier } from '../../src/tlog/note.ts';
import { applied, person } from './people.ts';
import { MASTER_KEY, ORIGIN } from './open-log.ts';

/** Two full bundles and a part of a third. */
export const SIZE = 600;
/** What the first client saw last. */
export const KEPT_SIZE = 300;
const BEAT_EVERY = 50;
const BEAT_MS = 60_000;
const START_MS = Date.UTC(2026, 8, 1);

export const WITNESS: NoteSigner = noteSigner(
  'witness.example/w',
  COSIGNATURE_V1,
  new Uint8Array(32).fill(9),
);

export interface OpenedScene {
  readonly stores: Stores;
  readonly keyring: Keyring;
  readonly audit: Audit;
  readonly subjects: Subjects;
  readonly log: Log;
}

export interface Scene {
  readonly directory: string;
  /** As clients got to know it, on a way of their own. */
  readonly logKey: NoteVerifier;
  /** Signed checkpoints of `KEPT_SIZE` and of `SIZE`, kept by clients and witnesses before anything happened. */
  readonly kept: Uint8Array;
  readonly latest: Uint8Array;
  /** Runs with the log open, by the house's own program. */
  open<T>(work: (opened: OpenedScene) => Promise<T>): Promise<T>;
  /** Runs with the bare database. */
  sql<T>(work: (database: Database.Database) => T): T;
  discard(): void;
}

let now = START_MS;
const clock = { now: () => now };

async function openIn<T>(directory: string, work: (opened: OpenedScene) => Promise<T>): Promise<T> {
  const stores = await openSqliteStores({ directory, instance: 'one', clock });
  try {
    const keyring = await createKeyring({ store: stores.keys, masterKeys: [MASTER_KEY], clock });
    const log = createLog({ store: stores.log, keyring, origin: ORIGIN, clock });
    const audit = createAudit({ store: stores.audit, keyring, origin: ORIGIN, timeoutMs: 20_000, clock });
    const subjects = createSubjects({
      store: stores.subjects,
      records: audit,
      keys: keyring,
      holds: async () => [],
      disown: stores.usage.disown,
      clock,
    });
    return await work({ stores, keyring, audit, subjects, log });
  } finally {
    await stores.close();
  }
}

/** Of few entries something is captured. */
const said = (index: number) => (index % 51 === 0 ? { content: `{"request":"said in ${index}"}` } : {});

/** An administrative act, which says when it was written. */
export function beat(audit: Audit, id: string, at: number, action = 'gateway.heartbeat') {
  const what = { action, subject: 'one', after: String(BEAT_MS) };
  return audit.append({ kind: 'administration', id, at, actor: 'gateway:one', ...what });
}

async function fill(directory: string): Promise<Pick<Scene, 'kept' | 'latest' | 'logKey'>> {
  return openIn(directory, async ({ audit, log }) => {
    const notes: Uint8Array[] = [];
    for (let index = 0; index < SIZE; index++) {
      const isBeat = index % BEAT_EVERY === 0;
      if (isBeat) now += BEAT_MS;
      if (isBeat) await beat(audit, `hb_${index}`, now, index === 0 ? 'gateway.started' : undefined);
      else if (index === 1) await audit.append(applied(now));
      else
        await audit.append({
          ...person(index % 3 === 0 ? 'ada' : 'bob', `req_${index}`, now),
          ...said(index),
        });
      if (index + 1 === KEPT_SIZE || index + 1 === SIZE) notes.push(utf8((await log.publish()).note));
    }
    const [kept = new Uint8Array(), latest = new Uint8Array()] = notes;
    return { kept, latest, logKey: parseVerifierKey(log.verifierKey) };
  });
}

/** When the last entry of the scene was written. */
export const endOfScene = (): number => now;

/** Gives copies of one log, each to be tampered with. */
export async function createScenes(): Promise<{ copy(): Scene; discard(): void }> {
  const directory = mkdtempSync(join(tmpdir(), 'bartizan-scenes-'));
  const template = join(directory, 'template');
  const facts = await fill(template);
  let copies = 0;
  return {
    copy() {
      const own = join(directory, `copy-${copies++}`);
      cpSync(template, own, { recursive: true });
      return {
        directory: own,
        ...facts,
        open: (work) => openIn(own, work),
        sql(work) {
          const database = new Database(join(own, 'bartizan.sqlite'));
          try {
            return work(database);
          } finally {
            database.close();
          }
        },
        discard: () => rmSync(own, { recursive: true, force: true }),
      };
    },
    discard: () => rmSync(directory, { recursive: true, force: true }),
  };
}
