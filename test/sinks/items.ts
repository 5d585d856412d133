/** Items as an export hands them to a sink. */
import type { ExportItem, Sink } from '../../src/governance/siem/sink.ts';

export function item(position: number, text = `{"entry":${position},"more":"ü ]\\" |="}`): ExportItem {
  return {
    position,
    instance: 'gateway-1',
    sequence: position,
    at: 1_795_000_000_000 + position,
    kind: 'interaction',
    severity: 6,
    text,
  };
}

export function items(count: number, from = 1): readonly ExportItem[] {
  return Array.from({ length: count }, (_, index) => item(from + index));
}

const never = new AbortController().signal;

export function deliver(sink: Sink, batch: readonly ExportItem[], signal: AbortSignal = never) {
  return sink.deliver(batch, signal);
}
