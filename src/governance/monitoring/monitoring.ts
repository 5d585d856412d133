/** Watches what goes on: structured logs, metrics and traces, all without content. */
import pino, { type Logger } from 'pino';
import type { InteractionLike } from './genai-conventions.ts';
import { createSiemWatch, type SiemWatch } from './siem-watch.ts';
import { createMetrics, type LogState } from './metrics.ts';
import { createTelemetry } from './telemetry.ts';

export interface Monitoring {
  readonly log: Logger;
  interaction(entry: InteractionLike, traceparent: string | undefined): void;
  /** An error that no refusal expected: its class and stack are logged, its message is not, since it may quote content. */
  fault(where: string, error: unknown, requestId?: string): void;
  /** What the export tells of its destinations: counts, positions and codes. */
  readonly siem: SiemWatch;
  /** How far the log is, each time that it was looked at. */
  checkpoint(state: LogState): void;
  /** A checkpoint goes without the word of this witness. */
  witnessFailed(witness: string, reason: string): void;
  /** Prometheus text. */
  metrics(): Promise<string>;
  close(): Promise<void>;
}

export interface MonitoringOptions {
  readonly logLevel: string;
  readonly instance: string;
  readonly inFlight: () => number;
  /** Base address of an OTLP/HTTP collector. */
  readonly otlpEndpoint: string | undefined;
}

export function createMonitoring({
  logLevel,
  instance,
  inFlight,
  otlpEndpoint,
}: MonitoringOptions): Monitoring {
  const log = pino({ level: logLevel, base: { instance }, timestamp: pino.stdTimeFunctions.isoTime });
  const metrics = createMetrics(inFlight);
  const telemetry =
    otlpEndpoint === undefined ? undefined : createTelemetry({ endpoint: otlpEndpoint, instance });
  return {
    log,
    interaction(entry, traceparent) {
      metrics.interaction(entry);
      telemetry?.interaction(entry, traceparent);
      if (log.isLevelEnabled('debug')) log.debug(summaryOf(entry), 'interaction');
      else if (entry.outcome === 'failed') log.warn(summaryOf(entry), 'interaction failed');
    },
    fault(where, error, requestId) {
      metrics.fault(where);
      log.error({ where, requestId, ...errorFacts(error) }, 'fault');
    },
    siem: createSiemWatch(log, metrics.siem),
    checkpoint: metrics.checkpoint,
    witnessFailed(witness, reason) {
      metrics.witnessFailed(witness, reason);
      log.warn({ witness, reason }, 'a witness did not cosign');
    },
    metrics: metrics.text,
    close: async () => telemetry?.close(),
  };
}

function summaryOf({
  id,
  endpoint,
  application,
  requestedModel,
  provider,
  outcome,
  refusal,
  action,
  timings,
  attempts,
}: InteractionLike) {
  const model = provider === undefined ? undefined : requestedModel;
  return {
    id,
    endpoint,
    application,
    model,
    provider,
    outcome,
    refusal,
    action,
    totalMs: timings.total,
    attempts,
  };
}

/** Frames of the stack name our files; its first line is the message, which may quote what could not be parsed. */
function errorFacts(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = error.stack
    ?.split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 8);
  return {
    error: error.name,
    frames,
    ...(error.cause === undefined ? {} : { cause: errorFacts(error.cause) }),
  };
}
