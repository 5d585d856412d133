/**
 * PostgreSQL and Redis for tests, on this machine.
 *
 * Without CI=true, a suite whose server does not answer is left out and says so.
 * With CI=true nothing is left out: a missing server fails its tests.
 */
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

async function firstAnswering(urls: readonly string[]): Promise<string | undefined> {
  for (const url of urls) if (await postgresAnswers(url)) return url;
  return undefined;
}

const answeringPostgres = await firstAnswering(postgresCandidates);
const hasRedis = await redisAnswers(redisCandidate);

/** A database that tests may create schemas in. The first that answers; else the first that should. */
export const postgresUrl: string = answeringPostgres ?? postgresCandidates[0] ?? '';

/** A Redis or Valkey that tests may write to, under keys of their own. */
export const redisUrl: string = redisCandidate;

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
