/** Tells somebody when something happens: conditions are watched beside the traffic, and nobody waits for a message. */
import { systemClock, type Clock } from '../../base/clock.ts';
import { unreachable } from '../../base/exhaustive.ts';
import { newId } from '../../base/ids.ts';
import type { AlertCondition } from '../../contract/alerts.ts';
import { deliver, type OpenSink, type Pace } from './delivery.ts';
import {
  watchAdministrators,
  watchLimits,
  watchObjections,
  watchStopped,
  watchWitnesses,
} from './event-watchers.ts';
import { watchGuardrails, watchProviders, watchRefusals } from './frequency-watchers.ts';
import type { AlertMessage } from './sink.ts';
import type { Consumed, Fact, Occasion, Watcher } from './watcher.ts';

export type { Consumed, Fact };

export interface Alert {
  readonly name: string;
  readonly on: AlertCondition;
  /** Kind of the destination. */
  readonly to: string;
  readonly coolDownMs: number;
  /** An alert whose settings have changed begins anew. */
  readonly settings: string;
  /** Reads credentials: for each message anew. */
  readonly open: OpenSink;
}

export interface AlertDelivery {
  readonly id: string;
  readonly alert: string;
  readonly event: string;
  readonly to: string;
  readonly atMs: number;
  readonly outcome: 'delivered' | 'failed';
  readonly attempts: number;
  readonly reason: string | null;
  readonly isTest: boolean;
}

export interface Alerts {
  configure(alerts: readonly Alert[]): void;
  /** Never throws, and costs next to nothing: requests are being served meanwhile. */
  observe(fact: Fact): void;
  /** Whether an alert asks for facts of this kind. */
  wants(event: AlertCondition['event']): boolean;
  /** Sends a message now, once, and tells what became of it; undefined where there is no such alert. */
  test(name: string): Promise<AlertDelivery | undefined>;
  /** The last ones, newest first. */
  deliveries(): readonly AlertDelivery[];
  stop(): Promise<void>;
}

export interface AlertsOptions {
  /** Of the console: `https://…/console`, or a path. */
  readonly console: () => string;
  readonly onFault: (error: unknown) => void;
  /** Told of each message that could not be delivered: names and codes. */
  readonly onFailure: (delivery: AlertDelivery) => void;
  readonly clock?: Clock;
  readonly pace?: Pace;
  readonly tickMs?: number;
}

const PACE: Pace = { timeoutMs: 10_000, retriesMs: [1_000, 5_000, 25_000] };
const TICK_MS = 5_000;
const MAX_DELIVERIES = 200;

interface Running {
  readonly alert: Alert;
  readonly watcher: Watcher;
  quietUntilMs: number;
  /** One message of an alert at a time: what comes meanwhile waits with its watcher. */
  isSending: boolean;
}

export function createAlerts(options: AlertsOptions): Alerts {
  const { clock = systemClock, pace = PACE, tickMs = TICK_MS, onFault } = options;
  const running = new Map<string, Running>();
  const deliveries: AlertDelivery[] = [];
  const sending = new Set<Promise<unknown>>();
  const stopping = new AbortController();

  async function send(alert: Alert, occasion: Occasion, isTest: boolean): Promise<AlertDelivery> {
    const message = messageOf(alert, occasion, isTest, clock.now(), options.console());
    const { retriesMs } = pace;
    const sent = deliver(
      alert.open,
      message,
      { ...pace, retriesMs: isTest ? [] : retriesMs },
      stopping.signal,
    );
    sending.add(sent);
    const { attempts, reason } = await sent;
    sending.delete(sent);
    const { id, event, atMs } = message;
    const outcome = reason === null ? 'delivered' : 'failed';
    const made = {
      id,
      alert: alert.name,
      event,
      to: alert.to,
      atMs,
      outcome,
      attempts,
      reason,
      isTest,
    } as const;
    deliveries.unshift(made);
    deliveries.splice(MAX_DELIVERIES);
    if (outcome === 'failed') options.onFailure(made);
    return made;
  }

  function consider(each: Running, nowMs: number): void {
    if (each.isSending || nowMs < each.quietUntilMs || stopping.signal.aborted) return;
    const occasion = each.watcher.occasion(nowMs);
    if (occasion === undefined) return;
    each.isSending = true;
    each.quietUntilMs = nowMs + each.alert.coolDownMs;
    each.watcher.told();
    // Not within the request that was the last straw.
    setImmediate(() => {
      send(each.alert, occasion, false)
        .catch(onFault)
        .finally(() => (each.isSending = false));
    });
  }

  function safely(work: () => void): void {
    try {
      work();
    } catch (error) {
      onFault(error);
    }
  }

  const timer = setInterval(() => {
    for (const each of running.values()) safely(() => consider(each, clock.now()));
  }, tickMs);
  timer.unref();

  return {
    configure(alerts) {
      const settings = new Map(alerts.map((alert) => [alert.name, alert.settings]));
      for (const [name, { alert }] of running)
        if (settings.get(name) !== alert.settings) running.delete(name);
      for (const alert of alerts) {
        if (running.has(alert.name)) continue;
        const watcher = watcherOf(alert.on);
        running.set(alert.name, { alert, watcher, quietUntilMs: 0, isSending: false });
      }
    },
    observe(fact) {
      if (running.size === 0) return;
      const nowMs = clock.now();
      for (const each of running.values())
        safely(() => {
          if (each.watcher.observe(fact, nowMs)) consider(each, nowMs);
        });
    },
    wants: (event) => [...running.values()].some(({ alert }) => alert.on.event === event),
    async test(name) {
      const found = running.get(name);
      return found && send(found.alert, TRY, true);
    },
    deliveries: () => [...deliveries],
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await Promise.all(sending);
    },
  };
}

const TRY: Occasion = {
  title: 'This is a test: nothing has happened.',
  facts: {},
  path: '/settings/alerts',
};

function messageOf(
  { name, on }: Alert,
  { title, facts, path }: Occasion,
  isTest: boolean,
  atMs: number,
  console: string,
): AlertMessage {
  const { event } = on;
  return {
    id: newId('alr', atMs),
    alert: name,
    event,
    atMs,
    isTest,
    title,
    facts,
    link: `${console}${path}`,
  };
}

function watcherOf(on: AlertCondition): Watcher {
  switch (on.event) {
    case 'refusals':
      return watchRefusals(on);
    case 'guardrail_hits':
      return watchGuardrails(on);
    case 'provider_errors':
      return watchProviders(on);
    case 'limit_reached':
      return watchLimits(on);
    case 'stopped':
      return watchStopped();
    case 'objection_opened':
      return watchObjections();
    case 'witnesses_missing':
      return watchWitnesses(on);
    case 'administrators_changed':
      return watchAdministrators();
    default:
      return unreachable(on);
  }
}
