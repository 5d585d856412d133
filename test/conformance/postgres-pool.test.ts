/** A connection that is ended while somebody holds it, and asks nothing at the moment, ends no process. */
import { expect, test } from 'vitest';
import { createPool } from '../../src/adapters/postgres/pool.ts';
import { describeWithPostgres, postgresUrl } from '../servers.ts';

describeWithPostgres('a connection that is lent', () => {
  test('may break between two queries: the next one rejects, and the pool goes on', async () => {
    const pool = createPool(postgresUrl, 5_000, 2);
    const client = await pool.connect();
    const broken = new Promise((resolve) => client.once('end', resolve));
    await client.query("begin; set local idle_in_transaction_session_timeout = '100ms'");
    await broken;
    // Only the pool's own listener hears of it: without one, the process would end.
    expect(client.listenerCount('error')).toBe(1);
    await expect(client.query('commit')).rejects.toThrow();
    client.release(new Error('broken'));
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await pool.end();
  });
});
