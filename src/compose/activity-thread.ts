/** The thread that follows the record, or the one that answers what is asked of its index: neither serves traffic. */
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { openPostgresSpool } from '../adapters/postgres/activity.ts';
import { openSqliteSpool } from '../adapters/sqlite/activity.ts';
import { systemClock } from '../base/clock.ts';
import { stepBack } from '../base/thread-priority.ts';
import { createActivityIndex, startFollower, type ActivityIndex } from '../governance/activity/activity.ts';
import type { ActivityPlace, FromActivityThread, ToActivityThread } from './activity-messages.ts';
import { openActivityStoreAt } from './activity-place.ts';
import { activitySource } from './activity-source.ts';

const FAILURE_TOLD_EVERY_MS = 500;
/** Live requests come first, then the index's keeping up with them, then who asks it. */
const NICENESS = { follow: 5, ask: 10 } as const;

interface ThreadSettings {
  readonly role: 'follow' | 'ask';
  readonly place: ActivityPlace;
}

async function serve(port: MessagePort, { role, place }: ThreadSettings): Promise<void> {
  const tell = (message: FromActivityThread) => port.postMessage(message);
  stepBack(NICENESS[role]);
  const store = await openActivityStoreAt(place);
  const spool = place.databaseUrl ? openPostgresSpool(place.databaseUrl) : openSqliteSpool(place.directory);
  const settings = { store, source: activitySource(spool), clock: systemClock };
  const stop = role === 'follow' ? follow(settings, tell) : answer(port, createActivityIndex(settings), tell);
  port.on('message', (message: ToActivityThread) => {
    if (message.kind !== 'close') return;
    void stop()
      .then(() => spool.close())
      .then(() => store.close())
      .finally(() => port.close());
  });
  tell({ kind: 'ready' });
}

function follow(
  settings: Parameters<typeof createActivityIndex>[0],
  tell: (message: FromActivityThread) => void,
): () => Promise<void> {
  const onError = (error: unknown) => tell({ kind: 'fault', message: String(error) });
  const follower = startFollower({ ...settings, onError });
  let told: string | undefined;
  const timer = setInterval(() => {
    const failure = follower.failure();
    if (failure !== told) tell({ kind: 'failure', failure });
    told = failure;
  }, FAILURE_TOLD_EVERY_MS);
  return () => {
    clearInterval(timer);
    return follower.stop();
  };
}

function answer(
  port: MessagePort,
  index: ActivityIndex,
  tell: (message: FromActivityThread) => void,
): () => Promise<void> {
  port.on('message', (message: ToActivityThread) => {
    if (message.kind !== 'ask') return;
    const { request, method, argument } = message;
    // Which argument belongs to which method, the other side's types have seen to.
    const asked = (index[method] as (argument: unknown) => Promise<unknown>)(argument);
    asked.then(
      (value) => tell({ kind: 'answer', request, value }),
      (error: unknown) => tell({ kind: 'refused', request, message: String(error) }),
    );
  });
  return () => Promise.resolve();
}

if (parentPort) void serve(parentPort, workerData as ThreadSettings);
