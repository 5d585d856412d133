/** JetStream against a NATS server: stored once, in order, or known not to be. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openNatsSink, type NatsSinkOptions } from '../../src/adapters/sinks/nats-sink.ts';
import { newId } from '../../src/base/ids.ts';
import { describeWithNats, natsServer } from '../servers.ts';
import { makeCertificates } from './certificates.ts';
import { deliver, item, items } from './items.ts';
import { prepareNatsServer } from './nats-server.ts';
import { freePort } from './rsyslog.ts';

describeWithNats('NATS', () => {
  let connection: NatsConnection;
  let manager: JetStreamManager;
  let stream: string;
  beforeAll(async () => {
    connection = await connect({ servers: natsServer });
    manager = await jetstreamManager(connection);
  });
  afterAll(() => connection.close());
  beforeEach(async () => {
    stream = newId('audit');
    await manager.streams.add({ name: stream, subjects: [`${stream}.entries`] });
    return () => manager.streams.delete(stream).then(() => undefined);
  });

  const options = (): NatsSinkOptions => ({
    servers: [natsServer],
    subject: `${stream}.entries`,
    tls: false,
    token: undefined,
    user: undefined,
    password: undefined,
    timeoutMs: 2_000,
  });
  async function stored(): Promise<string[]> {
    const { state } = await manager.streams.info(stream);
    const texts: string[] = [];
    for (let seq = state.first_seq; seq <= state.last_seq; seq++)
      texts.push((await manager.streams.getMessage(stream, { seq }))?.string() ?? '');
    return texts;
  }

  test('stores entries in order, and what is sent again only once', async () => {
    const sink = await openNatsSink(options());
    expect(await deliver(sink, items(20))).toEqual([]);
    await sink.close();
    const again = await openNatsSink(options());
    await deliver(again, items(10, 15));
    await again.close();
    expect(await stored()).toEqual(items(24).map(({ text }) => text));
  });

  test('a subject that no stream keeps acknowledges nothing', async () => {
    const sink = await openNatsSink({ ...options(), subject: `${stream}.elsewhere` });
    await expect(deliver(sink, items(1))).rejects.toMatchObject({ reason: 'no_stream' });
    await sink.close();
  });

  test('an entry larger than the server takes is rejected for good', async () => {
    const sink = await openNatsSink(options());
    const large = item(2, `"${'x'.repeat(2 * 1024 * 1024)}"`);
    await expect(deliver(sink, [item(1), large])).rejects.toMatchObject({ reason: 'max_payload', index: 1 });
    await sink.close();
  });

  test('TLS that the server does not offer is not done without', async () => {
    const tls = { ca: undefined, certificate: undefined, key: undefined, serverName: undefined };
    await expect(openNatsSink({ ...options(), tls })).rejects.toThrow(/tls/);
  });

  test('nobody there is an error', async () => {
    await expect(
      openNatsSink({ ...options(), servers: [`127.0.0.1:${await freePort()}`] }),
    ).rejects.toThrow();
  });

  test('over TLS with a token; a server that is killed and comes back has each entry once', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'bartizan-nats-'));
    const certificates = makeCertificates(directory);
    const server = await prepareNatsServer(directory, certificates, 'nats-token');
    await server.start();
    const tls = { ca: certificates.ca, certificate: undefined, key: undefined, serverName: undefined };
    const secured = { ...options(), servers: [server.address], tls, token: 'nats-token' };
    const administrator = () =>
      connect({ servers: server.address, token: 'nats-token', tls: { ca: certificates.ca } });
    try {
      const first = await administrator();
      const streams = (await jetstreamManager(first)).streams;
      await streams.add({ name: stream, subjects: [secured.subject] });
      await first.close();

      await expect(openNatsSink({ ...secured, token: 'wrong' })).rejects.toThrow(/authorization/i);
      await expect(openNatsSink({ ...secured, tls: { ...tls, ca: undefined } })).rejects.toThrow();
      const sink = await openNatsSink(secured);
      await deliver(sink, items(10));
      await server.kill();
      await expect(deliver(sink, items(10, 6))).rejects.toThrow();
      await sink.close();

      await server.start();
      const again = await openNatsSink(secured);
      await deliver(again, items(10, 6));
      await again.close();
      const last = await administrator();
      const { state } = await (await jetstreamManager(last)).streams.info(stream);
      expect(state.messages).toBe(15);
      await last.close();
    } finally {
      await server.kill();
      await rm(directory, { recursive: true, force: true });
    }
  });
});
