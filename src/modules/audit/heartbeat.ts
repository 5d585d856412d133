/** Entries that say nothing but that the gateway is there: without them, silence could be deletion. */
import type { Clock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import type { AdministrationEntry, Receipt } from '../../domain/record.ts';

export const STARTED = 'gateway.started';
export const ALIVE = 'gateway.heartbeat';
export const STOPPED = 'gateway.stopped';

export interface HeartbeatSettings {
  readonly append: (entry: AdministrationEntry) => Promise<Receipt>;
  readonly instance: string;
  readonly intervalMs: number;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

export interface Heartbeat {
  /** Says that the silence from now on is meant. */
  stop(): Promise<void>;
}

/** @throws Refusal where the first entry cannot be written: nobody is served then */
export async function startHeartbeat(settings: HeartbeatSettings): Promise<Heartbeat> {
  const { append, instance, intervalMs, clock, onError } = settings;
  const beat = (action: string) =>
    append({
      kind: 'administration',
      id: newId('hb', clock.now()),
      at: clock.now(),
      actor: `gateway:${instance}`,
      action,
      subject: instance,
      // Read by whoever looks for silence.
      after: String(intervalMs),
    });
  await beat(STARTED);
  const timer = setInterval(() => void beat(ALIVE).catch(onError), intervalMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await beat(STOPPED).catch(onError);
    },
  };
}
