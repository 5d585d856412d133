import { describe, expect, test } from 'vitest';
import { createMemoryConfigurationStore } from '../adapters/memory/memory-configuration-store.ts';
import { systemClock } from '../base/clock.ts';
import { createConfigurationRoom, exportYaml } from '../governance/configuration/configuration.ts';
import type { Configuration } from './configuration.ts';
import { siemDestinationSchema } from './siem.ts';

const room = createConfigurationRoom({
  store: createMemoryConfigurationStore(),
  validators: [],
  append: () => Promise.resolve(),
  clock: systemClock,
});
const parse = (siem: unknown): Configuration => room.parse(JSON.stringify({ version: 1, siem }));

const GOOD = {
  file: { to: 'file', path: '/var/log/bartizan/audit.jsonl', format: 'cef' },
  syslog: { to: 'syslog', host: 'siem.example.com' },
  plain: { to: 'syslog', host: '10.0.0.1', port: 514, tls: false },
  splunk: {
    to: 'splunk',
    url: 'https://hec.example.com:8088',
    token: { secret: 'splunk' },
    acknowledgement: true,
  },
  elastic: {
    to: 'elastic',
    url: 'https://es.example.com',
    index: 'logs-ai.audit-default',
    api_key: { env: 'ES_KEY' },
  },
  kafka: {
    to: 'kafka',
    brokers: ['kafka-1.example.com:9093', '[::1]:9093'],
    topic: 'ai.audit',
    sasl: { mechanism: 'SCRAM-SHA-512', user: 'bartizan', password: { secret: 'kafka' } },
  },
  nats: { to: 'nats', servers: ['nats.example.com:4222'], subject: 'ai.audit', token: { secret: 'nats' } },
} as const;

test('every kind of destination is read, filled up with defaults, and exported as it was written', () => {
  const configuration = parse(GOOD);
  expect(configuration.siem['syslog']).toMatchObject({
    port: 6514,
    tls: {},
    format: 'ocsf',
    from: 'now',
    batch: 100,
  });
  const exported = exportYaml(configuration);
  expect(room.parse(exported)).toEqual(configuration);
  expect(exported).not.toMatch(/batch|timeout_ms|6514/);
});

test('a change of a destination is told by its path', async () => {
  const { changes } = await room.plan(parse({ syslog: GOOD.syslog }));
  expect(changes).toMatchObject([{ kind: 'added', path: ['siem', 'syslog'] }]);
});

describe('what is wrong with a destination is told', () => {
  const bad: Readonly<Record<string, Record<string, unknown>>> = {
    'a kind that is not there': { ...GOOD.file, to: 'carrier-pigeon' },
    'a credential written into the tree': { ...GOOD.splunk, token: 'B5A79AAD' },
    'a setting that is not there': { ...GOOD.syslog, protocol: 'udp' },
    'TLS that is half switched off': { ...GOOD.syslog, tls: { verify: false } },
    'TLS switched off by a word that means it on': { ...GOOD.syslog, tls: true },
    'a certificate without its key': { ...GOOD.syslog, tls: { certificate: '-----BEGIN CERTIFICATE-----' } },
    'a relative path': { ...GOOD.file, path: 'audit.jsonl' },
    'a path with a line break': { ...GOOD.file, path: '/var/log/a\nb' },
    'CEF for an index of objects': { ...GOOD.elastic, format: 'cef' },
    'a user without a password': { ...GOOD.elastic, user: 'elastic' },
    'a subject for subscribers': { ...GOOD.nats, subject: 'ai.>' },
    'a broker without a port': { ...GOOD.kafka, brokers: ['kafka.example.com'] },
    'an address that is no web address': { ...GOOD.splunk, url: 'file:///etc/passwd' },
    'a host that would be two': { ...GOOD.syslog, host: 'a.example.com b.example.com' },
  };

  test.each(Object.entries(bad))('%s', (_, destination) => {
    expect(siemDestinationSchema.safeParse(destination).success).toBe(false);
    expect(() => parse({ it: destination })).toThrow(/siem\.it/);
  });

  test('a file that two would write', () => {
    expect(() => parse({ one: GOOD.file, two: GOOD.file })).toThrow(
      'siem.two.path: the destination one writes the same',
    );
  });
});
