/** The thread that commits: what arrived while the last commit was under way goes into one transaction. */
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { USAGE_AMOUNT_COLUMNS, USAGE_KEY_COLUMNS, BATCH_MEMORY_MS } from '../sql/usage-rows.ts';
import { openConnection, type SqliteConnection } from './connection.ts';
import type { AppendMessage, FromWriter, ToWriter, UsageMessage, WriterSettings } from './writer-messages.ts';

/** Past this, a transaction is closed though more waits: nobody should wait for a whole backlog. */
const MAX_ENTRIES_PER_COMMIT = 2_000;
const BUSY_TIMEOUT_MS = 5_000;

function serve(port: MessagePort, settings: WriterSettings): void {
  const connection = openConnection(settings, 'FULL', BUSY_TIMEOUT_MS);
  const append = createAppend(connection, settings.instance);
  const addUsage = createAddUsage(connection);
  const reply = (message: FromWriter) => port.postMessage(message);
  const next = () => receiveMessageOnPort(port)?.message as ToWriter | undefined;

  /** Hands over the appends that have arrived, while `wanted` says so; returns the first message of another kind. */
  function takeAppends(wanted: () => boolean, take: (message: AppendMessage) => void): ToWriter | undefined {
    while (wanted()) {
      const message = next();
      if (message?.kind !== 'append') return message;
      take(message);
    }
    return undefined;
  }

  /** Commits `first` and what has arrived behind it; returns the first message that is not an append. */
  function commitGroup(first: AppendMessage): ToWriter | undefined {
    const batches = [first];
    let entries = first.ids.length;
    let rest = takeAppends(
      () => entries < MAX_ENTRIES_PER_COMMIT,
      (message) => {
        batches.push(message);
        entries += message.ids.length;
      },
    );
    try {
      reply({ kind: 'committed', batches: batches.length, firstSequence: append(batches) });
    } catch (error) {
      // Whatever waits behind a failed commit fails with it: a caller is told no, rather than kept.
      rest ??= takeAppends(
        () => true,
        (message) => batches.push(message),
      );
      reply({ kind: 'failed', batches: batches.length, message: String(error) });
    }
    return rest;
  }

  function handle(received: ToWriter): void {
    let message: ToWriter | undefined = received;
    while (message !== undefined) {
      if (message.kind === 'append') {
        message = commitGroup(message) ?? next();
        continue;
      }
      if (message.kind === 'close') {
        connection.close();
        reply({ kind: 'closed' });
        return port.close();
      }
      reply({ kind: 'usage_added', batchId: message.batchId, error: errorOf(addUsage, message) });
      message = next();
    }
  }

  port.on('message', handle);
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

/** Numbers are given out inside the transaction: one that fails takes its numbers back. */
function createAppend(connection: SqliteConnection, instance: string) {
  const lastSequence = connection
    .prepare<[string], number>('select last_sequence from audit_instances where instance = ?')
    .pluck();
  const setLastSequence = connection.prepare(
    'insert into audit_instances (instance, last_sequence) values (?, ?) on conflict do update set last_sequence = excluded.last_sequence',
  );
  const insert = connection.prepare(
    'insert into audit (instance, sequence, kind, id, at_ms, entry) values (?, ?, ?, ?, ?, ?)',
  );
  const open = connection.prepare('insert or ignore into audit_open (instance, id) values (?, ?)');
  const close = connection.prepare('delete from audit_open where instance = ? and id = ?');
  const transaction = connection.transaction((batches: readonly AppendMessage[]) => {
    const first = (lastSequence.get(instance) ?? 0) + 1;
    let sequence = first;
    for (const { kinds, ids, times, marks, texts } of batches) {
      for (const [index, id] of ids.entries()) {
        insert.run(instance, sequence++, kinds[index], id, times[index], texts[index]);
        if (marks[index] === 'opens') open.run(instance, id);
        if (marks[index] === 'closes') close.run(instance, id);
      }
    }
    setLastSequence.run(instance, sequence - 1);
    return first;
  });
  return (batches: readonly AppendMessage[]) => transaction.immediate(batches);
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
