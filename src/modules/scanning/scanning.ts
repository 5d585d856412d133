/** Runs scanners over a document, whole or while it streams, and guards against scanners that fail. */
import { createBoundedCache } from '../../base/bounded-cache.ts';
import type { Channel, Direction, Document } from '../../domain/document.ts';
import type { Guardrail } from '../../domain/guardrail.ts';
import { scanDocument } from './document-scan.ts';
import { createLineups, plantingGuardrails, type Lineup } from './lineup.ts';
import { NO_SERVICES, type ScannerManifest, type ScannerServices } from './scanner.ts';
import type { ScanCircumstances, ScanReport, StreamScan } from './scan-report.ts';
import { createStreamScan } from './stream-scan.ts';

/** Each holds compiled scanners. */
const MAX_VARIANTS = 32;

const CHANNELS: readonly Channel[] = ['instruction', 'user', 'document', 'tool', 'answer'];

const NONE: ScanCircumstances = {};

export type {
  ScanCircumstances,
  ScanReport,
  StreamProgress,
  StreamScan,
} from './scan-report.ts';

export interface Scanning {
  /** Never throws for a scanner's fault: failures are part of the report, and policy judges them. */
  scan(
    document: Document,
    guardrails: readonly Guardrail[],
    circumstances?: ScanCircumstances,
  ): ScanReport | Promise<ScanReport>;
  /** @throws Refusal `stream_window_exceeded` from push, where a window would hold more than its limit */
  openStream(
    direction: Direction,
    guardrails: readonly Guardrail[],
    circumstances?: Omit<ScanCircumstances, 'timings'>,
  ): StreamScan;
  /** Whether one of them, in force for answers, looks for a marker that is to be planted in the request. */
  plantsMarker(guardrails: readonly Guardrail[]): boolean;
  /** Ids of all scanners there are. */
  readonly scanners: ReadonlySet<string>;
  /** Those of them that reach beyond the text: what they are configured to reach is not a client's to say. */
  readonly reaching: ReadonlySet<string>;
  /**
   * Scanning by other guardrails than the snapshot's, made once for the same settings while there is room.
   * @throws Error as `createScanning`
   */
  variant(guardrails: readonly Guardrail[]): Scanning;
  /** The stated hold-back: the most characters of a text that these guardrails keep undecided while it streams. */
  maxHoldCharacters(guardrails: readonly Guardrail[]): number;
}

/**
 * For the guardrails of one snapshot; those given to `scan` and `openStream` MUST be among them.
 * @throws Error naming the guardrail and the field, where a scanner is unknown or its configuration cannot be used
 */
export function createScanning(
  manifests: readonly ScannerManifest[],
  guardrails: readonly Guardrail[],
  services: ScannerServices = NO_SERVICES,
): Scanning {
  const lineupOf = createLineups(manifests, guardrails, services);
  const planting = plantingGuardrails(manifests, guardrails);
  const holds = new WeakMap<readonly Guardrail[], number>();
  const variants = createBoundedCache<Scanning>(MAX_VARIANTS);
  return {
    scanners: new Set(manifests.map(({ id }) => id)),
    reaching: new Set(manifests.filter(({ reaches }) => reaches !== undefined).map(({ id }) => id)),
    variant(others) {
      const key = JSON.stringify(
        others.map(({ id, version, scanner, config }) => [id, version, scanner, config]),
      );
      const known = variants.get(key);
      if (known) return known;
      const created = createScanning(manifests, others, services);
      variants.set(key, created);
      return created;
    },
    scan: (document, inForce, circumstances = NONE) =>
      scanDocument(document, lineupOf(inForce), circumstances),
    openStream: (direction, inForce, circumstances = NONE) =>
      createStreamScan(direction, lineupOf(inForce), circumstances),
    plantsMarker: (inForce) => planting.size > 0 && inForce.some(({ id }) => planting.has(id)),
    maxHoldCharacters(inForce) {
      let hold = holds.get(inForce);
      if (hold === undefined) {
        hold = maxHoldOf(lineupOf(inForce));
        holds.set(inForce, hold);
      }
      return hold;
    },
  };
}

function maxHoldOf(lineup: Lineup): number {
  const posts = CHANNELS.flatMap((channel) => lineup(channel));
  return Math.max(0, ...posts.map(({ scanner }) => scanner.maxHold));
}
