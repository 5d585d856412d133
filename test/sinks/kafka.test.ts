/** Kafka's protocol as the client speaks it, against a broker in this process: Debian has no Kafka. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openKafkaSink, type KafkaSinkOptions } from '../../src/adapters/sinks/kafka-sink.ts';
import type { Sink } from '../../src/governance/siem/sink.ts';
import { makeCertificates } from './certificates.ts';
import { deliver, item, items } from './items.ts';
import { startKafkaBroker, type KafkaBroker } from './kafka-broker.ts';
import { freePort } from './rsyslog.ts';

let broker: KafkaBroker;
let sink: Sink;

const options = (): KafkaSinkOptions => ({
  brokers: [broker.address],
  topic: 'audit',
  tls: false,
  sasl: undefined,
  timeoutMs: 500,
});

beforeEach(async () => {
  broker = await startKafkaBroker();
  sink = await openKafkaSink(options());
});
afterEach(async () => {
  await sink.close();
  await broker.stop();
});

test('entries are acknowledged by all replicas, keyed by instance, in one partition and in order', async () => {
  expect(await deliver(sink, items(50))).toEqual([]);
  await deliver(sink, items(50, 51));
  expect(new Set(broker.acks)).toEqual(new Set([-1]));
  expect(broker.records.map(({ value }) => value)).toEqual(items(100).map(({ text }) => text));
  expect(new Set(broker.records.map(({ partition }) => partition)).size).toBe(1);
  expect(broker.records[4]).toMatchObject({
    key: 'gateway-1',
    headers: { sequence: '5' },
    timestamp: 1_795_000_000_005,
  });
});

test('instances may lie in several partitions, each whole', async () => {
  const instances = ['a', 'b', 'c', 'd', 'e', 'f'];
  const batch = items(60).map((each) => ({ ...each, instance: instances[each.position % 6]! }));
  await deliver(sink, batch);
  for (const instance of instances) {
    const stored = broker.records.filter(({ key }) => key === instance);
    expect(new Set(stored.map(({ partition }) => partition)).size).toBe(1);
    const sequences = stored.map(({ headers }) => Number(headers['sequence']));
    expect(sequences).toEqual(
      batch.filter((each) => each.instance === instance).map(({ sequence }) => sequence),
    );
  }
});

describe('an answer that is no success acknowledges nothing', () => {
  test.each([
    [10, { name: 'Unacceptable', reason: 'MESSAGE_TOO_LARGE' }],
    [87, { name: 'Unacceptable', reason: 'INVALID_RECORD' }],
    [7, { name: 'SinkError', reason: 'REQUEST_TIMED_OUT' }],
    [19, { name: 'SinkError', reason: 'NOT_ENOUGH_REPLICAS' }],
    [29, { name: 'SinkError', reason: 'TOPIC_AUTHORIZATION_FAILED' }],
  ])('error %d', async (code, error) => {
    broker.fate = code;
    await expect(deliver(sink, items(2))).rejects.toMatchObject(error);
  });

  test.each(['drop', 'drop after storing', 'hang'] as const)('%s', async (fate) => {
    broker.fate = fate;
    await expect(deliver(sink, items(2))).rejects.toThrow();
  });

  test('a topic that is not there', async () => {
    const elsewhere = await openKafkaSink({ ...options(), topic: 'nowhere' });
    await expect(deliver(elsewhere, [item(1)])).rejects.toThrow(/Unknown topic/);
    await elsewhere.close();
  });

  test('nobody there', async () => {
    const away = await openKafkaSink({ ...options(), brokers: [`127.0.0.1:${await freePort()}`] });
    await expect(deliver(away, [item(1)])).rejects.toThrow();
    await away.close();
  });
});

test('over TLS, where the certificate is trusted', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'bartizan-kafka-'));
  const { ca, certificateFile, keyFile } = makeCertificates(directory);
  const secure = await startKafkaBroker({
    cert: readFileSync(certificateFile, 'utf8'),
    key: readFileSync(keyFile, 'utf8'),
  });
  const tls = { ca, certificate: undefined, key: undefined, serverName: undefined };
  const trusting = await openKafkaSink({ ...options(), brokers: [secure.address], tls });
  await deliver(trusting, items(3));
  expect(secure.records).toHaveLength(3);
  const strict = await openKafkaSink({
    ...options(),
    brokers: [secure.address],
    tls: { ...tls, ca: undefined },
  });
  await expect(deliver(strict, items(1))).rejects.toThrow();
  const other = await openKafkaSink({
    ...options(),
    brokers: [secure.address],
    tls: { ...tls, serverName: 'kafka.example.com' },
  });
  await expect(deliver(other, items(1))).rejects.toThrow();
  expect(secure.records).toHaveLength(3);
  await Promise.all([trusting.close(), strict.close(), other.close()]);
  await secure.stop();
  rmSync(directory, { recursive: true, force: true });
});
