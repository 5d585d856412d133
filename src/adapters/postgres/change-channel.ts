/** Hears of changes by LISTEN; a poll on the same connection finds what got lost, and that the connection is dead. */
import pg from 'pg';
import type { RevisionWatch } from '../sql/revision-watch.ts';
import { connectionSettings } from './pool.ts';

export const CHANNEL = 'bartizan_changes';

/** A change must be heard of within a second, even over a connection that went silent. */
const POLL_EVERY_MS = 500;
const QUERY_TIMEOUT_MS = 2_000;
const RECONNECT_AFTER_MS = 250;

export interface ChangeChannel {
  close(): Promise<void>;
}

/** @throws where the first connection fails; later ones are tried again for good. */
export async function openChangeChannel(url: string, watch: RevisionWatch): Promise<ChangeChannel> {
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let isClosed = false;

  async function connect(): Promise<void> {
    const connecting = new pg.Client(connectionSettings(url, QUERY_TIMEOUT_MS));
    connecting.on('error', () => lost(connecting));
    connecting.on('end', () => lost(connecting));
    connecting.on('notification', () => void observe(connecting, watch).catch(() => lost(connecting)));
    try {
      await connecting.connect();
      await connecting.query(`listen ${CHANNEL}`);
      await observe(connecting, watch);
    } catch (error) {
      void connecting.end().catch(() => undefined);
      throw error;
    }
    client = connecting;
    schedule(poll, POLL_EVERY_MS);
  }

  function schedule(work: () => void, afterMs: number): void {
    if (timer) clearTimeout(timer);
    timer = isClosed ? null : setTimeout(work, afterMs).unref();
  }

  function poll(): void {
    const polled = client;
    if (polled === null) return;
    observe(polled, watch).then(
      () => schedule(poll, POLL_EVERY_MS),
      () => lost(polled),
    );
  }

  function lost(connection: pg.Client): void {
    if (client !== connection) return;
    client = null;
    void connection.end().catch(() => undefined);
    schedule(reconnect, RECONNECT_AFTER_MS);
  }

  function reconnect(): void {
    connect().then(
      () => watch.notifyAll(),
      () => schedule(reconnect, RECONNECT_AFTER_MS),
    );
  }

  await connect();
  return {
    async close() {
      isClosed = true;
      if (timer) clearTimeout(timer);
      const closing = client;
      client = null;
      await closing?.end();
    },
  };
}

async function observe(client: pg.Client, watch: RevisionWatch): Promise<void> {
  const { rows } = await client.query<{ kind: string; revision: number }>(
    'select kind, revision from revisions',
  );
  watch.observe(rows);
}
