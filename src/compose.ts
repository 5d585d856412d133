/** The only file that introduces the rooms to one another: from settings to a gateway that listens. */
import { hkdfSync } from 'node:crypto';
import { createFetchJson } from './adapters/undici/fetch-json.ts';
import { createGuardedFetch } from './adapters/undici/guarded-fetch.ts';
import { createUndiciTransport } from './adapters/undici/transport.ts';
import { startActivity } from './compose/activity.ts';
import { furnishAlerts, type FurnishedAlerts } from './compose/alerts.ts';
import { firstStart } from './compose/first-start.ts';
import { openOffice, type Office } from './compose/office.ts';
import { startHousekeeping } from './compose/housekeeping.ts';
import { loadPricePack } from './compose/price-pack.ts';
import { secretOf } from './compose/secret-of.ts';
import { sinkMeans, startSiem } from './compose/siem.ts';
import { compileSnapshot, type Compiled, type Rooms } from './compose/snapshot.ts';
import { furnishAdministrators } from './compose/administrators.ts';
import { furnishProvisioning } from './compose/provisioning.ts';
import { furnishControlPlane } from './compose/control-plane.ts';
import { createPanel } from './compose/witnesses.ts';
import type { Settings } from './config.ts';
import { ENDPOINTS, MODEL_LISTINGS } from './data-plane/endpoints/all.ts';
import type { PublishedLog } from './data-plane/published-log.ts';
import { VERDICT_ENDPOINTS } from './data-plane/verdicts/all.ts';
import { createServer } from './data-plane/server.ts';
import type { CurrentConfiguration } from './governance/configuration/configuration.ts';
import { createIdempotency } from './governance/idempotency/idempotency.ts';
import { createMonitoring, type Monitoring } from './governance/monitoring/monitoring.ts';
import { createWitnesses, startHeartbeat, type Published } from './modules/audit/audit.ts';
import { createIdentityRoom } from './modules/identity/identity.ts';
import { createInferenceRoom } from './modules/inference/inference.ts';
import { createMetering } from './modules/metering/metering.ts';
import { createPrivacy } from './modules/privacy/privacy.ts';
import { numberingPlans } from './base/numbering-plans.ts';

const METERING_FLUSH_MS = 5_000;
const PUBLISH_EVERY_MS = 1_000;
/** How long a checkpoint waits for its witnesses, and how long they may take in all. */
const WITNESS_WAIT_MS = 2_000;
const WITNESS_TIMEOUT_MS = 10_000;

export interface Gateway {
  readonly office: Office;
  readonly monitoring: Monitoring;
  /** Resolves to the port. */
  listen(): Promise<number>;
  /** Streams finish within the deadline, what was recorded is written, connections are let go. */
  stop(): Promise<void>;
}

export interface Composed {
  readonly gateway: Gateway;
  /** The first application's key, where this start made it: shown once, never stored. */
  readonly firstKey: string | undefined;
  /** Of a link that makes the first administrator, as long as there is none. */
  readonly welcome: string | undefined;
}

export async function composeGateway(settings: Settings): Promise<Composed> {
  const office = await openOffice(settings, settings.instance);
  const firstKey = await firstStart(office, settings);
  let inFlight = () => 0;
  const monitoring = createMonitoring({ ...settings, inFlight: () => inFlight() });
  const transport = createUndiciTransport();
  const { clock } = office;
  const identity = createIdentityRoom({
    store: office.stores.credentials,
    clock,
    fetchJson: createFetchJson(transport),
    voucherKey: derivedKey(office.masterKey, 'bartizan vouchers'),
  });
  const rooms: Rooms = {
    clock,
    identity,
    inference: createInferenceRoom({ transport, clock }),
    limitStore: office.stores.limits,
    privacy: createPrivacy({
      key: derivedKey(office.masterKey, 'bartizan pseudonymisation'),
    }),
    transport,
    secretOf: (reference) => secretOf(office, settings, reference),
    onError: monitoring.fault,
  };
  const prices = await loadPricePack();
  const metering = createMetering({
    store: office.stores.usage,
    prices,
    flushMs: METERING_FLUSH_MS,
    clock,
    onError: (error) => monitoring.fault('metering', error),
  });
  const snapshots = await followConfiguration(office, rooms, monitoring);
  const alerting = furnishAlerts({
    office,
    monitoring,
    means: sinkMeans(office, settings, transport),
    current: snapshots.current,
  });
  const administrators = furnishAdministrators(office, {
    configuration: () => snapshots.current().configuration,
    secretOf: rooms.secretOf,
    backChannel: createGuardedFetch(transport),
    onFault: (error) => monitoring.fault('administrators', error),
  });
  const provisioning = furnishProvisioning(office, administrators, () => snapshots.current().configuration);
  // No request shall wait for what a command may do without.
  numberingPlans();
  const idempotency = createIdempotency({
    store: office.stores.idempotency,
    key: office.keyring.houseKey('idempotency'),
    clock,
    onFault: (error) => monitoring.fault('idempotency', error),
  });
  const { activity, stop: stopActivity } = startActivity({
    office,
    settings,
    providers: rooms.inference.health,
    onError: (error) => monitoring.fault('activity', error),
  });
  const witnesses = askWitnesses(
    office,
    monitoring,
    createPanel(transport, () => snapshots.current().configuration),
  );
  const server = createServer({
    house: {
      snapshot: () => snapshots.current().snapshot,
      audit: office.audit,
      metering,
      observer: alerting.observer,
    },
    endpoints: ENDPOINTS,
    verdictEndpoints: VERDICT_ENDPOINTS,
    listings: MODEL_LISTINGS,
    bodyLimits: {
      maxBytes: settings.maxBodyBytes,
      timeoutMs: settings.bodyTimeoutMs,
      maxDepth: settings.maxJsonDepth,
      maxElements: settings.maxJsonElements,
    },
    headersTimeoutMs: settings.headersTimeoutMs,
    stallMs: settings.stallMs,
    maxConcurrent: settings.maxConcurrent,
    trustProxy: settings.trustProxy,
    log: publishedLog(office, settings, snapshots),
    guests: [
      furnishControlPlane({
        office,
        settings,
        monitoring,
        activity,
        rooms,
        current: snapshots.current,
        prices,
        idempotency,
        administrators,
        provisioning,
        alerts: alerting.alerts,
        address: () => server.address,
        witnesses,
      }),
    ],
    metrics: monitoring.metrics,
    ready: async () => void (await office.stores.audit.read({ limit: 1, descending: true })),
  });
  inFlight = () => server.inFlight;
  await office.audit.closeInterrupted();
  const publishing = publish(office, monitoring, alerting, witnesses);
  const heartbeat = await startHeartbeat({
    append: office.audit.append,
    instance: office.instance,
    intervalMs: settings.heartbeatMs,
    clock,
    onError: (error) => monitoring.fault('heartbeat', error),
  });
  const siem = startSiem({ office, settings, transport, monitoring });
  const chores = [
    idempotency.purge,
    office.approvals.purge,
    office.contests.purge,
    administrators.tidy,
    () => provisioning.reconcile(`gateway:${office.instance}`),
  ];
  const housekeeping = startHousekeeping(office, chores, (error) => monitoring.fault('housekeeping', error));
  const gateway = {
    office,
    monitoring,
    listen: () => server.listen(settings.host, settings.port),
    async stop() {
      await server.drain(settings.drainMs);
      snapshots.stop();
      identity.close();
      await metering.close();
      await siem.stop();
      await stopActivity();
      await alerting.stop();
      await housekeeping.stop();
      await heartbeat.stop();
      await publishing.stop();
      await transport.close();
      await office.close();
      await monitoring.close();
    },
  };
  return { gateway, firstKey, welcome: (await administrators.links.first())?.token };
}

function derivedKey(masterKey: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', masterKey, '', purpose, 32));
}

function publishedLog(
  { log, stores }: Office,
  { logAccess }: Settings,
  snapshots: Snapshots,
): PublishedLog | undefined {
  if (logAccess === 'off') return undefined;
  return {
    store: stores.log,
    keys: async () => {
      const keys = await log.keys();
      return keys
        .toReversed()
        .map(({ verifierKey }) => `${verifierKey}\n`)
        .join('');
    },
    access: logAccess,
    identity: () => snapshots.current().snapshot.identity,
  };
}

function askWitnesses(office: Office, monitoring: Monitoring, panel: ReturnType<typeof createPanel>) {
  return createWitnesses({
    store: office.stores.log,
    panel,
    clock: office.clock,
    waitMs: WITNESS_WAIT_MS,
    timeoutMs: WITNESS_TIMEOUT_MS,
    onFailure: monitoring.witnessFailed,
    onError: (error) => monitoring.fault('log', error),
  });
}

function publish(
  office: Office,
  monitoring: Monitoring,
  { alerts }: FurnishedAlerts,
  witnesses: ReturnType<typeof createWitnesses>,
) {
  const onError = (error: unknown) => monitoring.fault('log', error);
  const onPublished = (state: Published) => {
    monitoring.checkpoint(state);
    alerts.observe({ kind: 'log', hasQuorum: state.hasQuorum });
  };
  return office.log.follow({ intervalMs: PUBLISH_EVERY_MS, witnesses, onPublished, onError });
}

interface Snapshots {
  current(): Compiled;
  stop(): void;
}

/** Recompiles when configuration or secrets change; one that cannot be used is reported and leaves the old one in force. */
async function followConfiguration(office: Office, rooms: Rooms, monitoring: Monitoring): Promise<Snapshots> {
  const { configurations, stores } = office;
  let current: Compiled;
  let version = 0;
  const install = async (next: CurrentConfiguration) => {
    const compiled = await compileSnapshot(
      rooms,
      next.configuration,
      `${next.version}-${next.digest.slice(0, 12)}`,
    );
    // A compilation that began earlier may end later.
    if (next.version < version) return;
    current = compiled;
    version = next.version;
  };
  await install(await configurations.inForce());
  const report = (error: unknown) => monitoring.fault('configuration', error);
  const stopWatching = configurations.watch(async (next) => {
    if (next.version === version) return;
    await install(next);
    monitoring.log.info({ snapshot: current.snapshot.version }, 'configuration in force');
  }, report);
  const stopListening = stores.secrets.onChange(() => {
    configurations.inForce().then(install).catch(report);
  });
  return {
    current: () => current,
    stop() {
      stopWatching();
      stopListening();
    },
  };
}
