/** Furnishes the control plane: each resource's handlers with the rooms that they speak to. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Settings } from '../config.ts';
import { createControlPlane } from '../control-plane/control-plane.ts';
import { configurationTreeHandlers } from '../control-plane/configuration-tree/configuration-tree.ts';
import type { Gatekeeper, Idempotency } from '../control-plane/gatekeeper.ts';
import { metaHandlers } from '../control-plane/meta/meta.ts';
import { sessionHandlers } from '../control-plane/session/session.ts';
import type { Monitoring } from '../governance/monitoring/monitoring.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Office } from './office.ts';
import { packageDirectory } from './package-directory.ts';
import { packageVersion } from './package-version.ts';

export interface ControlPlaneMeans {
  readonly office: Office;
  readonly settings: Settings;
  readonly monitoring: Monitoring;
  readonly snapshot: () => string;
  readonly organization: () => string;
}

export function furnishControlPlane(means: ControlPlaneMeans): (app: FastifyInstance) => Promise<void> {
  const { office, settings, monitoring } = means;
  const gatekeeper = createGatekeeper();
  const consoleDirectory = join(packageDirectory, 'console', 'dist');
  return createControlPlane({
    gatekeeper,
    idempotency: createIdempotency(),
    onFault: monitoring.fault,
    jsonLimits: { maxDepth: settings.maxJsonDepth, maxElements: settings.maxJsonElements },
    consoleDirectory: existsSync(consoleDirectory) ? consoleDirectory : undefined,
    handlers: {
      ...configurationTreeHandlers(office.configurations),
      ...metaHandlers({
        version: packageVersion(),
        instance: office.instance,
        snapshot: means.snapshot,
      }),
      ...sessionHandlers({ gatekeeper, end: async () => {}, organization: means.organization }),
    },
  });
}

function createGatekeeper(): Gatekeeper {
  return {
    authenticate: () => Promise.reject(new Refusal('missing_credential')),
    reach: async () => ({ kind: 'nothing' }),
  };
}

function createIdempotency(): Idempotency {
  return { once: (_, work) => work() };
}
