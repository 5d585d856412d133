/** Prometheus metrics, drawn from audit entries: counts and durations alone, with labels that have few values. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from '@prometheus-io/client';
import type { RecordedInquiry } from '../../domain/record.ts';
import { durationOf, timeToFirstChunkOf, type InteractionLike } from './genai-conventions.ts';
import { createSiemMetrics, type SiemMetrics } from './siem-metrics.ts';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

/** How far the log of the record is. */
export interface LogState {
  readonly integratedSize: number;
  readonly publishedSize: number;
  readonly hasQuorum: boolean;
  readonly lateQuorumAtMs?: number | undefined;
}

export interface Metrics {
  readonly siem: SiemMetrics;
  interaction(entry: InteractionLike): void;
  fault(where: string): void;
  checkpoint(state: LogState): void;
  witnessFailed(witness: string, reason: string): void;
  text(): Promise<string>;
}

export function createMetrics(inFlight: () => number): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'bartizan_' });
  const registers = [registry];
  const of = ['endpoint', 'model', 'provider'] as const;
  const requests = new Counter({
    name: 'bartizan_requests_total',
    help: 'Requests by outcome and action.',
    labelNames: [...of, 'outcome', 'action'],
    registers,
  });
  const refusals = new Counter({
    name: 'bartizan_refusals_total',
    help: 'Refusals by code.',
    labelNames: ['code'],
    registers,
  });
  const findings = new Counter({
    name: 'bartizan_findings_total',
    help: 'Findings by scanner and kind.',
    labelNames: ['direction', 'scanner', 'kind'],
    registers,
  });
  const tokens = new Counter({
    name: 'bartizan_tokens_total',
    help: 'Tokens by type.',
    labelNames: ['model', 'provider', 'type'],
    registers,
  });
  const cost = new Counter({
    name: 'bartizan_cost_usd_total',
    help: 'Cost by the price pack, in US dollars.',
    labelNames: ['model', 'provider'],
    registers,
  });
  const duration = new Histogram({
    name: 'bartizan_request_duration_seconds',
    help: 'From arrival to the last byte.',
    labelNames: of,
    buckets: SECONDS,
    registers,
  });
  const firstByte = new Histogram({
    name: 'bartizan_first_byte_seconds',
    help: "From arrival to the provider's first byte.",
    labelNames: of,
    buckets: SECONDS,
    registers,
  });
  const events = new Counter({
    name: 'bartizan_events_total',
    help: 'Events worth a look.',
    labelNames: ['event'],
    registers,
  });
  const inquiries = new Counter({
    name: 'bartizan_inquiries_total',
    help: "What guardrails' scanners asked others, by what came of it.",
    labelNames: ['guardrail', 'result'],
    registers,
  });
  const inquirySeconds = new Counter({
    name: 'bartizan_inquiry_seconds_total',
    help: "What guardrails' inquiries took, each by itself.",
    labelNames: ['guardrail', 'result'],
    registers,
  });
  const faults = new Counter({
    name: 'bartizan_faults_total',
    help: 'Errors that no refusal expected.',
    labelNames: ['where'],
    registers,
  });
  registry.registerMetric(
    new Gauge({
      name: 'bartizan_requests_in_flight',
      help: 'Requests being served now.',
      registers: [],
      collect() {
        this.set(inFlight());
      },
    }),
  );
  const tellInquiry = (inquiry: RecordedInquiry): void => {
    const { guardrail, result, count, durationMs, inputTokens, outputTokens, costMicros } = inquiry;
    inquiries.inc({ guardrail, result }, count);
    inquirySeconds.inc({ guardrail, result }, durationMs / 1000);
    const { provider = 'none', configuredModel: model = 'none' } = inquiry;
    if (inputTokens) tokens.inc({ model, provider, type: 'input' }, inputTokens);
    if (outputTokens) tokens.inc({ model, provider, type: 'output' }, outputTokens);
    if (costMicros) cost.inc({ model, provider }, costMicros / 1_000_000);
  };
  return {
    siem: createSiemMetrics(registers),
    interaction(entry) {
      const provider = entry.provider ?? 'none';
      const model = entry.provider === undefined ? 'none' : (entry.configuredModel ?? 'none');
      const labels = { endpoint: entry.endpoint, model, provider };
      requests.inc({ ...labels, outcome: entry.outcome, action: entry.action });
      duration.observe(labels, durationOf(entry));
      const first = timeToFirstChunkOf(entry);
      if (first !== undefined) firstByte.observe(labels, first);
      if (entry.refusal !== undefined) refusals.inc({ code: entry.refusal });
      if (entry.usage) {
        tokens.inc({ model, provider, type: 'input' }, entry.usage.inputTokens);
        tokens.inc({ model, provider, type: 'output' }, entry.usage.outputTokens);
      }
      if (entry.costMicros) cost.inc({ model, provider }, entry.costMicros / 1_000_000);
      for (const { direction, scanner, kind } of entry.findings) findings.inc({ direction, scanner, kind });
      entry.inquiries?.forEach(tellInquiry);
      for (const [event, count] of Object.entries(entry.events)) events.inc({ event }, count);
    },
    fault(where) {
      faults.inc({ where });
    },
    ...createLogMetrics(registers),
    text: () => registry.metrics(),
  };
}

function createLogMetrics(registers: Registry[]): Pick<Metrics, 'checkpoint' | 'witnessFailed'> {
  const size = new Gauge({
    name: 'bartizan_log_size',
    help: 'Entries of the record in the tree.',
    registers,
  });
  const published = new Gauge({
    name: 'bartizan_log_published_size',
    help: 'Entries under the last published checkpoint.',
    registers,
  });
  const failures = new Counter({
    name: 'bartizan_log_witness_failures_total',
    help: 'Times that a witness gave no cosignature.',
    labelNames: ['witness', 'reason'],
    registers,
  });
  // From the start on: where no checkpoint ever has its quorum, that shall be seen too.
  let quorumAtMs = Date.now();
  new Gauge({
    name: 'bartizan_log_quorum_age_seconds',
    help: 'Since the last checkpoint that has the cosignatures of its quorum.',
    registers,
    collect() {
      this.set((Date.now() - quorumAtMs) / 1000);
    },
  });
  return {
    checkpoint({ integratedSize, publishedSize, hasQuorum, lateQuorumAtMs = 0 }) {
      size.set(integratedSize);
      published.set(publishedSize);
      quorumAtMs = hasQuorum ? Date.now() : Math.max(quorumAtMs, lateQuorumAtMs);
    },
    witnessFailed: (witness, reason) => failures.inc({ witness, reason }),
  };
}
