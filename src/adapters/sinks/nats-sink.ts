/** A JetStream subject: each entry is published under its place in the record, by which the stream knows a repetition. */
import type { JetStreamClient } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { SinkError, Unacceptable, type ExportItem, type Sink } from '../../governance/siem/sink.ts';
import type { TlsSettings } from './tls-settings.ts';

export interface NatsSinkOptions {
  /** `host:port` */
  readonly servers: readonly string[];
  readonly subject: string;
  readonly tls: TlsSettings | false;
  readonly token: string | undefined;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly timeoutMs: number;
}

const NOBODY_KEEPS = new Set(['JetStreamNotEnabled', 'NoResponders']);

/** The client is loaded when the first such sink is opened. */
export async function openNatsSink(options: NatsSinkOptions): Promise<Sink> {
  const connection = await connected(options);
  const { jetstream } = await import('@nats-io/jetstream');
  const stream = jetstream(connection, { timeout: options.timeoutMs });
  const maxBytes = connection.info?.max_payload ?? Infinity;
  return {
    async deliver(batch, signal) {
      // One after the other: a later entry that is stored before an earlier one that was not would change the order.
      for (const [at, item] of batch.entries()) {
        signal.throwIfAborted();
        if (Buffer.byteLength(item.text) > maxBytes) throw new Unacceptable('max_payload', at);
        await publish(stream, options, item);
      }
      return [];
    },
    close: () => connection.close(),
  };
}

async function connected({
  servers,
  tls,
  token,
  user,
  password,
  timeoutMs,
}: NatsSinkOptions): Promise<NatsConnection> {
  const { connect } = await import('@nats-io/transport-node');
  return connect({
    servers: [...servers],
    name: 'bartizan',
    timeout: timeoutMs,
    // The delivery tries again itself, and knows when.
    reconnect: false,
    // Null: none, even where the server offers it. An object: nothing is sent to a server that does not offer it.
    ...(tls === false
      ? { tls: null }
      : {
          tls: {
            ...(tls.ca === undefined ? {} : { ca: tls.ca }),
            ...(tls.certificate === undefined ? {} : { cert: tls.certificate }),
            ...(tls.key === undefined ? {} : { key: tls.key }),
          },
        }),
    ...(token === undefined ? {} : { token }),
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { pass: password }),
  });
}

async function publish(
  stream: JetStreamClient,
  { subject, timeoutMs }: NatsSinkOptions,
  { instance, sequence, text }: ExportItem,
): Promise<void> {
  try {
    const { seq } = await stream.publish(subject, text, {
      msgID: `${instance}/${sequence}`,
      timeout: timeoutMs,
      retries: 0,
    });
    if (!(seq > 0)) throw new SinkError('nonsense');
  } catch (error) {
    if (error instanceof SinkError) throw error;
    // Nobody answers for the subject: no stream keeps it, or the server keeps none at all.
    if (error instanceof Error && NOBODY_KEEPS.has(error.name))
      throw new SinkError('no_stream', { cause: error });
    throw error;
  }
}
