/** Runs scanners over a document, whole or while it streams, and guards against scanners that fail. */
import type { Channel, Direction, Document } from '../../domain/document.ts';
import type { Guardrail } from '../../domain/guardrail.ts';
import { scanDocument } from './document-scan.ts';
import { createLineups, type Lineup } from './lineup.ts';
import type { ScannerManifest } from './scanner.ts';
import type { ScanReport, StreamScan } from './scan-report.ts';
import { createStreamScan } from './stream-scan.ts';

const CHANNELS: readonly Channel[] = ['instruction', 'user', 'document', 'tool', 'answer'];

/** Where they are not known. */
const NONE: readonly string[] = [];

export type { ScanReport, StreamProgress, StreamScan } from './scan-report.ts';

export interface Scanning {
  /**
   * Never throws for a scanner's fault: failures are part of the report, and policy judges them. `instructions` are
   * those of the request that the document answers, for scanners that compare an answer with them.
   */
  scan(
    document: Document,
    guardrails: readonly Guardrail[],
    instructions?: readonly string[],
  ): ScanReport | Promise<ScanReport>;
  /**
   * `instructions` as above.
   * @throws Refusal `stream_window_exceeded` from push, where a window would hold more than its limit
   */
  openStream(
    direction: Direction,
    guardrails: readonly Guardrail[],
    instructions?: readonly string[],
  ): StreamScan;
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
): Scanning {
  const lineupOf = createLineups(manifests, guardrails);
  const holds = new WeakMap<readonly Guardrail[], number>();
  return {
    scan: (document, inForce, instructions = NONE) => scanDocument(document, lineupOf(inForce), instructions),
    openStream: (direction, inForce, instructions = NONE) =>
      createStreamScan({ direction, instructions }, lineupOf(inForce)),
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
