/** What the pipeline is given: the rooms, as one snapshot for each request, and the record. */
import type { InteractionEntry, InteractionEndEntry } from '../domain/record.ts';
import type { Audit } from '../modules/audit/audit.ts';
import type { Gates } from '../modules/gates/gates.ts';
import type { Identity } from '../modules/identity/identity.ts';
import type { Inference } from '../modules/inference/inference.ts';
import type { Limits } from '../modules/limits/limits.ts';
import type { Metering } from '../modules/metering/metering.ts';
import type { Policy } from '../modules/policy/policy.ts';
import type { Privacy } from '../modules/privacy/privacy.ts';
import type { Routing } from '../modules/routing/routing.ts';
import type { Scanning } from '../modules/scanning/scanning.ts';

/** One version of the configuration, compiled. Immutable: a request takes it once and keeps it to its end. */
export interface Snapshot {
  /** Named by every audit record. */
  readonly version: string;
  readonly identity: Identity;
  readonly routing: Routing;
  readonly policy: Policy;
  readonly gates: Gates;
  readonly limits: Limits;
  readonly scanning: Scanning;
  readonly privacy: Privacy;
  readonly inference: Inference;
  /** Of which countries national telephone numbers are: ISO 3166. */
  readonly phoneRegions: readonly string[];
}

/** Told of what goes on; MUST NOT throw, and is told no content. */
export interface Observer {
  interaction(entry: InteractionEntry | InteractionEndEntry, traceparent: string | undefined): void;
  /** An error that no refusal expected. */
  fault(where: string, error: unknown, requestId?: string): void;
}

export interface House {
  readonly snapshot: () => Snapshot;
  readonly audit: Audit;
  readonly metering: Metering;
  readonly observer: Observer;
}
