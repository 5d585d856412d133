/** Reads the newest retention pack that came with the package. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadRetentionPack, type RetentionPack } from '../governance/retention/retention.ts';
import { packageDirectory } from '../base/package-directory.ts';

let loaded: RetentionPack | undefined;

/** Once for the process: configurations are checked against it without waiting. */
export function retentionPack(): RetentionPack {
  const directory = join(packageDirectory, 'packs', 'retention');
  loaded ??= loadRetentionPack(JSON.parse(readFileSync(join(directory, newestIn(directory)), 'utf8')));
  return loaded;
}

function newestIn(directory: string): string {
  const files = readdirSync(directory).filter((name) => /^\d{4}-\d{2}-\d{2}\.json$/.test(name));
  const newest = files.toSorted().at(-1);
  if (newest === undefined) throw new Error('the package holds no retention pack');
  return newest;
}
