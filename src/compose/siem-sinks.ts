/** From a destination as it is configured to the adapter that reaches it; credentials are read when it is opened. */
import { openFileSink } from '../adapters/sinks/file-sink.ts';
import { createElasticSink } from '../adapters/sinks/elastic-sink.ts';
import type { HttpPost } from '../adapters/sinks/http-post.ts';
import { openKafkaSink } from '../adapters/sinks/kafka-sink.ts';
import { openNatsSink } from '../adapters/sinks/nats-sink.ts';
import { createSplunkSink } from '../adapters/sinks/splunk-sink.ts';
import { openSyslogSink } from '../adapters/sinks/syslog-sink.ts';
import type { TlsSettings } from '../adapters/sinks/tls-settings.ts';
import { unreachable } from '../base/exhaustive.ts';
import type { SiemDestinationConfiguration, SiemTls } from '../contract/siem.ts';
import type { Sink } from '../governance/siem/sink.ts';
import type { Transport } from '../modules/inference/transport.ts';
import type { SecretReference } from '../modules/scanning/scanner.ts';
import { jsonHeaders, post } from './post.ts';

export interface SinkMeans {
  readonly transport: Transport;
  /** @throws Error where the credential is not set */
  readonly secretOf: (reference: SecretReference) => Promise<string>;
  readonly version: string;
}

type Configured<To extends SiemDestinationConfiguration['to']> = Extract<
  SiemDestinationConfiguration,
  { to: To }
>;

const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

export async function openSink(configured: SiemDestinationConfiguration, means: SinkMeans): Promise<Sink> {
  switch (configured.to) {
    case 'file':
      return openFileSink({ ...configured, maxBytes: configured.max_bytes });
    case 'syslog':
      return openSyslogSink({
        ...configured,
        version: means.version,
        tls: await tlsOf(configured.tls, means),
        connectTimeoutMs: configured.timeout_ms,
      });
    case 'splunk':
      return openSplunk(configured, means);
    case 'elastic':
      return openElastic(configured, means);
    case 'kafka':
      return openKafka(configured, means);
    case 'nats':
      return openNatsSink({
        ...configured,
        tls: await tlsOf(configured.tls, means),
        token: await optional(configured.token, means),
        user: configured.user,
        password: await optional(configured.password, means),
        timeoutMs: configured.timeout_ms,
      });
    default:
      return unreachable(configured);
  }
}

async function openSplunk(configured: Configured<'splunk'>, means: SinkMeans): Promise<Sink> {
  return createSplunkSink({
    ...configured,
    token: await means.secretOf(configured.token),
    index: configured.index,
    sourcetype: configured.sourcetype ?? `bartizan:${configured.format}`,
    allowPrivateNetwork: configured.allow_private_network,
    post: postOf(configured, means),
  });
}

async function openElastic(configured: Configured<'elastic'>, means: SinkMeans): Promise<Sink> {
  const {
    url,
    index,
    api_key: apiKey,
    user,
    password,
    allow_private_network: allowPrivateNetwork,
  } = configured;
  const key = await optional(apiKey, means);
  const secret = await optional(password, means);
  const basic = user !== undefined && secret !== undefined ? Buffer.from(`${user}:${secret}`) : undefined;
  const authorization = key === undefined ? basic && `Basic ${basic.toString('base64')}` : `ApiKey ${key}`;
  return createElasticSink({
    url,
    index,
    authorization,
    allowPrivateNetwork,
    post: postOf(configured, means),
  });
}

async function openKafka(configured: Configured<'kafka'>, means: SinkMeans): Promise<Sink> {
  const { brokers, topic, sasl, timeout_ms: timeoutMs } = configured;
  const password = await optional(sasl?.password, means);
  return openKafkaSink({
    brokers,
    topic,
    timeoutMs,
    tls: await tlsOf(configured.tls, means),
    sasl: sasl && password !== undefined ? { ...sasl, password } : undefined,
  });
}

function postOf({ timeout_ms: timeoutMs }: SiemDestinationConfiguration, { transport }: SinkMeans): HttpPost {
  return ({ headers, ...request }) =>
    post(transport, {
      ...request,
      headers: jsonHeaders(headers),
      timeoutMs,
      maxAnswerBytes: MAX_ANSWER_BYTES,
    });
}

async function optional(
  reference: SecretReference | undefined,
  { secretOf }: SinkMeans,
): Promise<string | undefined> {
  return reference && secretOf(reference);
}

async function tlsOf(tls: SiemTls, means: SinkMeans): Promise<TlsSettings | false> {
  if (tls === false) return false;
  const serverName = 'server_name' in tls ? tls.server_name : undefined;
  return { ca: tls.ca, certificate: tls.certificate, key: await optional(tls.key, means), serverName };
}
