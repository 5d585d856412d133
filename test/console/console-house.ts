/** A console to look at: its files as they are built, behind the real door, with somebody signed in. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fastify from 'fastify';
import { OPERATION_NAMES, type OPERATIONS } from '../../src/contract/api/operations.ts';
import { BUILT_IN_ROLES, type BuiltInRoleName } from '../../src/contract/api/permissions.ts';
import { createControlPlane } from '../../src/control-plane/control-plane.ts';
import type { Gatekeeper } from '../../src/control-plane/gatekeeper.ts';
import type { Handlers } from '../../src/control-plane/handler.ts';
import { sessionHandlers } from '../../src/control-plane/session/session.ts';
import { Refusal } from '../../src/domain/refusal.ts';

const console_ = resolve(import.meta.dirname, '../../console');

/** Builds the console with the gallery into a directory of its own. */
export async function buildGallery(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'bartizan-console-'));
  const { status, stderr } = spawnSync(
    resolve(console_, '../node_modules/.bin/vite'),
    ['build', '--mode', 'gallery', '--logLevel', 'warn', '--outDir', directory, '--emptyOutDir'],
    { cwd: console_, encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production' } },
  );
  if (status !== 0) throw new Error(`the console was not built: ${stderr}`);
  return directory;
}

export interface ConsoleHouse {
  readonly url: string;
  /** From now on nobody is signed in, or somebody again. */
  signIn(role: BuiltInRoleName | undefined): void;
  close(): Promise<void>;
}

/** Serves it as the gateway does: the same door, headers and files. */
export async function openConsole(
  directory: string,
  handlers: Partial<Handlers<typeof OPERATIONS>> = {},
): Promise<ConsoleHouse> {
  let role: BuiltInRoleName | undefined = 'owner';
  const gatekeeper: Gatekeeper = {
    async authenticate() {
      if (role === undefined) throw new Refusal('expired_credential');
      return {
        administrator: {
          id: 'ada@example.com',
          displayName: 'Ada Lovelace',
          assignments: [{ role, scope: { kind: 'organization' } }],
        },
        by: 'session',
        credentialId: 'ses_1',
        methods: ['password', 'totp'],
        csrf: 'a-token',
        expiresAtMs: Date.now() + 3_600_000,
        idleAtMs: Date.now() + 1_800_000,
      };
    },
    async reach(_, permission) {
      const permissions: readonly string[] = role === undefined ? [] : BUILT_IN_ROLES[role].permissions;
      return permissions.includes(permission) ? { kind: 'everything' } : { kind: 'nothing' };
    },
  };
  const nothing = Object.fromEntries(
    OPERATION_NAMES.map((name) => [
      name,
      () => {
        throw new Refusal('not_found');
      },
    ]),
  );
  const app = fastify();
  await createControlPlane({
    gatekeeper,
    idempotency: { once: (_, work) => work() },
    onFault: (where, error) => console.error(where, error),
    jsonLimits: { maxDepth: 32, maxElements: 10_000 },
    consoleDirectory: directory,
    handlers: {
      ...(nothing as unknown as Handlers<typeof OPERATIONS>),
      getDemo: () => ({ isLoaded: false, applications: [] }),
      ...sessionHandlers({ gatekeeper, end: async () => {}, organization: () => 'Example Inc.' }),
      ...handlers,
    },
  })(app);
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    url,
    signIn(next) {
      role = next;
    },
    close: async () => {
      await app.close();
    },
  };
}

export async function removeBuild(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true });
}
