import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { describeWithPostgres, describeWithRedis, postgresUrl, redisUrl } from './servers.ts';
import pg from 'pg';

describeWithPostgres('PostgreSQL for tests', () => {
  test('lets a test create a schema of its own', async () => {
    const client = new pg.Client({ connectionString: postgresUrl });
    await client.connect();
    try {
      await client.query('create schema servers_test');
      await client.query('drop schema servers_test');
    } finally {
      await client.end();
    }
  });
});

describeWithRedis('Redis for tests', () => {
  test('answers', async () => {
    const client = new Redis(redisUrl, { retryStrategy: () => null });
    try {
      expect(await client.ping()).toBe('PONG');
    } finally {
      client.disconnect();
    }
  });
});
