/** Scans single texts by a list of guardrails, apart from any request: for data sets and for measuring quality. */
import type { Channel, Role } from '../../domain/document.ts';
import type { Finding } from '../../domain/finding.ts';
import { isStronger, type Action, type Guardrail } from '../../domain/guardrail.ts';
import { createScanning, type ScanReport, type Scanning } from '../../modules/scanning/scanning.ts';
import { neededScanners } from './needed-scanners.ts';
import type { ScannedFinding, ScannedText, TextToScan } from './scanned.ts';

/** @throws Error naming the guardrail whose scanner failed: nothing is taken for clean that was not looked at */
export type TextScanner = (text: TextToScan) => Promise<ScannedText>;

interface Station {
  readonly scanner: string;
  readonly scanning: Scanning;
  /** As configured, and asking for everything the scanner sees. */
  readonly guardrails: readonly Guardrail[];
  readonly eager: readonly Guardrail[];
}

const ROLES: Readonly<Record<Channel, Role>> = {
  instruction: 'system',
  user: 'user',
  document: 'user',
  tool: 'tool',
  answer: 'assistant',
};

/**
 * `minConfidence` replaces what each guardrail asks for.
 * @throws Error where a guardrail's scanner or configuration cannot be used
 */
export async function createTextScanner(
  guardrails: readonly Guardrail[],
  minConfidence: number | undefined,
): Promise<TextScanner> {
  const scanners = await neededScanners(guardrails);
  const stations = [...Map.groupBy(guardrails, ({ scanner }) => scanner)].map(([scanner, own]): Station => {
    const asked = own.map((guardrail) => ({
      ...guardrail,
      minConfidence: minConfidence ?? guardrail.minConfidence,
    }));
    const eager = asked.map((guardrail) => ({ ...guardrail, minConfidence: 0 }));
    return { scanner, scanning: createScanning(scanners, eager), guardrails: asked, eager };
  });
  return async (text) => {
    const findings: ScannedFinding[] = [];
    const scores: Record<string, number> = {};
    const timings: Record<string, number> = {};
    let verdict: Action = 'allow';
    const startedMs = performance.now();
    for (const station of stations) {
      const beganMs = performance.now();
      // Not waited for where it is there already: other texts would be scanned in between, and be counted in.
      const scanning = scan(station, text);
      const report = checked(station, scanning instanceof Promise ? await scanning : scanning);
      timings[station.scanner] = milliseconds(performance.now() - beganMs);
      scores[station.scanner] = Math.max(0, ...report.findings.map(({ confidence }) => confidence));
      for (const [guardrail, found] of byGuardrail(station, report)) {
        if (found.length > 0 && isStronger(guardrail.action, verdict)) verdict = guardrail.action;
        findings.push(...found.map(scannedFinding));
      }
    }
    timings['total'] = milliseconds(performance.now() - startedMs);
    return { findings: withoutRepeats(findings), verdict, scores, timings };
  };
}

function scan(
  { scanning, eager }: Station,
  { text, direction, channel }: TextToScan,
): ScanReport | Promise<ScanReport> {
  const inForce = eager.filter(({ directions }) => directions.includes(direction));
  const segment = {
    pointer: '',
    role: ROLES[channel],
    channel,
    text,
    encoding: 'plain',
    editable: true,
  } as const;
  return scanning.scan({ direction, segments: [segment] }, inForce);
}

function checked({ scanner }: Station, report: ScanReport): ScanReport {
  const [failure] = report.failures;
  if (!failure) return report;
  throw new Error(`the scanner ${scanner} of guardrail ${failure.guardrail.id} failed: ${failure.fault}`);
}

function byGuardrail(
  { guardrails }: Station,
  { findings }: ScanReport,
): readonly (readonly [Guardrail, readonly Finding[]])[] {
  return guardrails.map((guardrail) => [
    guardrail,
    findings.filter(
      (finding) => finding.guardrail === guardrail.id && finding.confidence >= guardrail.minConfidence,
    ),
  ]);
}

function scannedFinding({ scanner, kind, start, end, confidence }: Finding): ScannedFinding {
  return { scanner, category: kind, start, end, confidence: Math.round(confidence * 10_000) / 10_000 };
}

/** Two guardrails may ask for the same. */
function withoutRepeats(findings: readonly ScannedFinding[]): readonly ScannedFinding[] {
  const known = new Map(findings.map((finding) => [JSON.stringify(finding), finding]));
  return [...known.values()].toSorted((a, b) => a.start - b.start || a.end - b.end);
}

function milliseconds(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
