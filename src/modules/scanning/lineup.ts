/** Which scanners look at which channel for which guardrails: each configuration of a scanner looks once. */
import type { Channel } from '../../domain/document.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Guardrail } from '../../domain/guardrail.ts';
import type { KnownKinds } from './look.ts';
import type { Scanner, ScannerManifest, ScannerServices, Sighting } from './scanner.ts';

/** A scanner as configured, with the guardrails that ask for what it sees. */
export interface Post {
  readonly scannerId: string;
  readonly scanner: Scanner;
  readonly kinds: KnownKinds;
  readonly timeoutMs: number;
  readonly reaches: ScannerManifest['reaches'];
  readonly guardrails: readonly Guardrail[];
}

/** The posts of one set of guardrails, by channel. */
export type Lineup = (channel: Channel) => readonly Post[];

type Station = Omit<Post, 'guardrails'>;

/**
 * Creates every scanner that the guardrails ask for.
 * @throws Error naming the guardrail and what is wrong with it
 */
export function createLineups(
  manifests: readonly ScannerManifest[],
  guardrails: readonly Guardrail[],
  services: ScannerServices,
): (inForce: readonly Guardrail[]) => Lineup {
  const byId = new Map(manifests.map((manifest) => [manifest.id, manifest]));
  const shared = new Map<string, readonly Station[]>();
  const stations = new Map(
    guardrails.map((guardrail) => [guardrail.id, stationsOf(guardrail, byId, services, shared)]),
  );
  const lineups = new WeakMap<readonly Guardrail[], Lineup>();
  return (inForce) => {
    let lineup = lineups.get(inForce);
    if (!lineup) {
      lineup = lineupOf(inForce, stations);
      lineups.set(inForce, lineup);
    }
    return lineup;
  };
}

/** Ids of those whose scanner looks for a planted marker; their configurations MUST be valid. */
export function plantingGuardrails(
  manifests: readonly ScannerManifest[],
  guardrails: readonly Guardrail[],
): ReadonlySet<string> {
  const planting = guardrails.filter((guardrail) => {
    const manifest = manifests.find(({ id }) => id === guardrail.scanner);
    return manifest?.plants?.(configOf(guardrail, manifest), guardrail.kinds) ?? false;
  });
  return new Set(planting.map(({ id }) => id));
}

function stationsOf(
  guardrail: Guardrail,
  manifests: ReadonlyMap<string, ScannerManifest>,
  services: ScannerServices,
  shared: Map<string, readonly Station[]>,
): readonly Station[] {
  const manifest = manifests.get(guardrail.scanner);
  if (!manifest)
    throw new Error(`guardrail ${guardrail.id}: there is no scanner ${JSON.stringify(guardrail.scanner)}`);
  const config = configOf(guardrail, manifest);
  const kinds = [...guardrail.kinds].sort();
  const key = JSON.stringify([manifest.id, canonical(config), kinds, guardrail.timeoutMs]);
  let stations = shared.get(key);
  if (!stations) {
    stations = created(guardrail, manifest, config, kinds, services);
    shared.set(key, stations);
  }
  return stations;
}

function configOf(guardrail: Guardrail, manifest: ScannerManifest): unknown {
  const parsed = manifest.config.safeParse(guardrail.config ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = ['config', ...(issue?.path ?? [])].map(String).join('.');
  throw new Error(`guardrail ${guardrail.id}: ${field}: ${issue?.message ?? 'is not valid'}`);
}

function created(
  guardrail: Guardrail,
  manifest: ScannerManifest,
  config: unknown,
  wanted: readonly string[],
  services: ScannerServices,
): readonly Station[] {
  const unknownKind = manifest.kinds.includes('*')
    ? undefined
    : wanted.find((kind) => !manifest.kinds.includes(kind));
  if (unknownKind !== undefined) {
    throw new Error(
      `guardrail ${guardrail.id}: kinds: scanner ${manifest.id} knows no ${JSON.stringify(unknownKind)}`,
    );
  }
  const kinds = manifest.kinds.includes('*') ? null : new Set(manifest.kinds);
  try {
    return [manifest.create(config, wanted, services)].flat().map((scanner) => ({
      scannerId: manifest.id,
      scanner,
      kinds,
      timeoutMs: guardrail.timeoutMs,
      reaches: manifest.reaches,
    }));
  } catch (error) {
    throw new Error(
      `guardrail ${guardrail.id}: config: ${error instanceof Error ? error.message : 'is not valid'}`,
      { cause: error },
    );
  }
}

/** The same text for equal values, whatever the order of their keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function lineupOf(inForce: readonly Guardrail[], stations: ReadonlyMap<string, readonly Station[]>): Lineup {
  const byChannel = new Map<Channel, readonly Post[]>();
  return (channel) => {
    let posts = byChannel.get(channel);
    if (!posts) {
      posts = postsOf(
        inForce.filter(({ channels }) => channels.length === 0 || channels.includes(channel)),
        stations,
      );
      byChannel.set(channel, posts);
    }
    return posts;
  };
}

function postsOf(
  guardrails: readonly Guardrail[],
  stations: ReadonlyMap<string, readonly Station[]>,
): readonly Post[] {
  const asking = new Map<Station, Guardrail[]>();
  for (const guardrail of guardrails) {
    const asked = stations.get(guardrail.id);
    if (!asked) throw new Error(`guardrail ${guardrail.id} is not one that scanning was created for`);
    for (const station of asked) asking.set(station, [...(asking.get(station) ?? []), guardrail]);
  }
  return [...asking].map(([station, asked]) => ({ ...station, guardrails: asked }));
}

/** What a sighting means to each guardrail that asked for it. */
export function addFindings(
  findings: Finding[],
  post: Post,
  sighting: Sighting,
  pointer: string,
  start: number,
  end: number,
): void {
  const { kind, confidence } = sighting;
  for (const { id, kinds, minConfidence } of post.guardrails) {
    if (confidence < minConfidence || (kinds.length > 0 && !kinds.includes(kind))) continue;
    findings.push({ scanner: post.scannerId, kind, pointer, start, end, confidence, guardrail: id });
  }
}
