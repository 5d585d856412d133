/** OpenTelemetry over OTLP/HTTP: one span and its metrics for each interaction, made from its audit entry when it has ended. */
import { context, SpanKind, SpanStatusCode, trace, TraceFlags, type Context } from '@opentelemetry/api';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import {
  durationOf,
  metricAttributesOf,
  spanAttributesOf,
  spanNameOf,
  timeToFirstChunkOf,
  type InteractionLike,
} from './genai-conventions.ts';

export interface Telemetry {
  interaction(entry: InteractionLike, traceparent: string | undefined): void;
  close(): Promise<void>;
}

export interface TelemetryOptions {
  /** The collector's base address; `/v1/traces` and `/v1/metrics` are added. */
  readonly endpoint: string;
  readonly instance: string;
  readonly exportIntervalMs?: number;
}

export function createTelemetry({
  endpoint,
  instance,
  exportIntervalMs = 10_000,
}: TelemetryOptions): Telemetry {
  const base = endpoint.replace(/\/$/, '');
  const resource = resourceFromAttributes({ 'service.name': 'bartizan', 'service.instance.id': instance });
  const processor = new BatchSpanProcessor({
    exporter: new OTLPTraceExporter({ url: `${base}/v1/traces` }),
    scheduledDelayMillis: Math.min(exportIntervalMs, 5_000),
  });
  const tracers = new TracerProvider({ resource, spanProcessors: [processor] });
  const reader = new PeriodicExportingMetricReader({
    exporter: new OTLPMetricExporter({ url: `${base}/v1/metrics` }),
    exportIntervalMillis: exportIntervalMs,
    exportTimeoutMillis: exportIntervalMs,
  });
  const meters = new MeterProvider({ resource, readers: [reader] });
  const tracer = tracers.getTracer('bartizan');
  const meter = meters.getMeter('bartizan');
  const duration = meter.createHistogram('gen_ai.server.request.duration', { unit: 's' });
  const firstChunk = meter.createHistogram('gen_ai.server.time_to_first_token', { unit: 's' });
  const tokens = meter.createHistogram('gen_ai.client.token.usage', { unit: '{token}' });
  return {
    interaction(entry, traceparent) {
      const attributes = metricAttributesOf(entry);
      const span = tracer.startSpan(
        spanNameOf(entry),
        { kind: SpanKind.SERVER, startTime: entry.at, attributes: spanAttributesOf(entry) },
        parentOf(traceparent),
      );
      if (entry.outcome === 'failed') span.setStatus({ code: SpanStatusCode.ERROR });
      for (const [name, atMs] of Object.entries(entry.timings))
        span.addEvent(`bartizan.${name}`, entry.at + atMs);
      span.end(entry.at + durationOf(entry) * 1000);
      duration.record(durationOf(entry), attributes);
      const chunk = timeToFirstChunkOf(entry);
      if (chunk !== undefined) firstChunk.record(chunk, attributes);
      if (entry.usage) {
        tokens.record(entry.usage.inputTokens, { ...attributes, 'gen_ai.token.type': 'input' });
        tokens.record(entry.usage.outputTokens, { ...attributes, 'gen_ai.token.type': 'output' });
      }
    },
    async close() {
      await Promise.allSettled([tracers.shutdown(), meters.shutdown()]);
    },
  };
}

/** W3C Trace Context §3.2: version, trace id, parent id, flags. */
function parentOf(traceparent: string | undefined): Context {
  const match = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(traceparent ?? '');
  const [, traceId, spanId, flags] = match ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return context.active();
  const traceFlags = Number.parseInt(flags, 16) & TraceFlags.SAMPLED;
  return trace.setSpanContext(context.active(), { traceId, spanId, traceFlags, isRemote: true });
}
