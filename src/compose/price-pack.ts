/** Reads the newest price pack that came with the package. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadPrices, type Prices } from '../modules/metering/metering.ts';
import { packageDirectory } from '../base/package-directory.ts';

export async function loadPricePack(): Promise<Prices> {
  const directory = join(packageDirectory, 'packs', 'prices');
  const files = (await readdir(directory))
    .filter((name) => /^\d{4}-\d{2}-\d{2}\.json$/.test(name))
    .toSorted();
  const newest = files.at(-1);
  if (newest === undefined) throw new Error('the package holds no price pack');
  return loadPrices(JSON.parse(await readFile(join(directory, newest), 'utf8')));
}
