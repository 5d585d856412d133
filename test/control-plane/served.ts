/** The control plane's door over given handlers, with people who say themselves who they are: real authorization, no accounts. */
import Fastify, { type FastifyInstance } from 'fastify';
import { createGatekeeper } from '../../src/compose/gatekeeper.ts';
import type { OperationName } from '../../src/contract/api/operations.ts';
import { OPERATION_NAMES } from '../../src/contract/api/operations.ts';
import { createControlPlane, type ControlPlaneOptions } from '../../src/control-plane/control-plane.ts';
import type { Gatekeeper } from '../../src/control-plane/gatekeeper.ts';
import type { Administrator } from '../../src/domain/administrator.ts';
import { Refusal } from '../../src/domain/refusal.ts';
import {
  createAuthorization,
  type AdministrationTree,
  type DecidingEngine,
} from '../../src/governance/authorization/authorization.ts';

export interface Served {
  readonly app: FastifyInstance;
  /** Operations whose handler was reached and is none of the given. */
  readonly reached: string[];
}

export interface ServedOptions {
  readonly tree: AdministrationTree;
  readonly engine?: DecidingEngine;
  /** Whoever gets to one that is not here is told `conflict`. */
  readonly handlers?: (reach: Gatekeeper['reach']) => Partial<ControlPlaneOptions['handlers']>;
  readonly faults?: unknown[];
}

/** A bearer is a role: over the organization, or `role@application`; `role!permission` is narrowed; `name:role` is by that name. */
function readBearer(bearer: string): { administrator: Administrator; narrowed: string | undefined } {
  const form = /^(?:(\w+):)?([\w-]+)(?:@([\w-]+))?(?:!([\w.]+))?$/;
  const [, id = 'ada', role = '', application, narrowed] = form.exec(bearer) ?? [];
  const scope =
    application === undefined
      ? ({ kind: 'organization' } as const)
      : ({ kind: 'application', id: application } as const);
  return { administrator: { id, displayName: id, assignments: [{ role, scope }] }, narrowed };
}

export async function serve({ tree, engine, handlers, faults }: ServedOptions): Promise<Served> {
  const app = Fastify();
  const reached: string[] = [];
  const gatekeeper = createGatekeeper({
    async authenticate({ bearer }) {
      if (bearer === undefined) throw new Refusal('missing_credential');
      const { narrowed, administrator } = readBearer(bearer);
      return {
        administrator,
        by: 'token',
        credentialId: 'tok_1',
        methods: ['token'],
        csrf: '',
        expiresAtMs: 1,
        idleAtMs: 1,
        ...(narrowed === undefined ? {} : { permissions: [narrowed] }),
      };
    },
    authorization: createAuthorization({
      tree: () => tree,
      onFault: () => {},
      timeoutMs: 20,
      ...(engine === undefined ? {} : { createEngine: () => engine }),
    }),
  });
  const others = Object.fromEntries(
    OPERATION_NAMES.map((name) => [
      name,
      () => {
        reached.push(name);
        throw new Refusal('conflict');
      },
    ]),
  ) as Record<OperationName, () => never>;
  await createControlPlane({
    gatekeeper,
    idempotency: { once: (_, work) => work() },
    onFault: (_, error) => faults?.push(error),
    handlers: { ...others, ...handlers?.(gatekeeper.reach) },
    jsonLimits: { maxDepth: 20, maxElements: 1_000 },
    consoleDirectory: undefined,
  })(app);
  await app.ready();
  return { app, reached };
}
