/** A gateway of its own for a test: composed from settings, in this process, on a free port, with a directory of its own. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeGateway, type Gateway } from '../../src/compose.ts';
import { readSettings } from '../../src/config.ts';
import type { Scope } from '../../src/domain/principal.ts';
import type { AuditEntry, RecordedEntry } from '../../src/domain/record.ts';

export interface RunningGateway {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** A key of the first application in the configuration, with the scopes inference and reidentify; empty where the store had one. */
  readonly key: string;
  readonly directory: string;
  /** Of the link that makes the first administrator. */
  readonly welcome: string | undefined;
  readonly gateway: Gateway;
  /** Another key; as the service of the application's name unless told. */
  newKey(application: string, options?: KeyOptions): Promise<{ readonly id: string; readonly key: string }>;
  /** What the record says of one request: it is awaited where it is yet to come. */
  recorded(id: string): Promise<readonly AuditEntry[]>;
  /** The whole record, oldest first. */
  record(): Promise<readonly RecordedEntry[]>;
  stop(): Promise<void>;
}

export interface KeyOptions {
  readonly principal?: { readonly kind: 'person' | 'service' | 'agent'; readonly id: string };
  readonly scopes?: readonly Scope[];
  readonly expiresAtMs?: number;
}

const INSTANCE = 'test';

/** `yaml` is a whole configuration; without it the starting one counts. */
export async function startGateway(
  yaml?: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<RunningGateway> {
  const directory = await mkdtemp(join(tmpdir(), 'bartizan-test-'));
  const file = join(directory, 'bartizan.yaml');
  if (yaml !== undefined) await writeFile(file, yaml);
  const settings = readSettings({
    BARTIZAN_PORT: '0',
    BARTIZAN_DATA: join(directory, 'data'),
    BARTIZAN_INSTANCE: INSTANCE,
    BARTIZAN_LOG_LEVEL: 'silent',
    BARTIZAN_DRAIN_MS: '2000',
    ...(yaml === undefined ? {} : { BARTIZAN_CONFIG: file }),
    ...environment,
  });
  const { gateway, firstKey, welcome } = await composeGateway(settings);
  const port = await gateway.listen();
  const { office } = gateway;
  return {
    url: `http://127.0.0.1:${port}`,
    key: firstKey ?? '',
    directory,
    welcome,
    gateway,
    async newKey(application, { principal, scopes, expiresAtMs } = {}) {
      const { key, credential } = await office.keys.create({
        applicationId: application,
        principal: principal ?? { kind: 'service', id: application },
        scopes: scopes ?? ['inference', 'reidentify'],
        ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
      });
      return { id: credential.id, key };
    },
    async recorded(id) {
      const entries = await until(async () => {
        const found = (await office.audit.read({ id, limit: 10 })).entries.map(({ entry }) => entry);
        const [first] = found;
        const isOver = first?.kind !== 'interaction' || first.outcome !== 'released' || found.length > 1;
        return first !== undefined && isOver ? found : undefined;
      });
      return entries;
    },
    async record() {
      return (await office.audit.read({ instance: INSTANCE, limit: 100_000 })).entries;
    },
    async stop() {
      await gateway.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Looks again and again, and gives what it sees once it is there. @throws Error after `timeoutMs` */
export async function until<T>(
  look: () => Promise<T | undefined> | T | undefined,
  timeoutMs = 5_000,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (performance.now() > deadline) throw new Error('what was waited for did not come');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
