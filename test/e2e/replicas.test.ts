/** Two replicas over one PostgreSQL and one Redis: what one is told, the other knows; what one admits, the other counts. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { createSchema } from '../conformance/backends.ts';
import { describeWithPostgres, describeWithRedis, redisUrl } from '../servers.ts';
import { ask, OPENAI_CHAT } from './dialects.ts';
import { startGateway, until, type RunningGateway } from './gateway.ts';
import { openaiClient } from './openai-clients.ts';
import { SLOW_TEXT, startUpstream, type Upstream } from './upstream.ts';
import { configuration, CREDENTIALS } from './world.ts';

describeWithPostgres('two replicas', () => {
  describeWithRedis('that share limits', () => {
    let schema: Awaited<ReturnType<typeof createSchema>>;
    let upstream: Upstream;
    let replicas: readonly [RunningGateway, RunningGateway];
    let key: string;
    const limit = newId('limit');
    const CAPACITY = 20;

    const access = (index: 0 | 1, its = key) => ({ url: replicas[index].url, key: its });
    const status = async (index: 0 | 1, its: string) =>
      (await ask(OPENAI_CHAT, access(index, its), { model: 'openai.plain' })).status;

    beforeAll(async () => {
      schema = await createSchema();
      upstream = await startUpstream();
      const yaml = configuration(upstream.url, {
        applications: { desk: {}, busy: {} },
        limits: {
          [limit]: {
            measure: 'requests',
            capacity: CAPACITY,
            window: 'day',
            per: 'application',
            applications: ['busy'],
          },
        },
        guardrails: { 'stand-ins': { scanner: 'pii', action: 'pseudonymize', directions: ['request'] } },
      });
      const environment = {
        ...CREDENTIALS,
        DATABASE_URL: schema.url,
        REDIS_URL: redisUrl,
        BARTIZAN_MASTER_KEY: randomBytes(32).toString('base64'),
      };
      const first = await startGateway(yaml, { ...environment, BARTIZAN_INSTANCE: 'one' });
      // The second finds the configuration in the store.
      const second = await startGateway(undefined, { ...environment, BARTIZAN_INSTANCE: 'two' });
      replicas = [first, second];
      ({ key } = await first.newKey('desk'));
    });
    afterAll(async () => {
      for (const replica of replicas) await replica.stop();
      await upstream.stop();
      await schema.drop();
    });

    test('serve with the same keys and the same configuration', async () => {
      expect([await status(0, key), await status(1, key)]).toEqual([200, 200]);
    });

    test('refuse a key within a second of its being revoked on the other', async () => {
      const made = await replicas[1].newKey('desk');
      expect([await status(0, made.key), await status(1, made.key)]).toEqual([200, 200]);
      const revokedAt = performance.now();
      await replicas[1].gateway.office.keys.revoke(made.id);
      for (const index of [1, 0] as const)
        await until(async () => ((await status(index, made.key)) === 401 ? true : undefined));
      expect(performance.now() - revokedAt).toBeLessThan(1_000);
    });

    test('have a changed configuration in force on both within a second', async () => {
      const { configurations } = replicas[0].gateway.office;
      const { configuration: current } = (await configurations.current())!;
      const models = { ...current.models, renamed: { ...current.models['simulator']! } };
      const appliedAt = performance.now();
      await configurations.apply({ ...current, models }, { actor: 'test' });
      for (const index of [1, 0] as const) {
        await until(async () =>
          (await ask(OPENAI_CHAT, access(index), { model: 'renamed' })).status === 200 ? true : undefined,
        );
      }
      expect(performance.now() - appliedAt).toBeLessThan(1_000);
    });

    test('admit exactly as many of a burst as a limit has room for, between them', async () => {
      const { key: busy } = await replicas[0].newKey('busy');
      const burst = Array.from({ length: 3 * CAPACITY }, (_, i) => status(i % 2 === 0 ? 0 : 1, busy));
      const statuses = await Promise.all(burst);
      expect(statuses.filter((each) => each === 200)).toHaveLength(CAPACITY);
      expect(statuses.filter((each) => each === 429)).toHaveLength(2 * CAPACITY);
    });

    test('give the same value the same stand-in', async () => {
      const seen = async (index: 0 | 1) => {
        await ask(OPENAI_CHAT, access(index), { model: 'openai.echo', prompt: 'Mail ada@example.org' });
        return /<EMAIL_ADDRESS_\w+>/.exec(upstream.last('echo').text)?.[0];
      };
      expect(await seen(0)).toBeDefined();
      expect(await seen(1)).toBe(await seen(0));
    });

    test('number their records each by itself, without a gap', async () => {
      const { audit } = replicas[0].gateway.office;
      for (const instance of ['one', 'two']) {
        const { entries } = await audit.read({ instance, limit: 10_000 });
        expect(entries.length).toBeGreaterThan(CAPACITY);
        expect(entries.map(({ sequence }) => sequence)).toEqual(entries.map((_, i) => i + 1));
      }
    });

    test('go on where one of them is drained', async () => {
      const stream = await openaiClient(access(1)).chat.completions.create({
        model: 'openai.slow',
        messages: [{ role: 'user', content: 'go on' }],
        stream: true,
      });
      const stopped = replicas[1].gateway.stop();
      let heard = '';
      for await (const chunk of stream) heard += chunk.choices[0]?.delta.content ?? '';
      expect(heard).toBe(SLOW_TEXT);
      await stopped;
      expect(await status(0, key)).toBe(200);
    });
  });
});
