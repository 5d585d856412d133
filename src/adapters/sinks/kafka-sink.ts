/** A Kafka topic: acknowledged by all replicas in sync, keyed by instance, so that one instance's entries stay in order. */
import type { Producer } from '@platformatic/kafka';
import { SinkError, Unacceptable, type ExportItem, type Sink } from '../../governance/siem/sink.ts';
import { tlsOptions, type TlsSettings } from './tls-settings.ts';

export interface KafkaSinkOptions {
  /** `host:port` */
  readonly brokers: readonly string[];
  readonly topic: string;
  readonly tls: TlsSettings | false;
  readonly sasl:
    | {
        readonly mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512';
        readonly user: string;
        readonly password: string;
      }
    | undefined;
  readonly timeoutMs: number;
}

type TextProducer = Producer<string, string, string, string>;

const ALL_REPLICAS = -1;
/** MESSAGE_TOO_LARGE, RECORD_LIST_TOO_LARGE and INVALID_RECORD of the protocol's error codes. */
const UNACCEPTABLE = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE', 'INVALID_RECORD']);

/** The client is loaded when the first such sink is opened. */
export async function openKafkaSink(options: KafkaSinkOptions): Promise<Sink> {
  const { topic } = options;
  const producer = await createProducer(options);
  return {
    async deliver(batch) {
      try {
        const messages = batch.map((item) => messageOf(topic, item));
        const { offsets = [] } = await producer.send({ messages, acks: ALL_REPLICAS });
        if (offsets.length === 0) throw new SinkError('no_acknowledgement');
        return [];
      } catch (error) {
        throw translated(error);
      }
    },
    close: () => producer.close(true),
  };
}

async function createProducer({ brokers, tls, sasl, timeoutMs }: KafkaSinkOptions): Promise<TextProducer> {
  const { Producer: KafkaProducer, stringSerializers } = await import('@platformatic/kafka');
  return new KafkaProducer({
    clientId: 'bartizan',
    bootstrapBrokers: [...brokers],
    serializers: stringSerializers,
    // The delivery tries again itself, and knows when.
    retries: 0,
    timeout: timeoutMs,
    connectTimeout: timeoutMs,
    requestTimeout: timeoutMs,
    autocreateTopics: false,
    ...(tls === false ? {} : { tls: tlsOptions(tls), tlsServerName: tls.serverName ?? true }),
    ...(sasl ? { sasl: { mechanism: sasl.mechanism, username: sasl.user, password: sasl.password } } : {}),
  });
}

function messageOf(topic: string, { instance, sequence, at, text }: ExportItem) {
  return {
    topic,
    key: instance,
    value: text,
    headers: { sequence: String(sequence) },
    timestamp: BigInt(at),
  };
}

/** What the protocol calls it, wherever it stands among the errors of an error. */
function translated(error: unknown): unknown {
  const name = protocolNameIn(error, 0);
  if (name === undefined) return error;
  return UNACCEPTABLE.has(name) ? new Unacceptable(name) : new SinkError(name, { cause: error });
}

function protocolNameIn(error: unknown, depth: number): string | undefined {
  if (!(error instanceof Error) || depth > 5) return undefined;
  if ('apiId' in error && typeof error.apiId === 'string') return error.apiId;
  const inside = [...(error instanceof AggregateError ? (error.errors as unknown[]) : []), error.cause];
  for (const each of inside) {
    const name = protocolNameIn(each, depth + 1);
    if (name !== undefined) return name;
  }
  return undefined;
}
