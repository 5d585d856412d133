/** Lets alerts watch the gateway: what it tells of requests, administrators, limits, the log and the configuration. */
import { canonicalJson } from '../base/canonical-json.ts';
import type { Configuration } from '../contract/configuration.ts';
import { countedScopes } from '../control-plane/limits/counted-scopes.ts';
import type { Observer } from '../data-plane/house.ts';
import { createAlerts, type Alert, type Alerts, type Consumed } from '../governance/alerts/alerts.ts';
import type { Monitoring } from '../governance/monitoring/monitoring.ts';
import type { Consumption } from '../modules/limits/limits.ts';
import { openAlertSink } from './alert-sinks.ts';
import type { Office } from './office.ts';
import type { SinkMeans } from './siem-sinks.ts';
import type { Compiled } from './snapshot.ts';

const LOOK_MS = 30_000;
const DAY_MS = 86_400_000;
/** Principals that no tree names are known by what they used in the longest window. */
const SEEN_MS = 31 * DAY_MS;
const MINUTE_MS = 60_000;

export interface AlertsMeans {
  readonly office: Office;
  readonly monitoring: Monitoring;
  readonly means: SinkMeans;
  readonly current: () => Compiled;
}

export interface FurnishedAlerts {
  readonly alerts: Alerts;
  /** Told what monitoring is told. */
  readonly observer: Observer;
  stop(): Promise<void>;
}

export function furnishAlerts({ office, monitoring, means, current }: AlertsMeans): FurnishedAlerts {
  const onFault = (error: unknown) => monitoring.fault('alerts', error);
  const alerts = createAlerts({
    console: () => consoleOf(current().configuration),
    onFault,
    onFailure: ({ alert, to, reason }) =>
      monitoring.log.error({ alert, to, reason }, 'an alert could not be delivered'),
    clock: office.clock,
  });
  let stopped: ReadonlySet<string> | undefined;
  const stopWatching = office.configurations.watch(({ configuration }) => {
    alerts.configure(alertsOf(configuration, means));
    const now = stoppedIn(configuration);
    for (const each of stopped === undefined ? [] : now.difference(stopped)) alerts.observe(stopFact(each));
    stopped = now;
  }, onFault);
  const stopListening = office.onAdministration(({ action }) =>
    alerts.observe({ kind: 'administration', action }),
  );
  const look = () => {
    if (alerts.wants('limit_reached')) void lookAtLimits(office, current(), alerts).catch(onFault);
  };
  const timer = setInterval(look, LOOK_MS);
  timer.unref();
  return {
    alerts,
    observer: {
      interaction(entry, traceparent) {
        monitoring.interaction(entry, traceparent);
        alerts.observe({ kind: 'interaction', entry });
      },
      fault: monitoring.fault,
    },
    async stop() {
      clearInterval(timer);
      stopWatching();
      stopListening();
      await alerts.stop();
    },
  };
}

function alertsOf({ alerts }: Configuration, means: SinkMeans): readonly Alert[] {
  return Object.entries(alerts).map(([name, configured]) => ({
    name,
    on: configured.on,
    to: configured.to.kind,
    coolDownMs: configured.cool_down_minutes * MINUTE_MS,
    settings: canonicalJson(configured),
    open: () => openAlertSink(configured.to, means),
  }));
}

function consoleOf({ sign_in }: Configuration): string {
  return `${sign_in.public_url === undefined ? '' : new URL(sign_in.public_url).origin}/console`;
}

function stoppedIn({ models, providers }: Configuration): ReadonlySet<string> {
  const names = (part: string, parts: Readonly<Record<string, { readonly stopped: boolean }>>) =>
    Object.entries(parts).flatMap(([name, { stopped }]) => (stopped ? [`${part} ${name}`] : []));
  return new Set([...names('model', models), ...names('provider', providers)]);
}

function stopFact(stopped: string) {
  const [part, name = ''] = stopped.split(' ');
  return { kind: 'stopped', part: part === 'model' ? 'model' : 'provider', name } as const;
}

async function lookAtLimits(
  { stores, clock }: Office,
  { configuration, snapshot }: Compiled,
  alerts: Alerts,
): Promise<void> {
  const atMs = clock.now();
  const seen = await stores.usage.read({ fromMs: atMs - SEEN_MS, toMs: atMs + DAY_MS });
  const scopes = countedScopes(configuration, seen, { kind: 'everything' });
  const consumption = await snapshot.limits.consumption(scopes);
  alerts.observe({ kind: 'consumption', counters: consumption.flatMap(countersOf) });
}

function countersOf({ limit, capacity, window, counters }: Consumption): readonly Consumed[] {
  return counters.map(({ scope, used }) => ({
    limit,
    key: `${limit} ${window?.startMs ?? ''} ${scope}`,
    share: used / capacity,
  }));
}
