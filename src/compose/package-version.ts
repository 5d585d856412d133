/** The package's version, as its own manifest says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageDirectory } from '../base/package-directory.ts';

export function packageVersion(): string {
  const manifest = JSON.parse(readFileSync(join(packageDirectory, 'package.json'), 'utf8')) as {
    version: string;
  };
  return manifest.version;
}
