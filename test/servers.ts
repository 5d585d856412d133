/**
 * PostgreSQL, Redis, NATS and rsyslog for tests, on this machine.
 *
 * Without CI=true, a suite whose server does not answer is left out and says so.
 * With CI=true nothing is left out: a missing server fails its tests.
 */
import { existsSync } from 'node:fs';
import { connect as connectNats } from '@nats-io/transport-node';
import { jetstreamManager } from '@nats-io/jetstream';
import { Redis } from 'ioredis';
import pg from 'pg';
import { describe } from 'vitest';

const isCi = process.env['CI'] === 'true';

const postgresCandidates = [
  process.env['BARTIZAN_TEST_POSTGRES_URL'],
  'postgres://bartizan_test:bartizan_test@127.0.0.1:5432/bartizan_test',
  'postgres://postgres@127.0.0.1:5432/test',
].filter((url) => url !== undefined);

const redisCandidate = process.env['BARTIZAN_TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379';

async function postgresAnswers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

async function redisAnswers(url: string): Promise<boolean> {
  const client = new Redis(url, { lazyConnect: true, connectTimeout: 2_000, retryStrategy: () => null });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    client.disconnect();
  }
}

const natsCandidate = process.env['BARTIZAN_TEST_NATS'] ?? '127.0.0.1:4222';

async function natsAnswers(server: string): Promise<boolean> {
  try {
    const connection = await connectNats({ servers: server, timeout: 2_000, reconnect: false });
    try {
      await (await jetstreamManager(connection)).getAccountInfo();
      return true;
    } finally {
      await connection.close();
    }
  } catch {
    return false;
  }
}

async function firstAnswering(urls: readonly string[]): Promise<string | undefined> {
  for (const url of urls) if (await postgresAnswers(url)) return url;
  return undefined;
}

const answeringPostgres = await firstAnswering(postgresCandidates);
const hasRedis = await redisAnswers(redisCandidate);
const hasNats = await natsAnswers(natsCandidate);
/** Each test starts one of its own: the program and its module for TLS are what is needed. */
const hasRsyslog =
  existsSync('/usr/sbin/rsyslogd') && existsSync(`/usr/lib/${multiarch()}/rsyslog/lmnsd_gtls.so`);

/** A database that tests may create schemas in. The first that answers; else the first that should. */
export const postgresUrl: string = answeringPostgres ?? postgresCandidates[0] ?? '';

/** A Redis or Valkey that tests may write to, under keys of their own. */
export const redisUrl: string = redisCandidate;

/** `host:port` of a NATS server with JetStream that tests may make streams in. */
export const natsServer: string = natsCandidate;

function multiarch(): string {
  return process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
}

function describeWith(server: string, isThere: boolean) {
  return (name: string, suite: () => void): void => {
    if (isThere || isCi) describe(name, suite);
    else describe.skip(`${name} [left out: no ${server} answers on this machine]`, suite);
  };
}

/** A suite that needs PostgreSQL at `postgresUrl`. */
export const describeWithPostgres = describeWith('PostgreSQL', answeringPostgres !== undefined);

/** A suite that needs Redis at `redisUrl`. */
export const describeWithRedis = describeWith('Redis', hasRedis);

/** A suite that needs NATS with JetStream at `natsServer`. */
export const describeWithNats = describeWith('NATS with JetStream', hasNats);

/** A suite that starts rsyslog. */
export const describeWithRsyslog = describeWith('rsyslog with rsyslog-gnutls', hasRsyslog);
