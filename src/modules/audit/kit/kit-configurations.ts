/** The configurations that a kit carries: every version that its interactions name, and the one in force at its start. */
import type { ArchiveWriter } from './archive.ts';
import { configurationFile } from './kit-format.ts';

export interface KitConfiguration {
  readonly version: number;
  /** As canonical JSON: its SHA-256 is the digest that snapshots are named after. */
  readonly tree: string;
  readonly atMs: number;
}

export interface KitConfigurations {
  current(): Promise<KitConfiguration | undefined>;
  version(version: number): Promise<KitConfiguration | undefined>;
}

/** The version in force at that time, and since when; 0 where there was none. */
export async function configurationAt(
  configurations: KitConfigurations,
  atMs: number | undefined,
): Promise<{ version: number; since: number }> {
  if (atMs === undefined) return { version: 0, since: 0 };
  let found = await configurations.current();
  while (found && found.atMs > atMs) found = await configurations.version(found.version - 1);
  return found ? { version: found.version, since: found.atMs } : { version: 0, since: 0 };
}

/** Those that were there: what an interaction names and nobody stored is found missing by who verifies. */
export async function writeConfigurations(
  configurations: KitConfigurations,
  archive: ArchiveWriter,
  versions: Iterable<number>,
): Promise<void> {
  for (const version of new Set(versions)) {
    const stored = version > 0 ? await configurations.version(version) : undefined;
    if (stored) await archive.add(configurationFile(version), stored.tree);
  }
}
