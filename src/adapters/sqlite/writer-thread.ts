/** The thread that commits: each message is one transaction. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { Kysely, SqliteDialect } from 'kysely';
import { unreachable } from '../../base/exhaustive.ts';
import type { Tree } from '../../modules/audit/store.ts';
import { createPublish } from '../sql/log-reader.ts';
import type { Tables } from '../sql/tables.ts';
import { USAGE_AMOUNT_COLUMNS, USAGE_KEY_COLUMNS, BATCH_MEMORY_MS } from '../sql/usage-rows.ts';
import { createAppend } from './append.ts';
import { openConnection, type SqliteConnection } from './connection.ts';
import { createIntegrate } from './integrate.ts';
import type { AppendMessage, FromWriter, ToWriter, UsageMessage, WriterSettings } from './writer-messages.ts';

const BUSY_TIMEOUT_MS = 5_000;
/** A thread of its own writes the write-ahead file back. Whoever commits does, and waits for it, where that falls behind by 32 MB. */
const CHECKPOINT_PAGES = 8_000;

function serve(port: MessagePort, settings: WriterSettings): void {
  const connection = openConnection(settings, 'FULL', BUSY_TIMEOUT_MS);
  connection.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  const append = createAppend(connection, settings.instance);
  const addUsage = createAddUsage(connection);
  const integrate = createIntegrate(connection);
  const publish = createPublish(new Kysely<Tables>({ dialect: new SqliteDialect({ database: connection }) }));
  const reply = (message: FromWriter) => port.postMessage(message);

  function commit(message: AppendMessage): FromWriter {
    try {
      return { kind: 'committed', ...append(message) };
    } catch (error) {
      return { kind: 'failed', message: String(error) };
    }
  }

  async function answer(request: number, work: () => Tree | Promise<null>): Promise<void> {
    try {
      reply({ kind: 'answered', request, tree: await work(), error: null });
    } catch (error) {
      reply({ kind: 'answered', request, tree: null, error: String(error) });
    }
  }

  port.on('message', (message: ToWriter) => {
    switch (message.kind) {
      case 'append':
        return reply(commit(message));
      case 'usage':
        return reply({ kind: 'usage_added', batchId: message.batchId, error: errorOf(addUsage, message) });
      case 'integrate':
        return void answer(message.request, () => integrate(message.maxLeaves));
      case 'publish':
        return void answer(message.request, () => publish(message.checkpoint).then(() => null));
      case 'close':
        connection.close();
        reply({ kind: 'closed' });
        return port.close();
      default:
        return unreachable(message);
    }
  });
  reply({ kind: 'ready' });
}

function errorOf(work: (message: UsageMessage) => void, message: UsageMessage): string | null {
  try {
    work(message);
    return null;
  } catch (error) {
    return String(error);
  }
}

function createAddUsage(connection: SqliteConnection): (message: UsageMessage) => void {
  const columns = [...USAGE_KEY_COLUMNS, ...USAGE_AMOUNT_COLUMNS];
  const sums = USAGE_AMOUNT_COLUMNS.map((column) => `${column} = ${column} + excluded.${column}`);
  const remember = connection.prepare('insert or ignore into usage_batches (batch_id, at_ms) values (?, ?)');
  const forget = connection.prepare('delete from usage_batches where at_ms < ?');
  const add = connection.prepare(
    `insert into usage_hours (${columns.join()}) values (${columns.map((column) => `@${column}`).join()})
     on conflict do update set ${sums.join()}`,
  );
  const transaction = connection.transaction(({ batchId, atMs, rows }: UsageMessage) => {
    if (remember.run(batchId, atMs).changes === 0) return;
    forget.run(atMs - BATCH_MEMORY_MS);
    for (const row of rows) add.run(row);
  });
  return (message) => transaction.immediate(message);
}

if (parentPort) serve(parentPort, workerData as WriterSettings);
