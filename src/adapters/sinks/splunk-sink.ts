/** Splunk's HTTP Event Collector: events one after the other in one body, and where asked for, the indexers' acknowledgement. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { SinkError, Unacceptable, type ExportItem, type Sink } from '../../governance/siem/sink.ts';
import { answerOf, assertAccepted } from './answer.ts';
import type { HttpPost } from './http-post.ts';

export interface SplunkSinkOptions {
  /** Of the collector, with or without a path. */
  readonly url: string;
  readonly token: string;
  readonly index: string | undefined;
  readonly source: string;
  readonly sourcetype: string;
  readonly acknowledgement: boolean;
  readonly allowPrivateNetwork: boolean;
  readonly post: HttpPost;
  /** Between two questions for an acknowledgement. */
  readonly pollMs?: number;
}

/**
 * Codes of an answer that speak of an event: no data, invalid data, event missing or blank, indexed fields. The others
 * (a wrong index, a missing channel, …) speak of the destination: what is sent again later may be taken then.
 */
const EVENT_CODES = new Set([5, 6, 12, 13, 15]);

const answerSchema = z.looseObject({
  code: z.number().optional(),
  ackId: z.number().optional(),
  'invalid-event-number': z.int().optional(),
});
const acknowledgementSchema = z.looseObject({ acks: z.record(z.string(), z.boolean()) });

export function createSplunkSink(options: SplunkSinkOptions): Sink {
  const { url, token, acknowledgement, post, allowPrivateNetwork, pollMs = 1_000 } = options;
  const channel = randomUUID();
  const headers = {
    authorization: `Splunk ${token}`,
    ...(acknowledgement ? { 'x-splunk-request-channel': channel } : {}),
  };
  const send = (path: 'event' | 'ack', body: string, signal: AbortSignal) =>
    post({ url: addressOf(url, path), headers, body, signal, allowPrivateNetwork });

  async function waitForIndexers(ackId: number, signal: AbortSignal): Promise<void> {
    for (;;) {
      const answer = await send('ack', JSON.stringify({ acks: [ackId] }), signal);
      assertAccepted(answer.status);
      if (answerOf(acknowledgementSchema, answer.body).acks[String(ackId)] === true) return;
      await sleep(pollMs, undefined, { signal });
    }
  }

  return {
    async deliver(batch, signal) {
      const body = batch.map((item) => JSON.stringify(eventOf(item, options))).join('\n');
      const { status, body: text } = await send('event', body, signal);
      if (status === 400) throw rejectionOf(answerOf(answerSchema, text));
      assertAccepted(status);
      const { code, ackId } = answerOf(answerSchema, text);
      if (code !== 0) throw new SinkError(`code_${code}`);
      if (!acknowledgement) return [];
      if (ackId === undefined) throw new SinkError('no_acknowledgement');
      await waitForIndexers(ackId, signal);
      return [];
    },
    close: () => Promise.resolve(),
  };
}

function rejectionOf({ code = -1, 'invalid-event-number': index }: z.infer<typeof answerSchema>): Error {
  return EVENT_CODES.has(code) ? new Unacceptable(`code_${code}`, index) : new SinkError(`code_${code}`);
}

function addressOf(url: string, path: 'event' | 'ack'): string {
  const base = new URL(url);
  const prefix = base.pathname.replace(/\/(?:services\/collector(?:\/event)?)?\/?$/, '');
  return `${base.origin}${prefix}/services/collector/${path}`;
}

/** Texts that are JSON are given as such, so that Splunk finds their fields. */
function eventOf(
  { at, instance, sequence, text }: ExportItem,
  { index, source, sourcetype }: SplunkSinkOptions,
) {
  return {
    time: at / 1_000,
    host: instance,
    source,
    sourcetype,
    ...(index === undefined ? {} : { index }),
    event: text.startsWith('{') ? (JSON.parse(text) as unknown) : text,
    fields: { instance, sequence: String(sequence) },
  };
}
