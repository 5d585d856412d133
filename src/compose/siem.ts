/** Lets the export run beside the gateway: with each configuration that comes into force, without a restart. */
import { canonicalJson } from '../base/canonical-json.ts';
import type { Settings } from '../config.ts';
import type { Configuration } from '../contract/configuration.ts';
import type { Monitoring } from '../governance/monitoring/monitoring.ts';
import { createSiem, type Destination, type Product } from '../governance/siem/siem.ts';
import type { Transport } from '../modules/inference/transport.ts';
import type { Office } from './office.ts';
import { packageVersion } from './package-version.ts';
import { secretOf } from './secret-of.ts';
import { openSink, type SinkMeans } from './siem-sinks.ts';

const STOP_MS = 10_000;

export interface SiemParts {
  readonly office: Office;
  readonly settings: Settings;
  readonly transport: Transport;
  readonly monitoring: Monitoring;
}

export function startSiem({ office, settings, transport, monitoring }: SiemParts): { stop(): Promise<void> } {
  const means = sinkMeans(office, settings, transport);
  const siem = createSiem({
    destinations: [],
    source: office.audit,
    cursors: office.stores.siemCursors,
    observer: monitoring.siem,
    product: productOf(office, means),
    holder: office.instance,
    clock: office.clock,
  });
  const stopWatching = office.configurations.watch(
    ({ configuration }) => siem.configure(destinationsOf(configuration, means)),
    (error) => monitoring.fault('siem', error),
  );
  return {
    async stop() {
      stopWatching();
      await siem.stop(STOP_MS);
    },
  };
}

export function productOf({ audit }: Office, { version }: SinkMeans): Product {
  return { version, log: audit.origin };
}

export function sinkMeans(office: Office, settings: Settings, transport: Transport): SinkMeans {
  return {
    transport,
    secretOf: (reference) => secretOf(office, settings, reference),
    version: packageVersion(),
  };
}

export function destinationsOf({ siem }: Configuration, means: SinkMeans): readonly Destination[] {
  return Object.entries(siem).map(([name, configured]) => ({
    name,
    format: configured.format,
    from: configured.from,
    batch: configured.batch,
    timeoutMs: configured.timeout_ms,
    settings: canonicalJson(configured),
    open: () => openSink(configured, means),
  }));
}
