/** Syslog against rsyslog: over TLS, and without where that is said. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openSyslogSink, type SyslogSinkOptions } from '../../src/adapters/sinks/syslog-sink.ts';
import { describeWithRsyslog } from '../servers.ts';
import { makeCertificates } from './certificates.ts';
import { deliver, item, items } from './items.ts';
import { freePort, startRsyslog, type Rsyslog } from './rsyslog.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'bartizan-syslog-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const options = (port: number, tls: SyslogSinkOptions['tls'] = false): SyslogSinkOptions => ({
  host: 'localhost',
  port,
  tls,
  facility: 13,
  version: '1.2.3',
  connectTimeoutMs: 2_000,
});
const trusting = (ca: string) => ({ ca, certificate: undefined, key: undefined, serverName: undefined });

describeWithRsyslog('syslog to rsyslog', () => {
  let server: Rsyslog | undefined;
  afterEach(async () => {
    await server?.stop();
    server = undefined;
  });

  test('over TLS every message arrives with its header, structured data and text', async () => {
    const certificates = makeCertificates(directory);
    server = await startRsyslog(directory, certificates);
    const sink = await openSyslogSink(options(server.port, trusting(certificates.ca)));
    await deliver(sink, items(250));
    await deliver(sink, [{ ...item(251), severity: 3, kind: 'administration' }]);
    await sink.close();
    await vi.waitFor(() => expect(server?.received()).toHaveLength(251), { timeout: 5_000 });
    const received = server.received();
    expect(received.map(({ msg }) => msg)).toEqual(items(251).map(({ text }) => text));
    expect(received[0]).toMatchObject({
      pri: String(13 * 8 + 6),
      timestamp: '2026-11-18T11:06:40.001Z',
      hostname: 'gateway-1',
      app: 'bartizan',
      msgid: 'interaction',
      sd: '[origin software="Bartizan" swVersion="1.2.3"][meta sequenceId="1"]',
    });
    expect(received[250]).toMatchObject({ pri: String(13 * 8 + 3), msgid: 'administration' });
  });

  test('a certificate of an authority that is not trusted, or of another name, is not talked to', async () => {
    const certificates = makeCertificates(directory);
    server = await startRsyslog(directory, certificates);
    const { port } = server;
    await expect(
      openSyslogSink(options(port, { ...trusting(certificates.ca), ca: undefined })),
    ).rejects.toThrow();
    const other = { ...trusting(certificates.ca), serverName: 'siem.example.com' };
    await expect(openSyslogSink(options(port, other))).rejects.toThrow();
    expect(server.received()).toEqual([]);
  });

  test('without TLS where that is asked for; a server that went away takes nothing', async () => {
    server = await startRsyslog(directory);
    const sink = await openSyslogSink(options(server.port));
    await deliver(sink, items(3));
    await vi.waitFor(() => expect(server?.received()).toHaveLength(3), { timeout: 5_000 });
    await server.stop();
    await expect(deliver(sink, items(3, 4))).rejects.toThrow();
    await sink.close();
  });
});

test('a receiver that closes at once has acknowledged nothing', async () => {
  const server = createServer((socket) => socket.on('data', () => socket.destroy())).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const sink = await openSyslogSink({ ...options(port), host: '127.0.0.1' });
  await expect(deliver(sink, items(2))).rejects.toThrow(/connection_closed|ECONNRESET/);
  await sink.close();
  server.close();
});

test('a receiver that never takes the bytes is given up when told so', async () => {
  const server = createServer((socket) => socket.pause()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const sink = await openSyslogSink({ ...options(port), host: '127.0.0.1' });
  const abort = new AbortController();
  setTimeout(() => abort.abort(), 50);
  const much = Array.from({ length: 20 }, (_, index) => item(index + 1, 'x'.repeat(1_000_000)));
  await expect(deliver(sink, much, abort.signal)).rejects.toThrow('stopped');
  await sink.close();
  server.close();
});

test('nobody there is an error', async () => {
  await expect(openSyslogSink({ ...options(await freePort()), host: '127.0.0.1' })).rejects.toThrow(
    'ECONNREFUSED',
  );
});

test('what instances are called cannot break out of the header', async () => {
  const frames: Buffer[] = [];
  const server = createServer((socket) => socket.on('data', (bytes) => frames.push(bytes))).listen(
    0,
    '127.0.0.1',
  );
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const sink = await openSyslogSink({ ...options(port), host: '127.0.0.1', version: '1"]\\ [x y="z' });
  await deliver(sink, [{ ...item(1, 'text'), instance: 'a b\n<0>1 - ü', kind: 'k i n d'.repeat(9) }]);
  await sink.close();
  server.close();
  const text = Buffer.concat(frames).toString();
  const [, length = '', message = ''] = /^(\d+) ([^]*)$/.exec(text) ?? [];
  expect(Number(length)).toBe(Buffer.byteLength(message));
  expect(message.split(' ').slice(1, 7)).toEqual([
    '2026-11-18T11:06:40.001Z',
    'a_b_<0>1_-__',
    'bartizan',
    '-',
    'k_i_n_dk_i_n_dk_i_n_dk_i_n_dk_i_',
    '[origin',
  ]);
  expect(message).toContain('swVersion="1\\"\\]\\\\ [x y=\\"z"][meta sequenceId="1"] text');
});
