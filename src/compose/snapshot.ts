/** Compiles one version of the configuration into the immutable snapshot that requests are served by. */
import type { Clock } from '../base/clock.ts';
import type { Configuration } from '../contract/configuration.ts';
import type { Snapshot } from '../data-plane/house.ts';
import { createGates } from '../modules/gates/gates.ts';
import type { IdentityRoom } from '../modules/identity/identity.ts';
import type { InferenceRoom } from '../modules/inference/inference.ts';
import { createLimits } from '../modules/limits/limits.ts';
import type { Transport } from '../modules/inference/transport.ts';
import type { LimitStore } from '../modules/limits/store.ts';
import { createPolicy, parseGuardrails } from '../modules/policy/policy.ts';
import type { Privacy } from '../modules/privacy/privacy.ts';
import { createRouting } from '../modules/routing/routing.ts';
import type { SecretReference } from '../modules/scanning/scanner.ts';
import { createScanning } from '../modules/scanning/scanning.ts';
import { phoneRegionsOf } from './phone-regions.ts';
import { configureProviders } from './providers.ts';
import { createScannerServices } from './scanner-services.ts';
import { SCANNERS } from './scanners.ts';

/** What outlives any one configuration. */
export interface Rooms {
  readonly clock: Clock;
  readonly identity: IdentityRoom;
  readonly inference: InferenceRoom;
  readonly limitStore: LimitStore;
  readonly privacy: Privacy;
  readonly transport: Transport;
  /** @throws Error where the credential is not set */
  readonly secretOf: (reference: SecretReference) => Promise<string>;
  readonly onError: (where: string, error: unknown) => void;
}

/** One version of the configuration, as everything that serves by it has it. */
export interface Compiled {
  readonly configuration: Configuration;
  readonly snapshot: Snapshot;
}

/** @throws Error where any part of it cannot be used; the snapshot in force stays so */
export async function compileSnapshot(
  rooms: Rooms,
  configuration: Configuration,
  version: string,
): Promise<Compiled> {
  const guardrails = parseGuardrails(configuration.guardrails);
  const { transport, secretOf } = rooms;
  const providers = await configureProviders(configuration.providers, async ({ credential }) =>
    credential === undefined ? null : secretOf(credential),
  );
  const services = createScannerServices({ transport, secretOf, clock: rooms.clock });
  const snapshot: Snapshot = {
    version,
    identity: rooms.identity.withConfiguration(configuration),
    routing: createRouting(configuration, { providerKindOf: (id) => providers.get(id)?.provider.kind ?? id }),
    policy: createPolicy(configuration),
    gates: createGates(configuration, rooms.clock),
    limits: createLimits({
      limits: configuration.limits,
      store: rooms.limitStore,
      clock: rooms.clock,
      onError: (error) => rooms.onError('limits', error),
    }),
    scanning: createScanning(SCANNERS, guardrails, services),
    privacy: rooms.privacy,
    phoneRegions: phoneRegionsOf(configuration),
    inference: rooms.inference.withProviders(providers),
  };
  return { configuration, snapshot };
}
