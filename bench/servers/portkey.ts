/** The nearest peer, Portkey's open-source gateway: installed into a cache of its own, never into this project. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE_DIRECTORY } from '../places.ts';

const VERSION = '1.15.2';
/** Its own ranges now resolve to releases with which its streams break: these are the ones it was made with. */
const OVERRIDES = { '@hono/node-server': '1.13.5', hono: '4.9.7', '@hono/node-ws': '1.2.0' };
const INSTALL_TIMEOUT_MS = 180_000;

const directory = join(CACHE_DIRECTORY, `portkey-${VERSION}`);
const packageDirectory = join(directory, 'node_modules', '@portkey-ai', 'gateway');
const entry = join(packageDirectory, 'build', 'start-server.js');

/** Installs it where it is missing. Install scripts do not run. */
export function installPortkey(): void {
  if (existsSync(entry)) return;
  mkdirSync(directory, { recursive: true });
  const manifest = {
    name: 'bench-peer',
    private: true,
    dependencies: { '@portkey-ai/gateway': VERSION },
    overrides: OVERRIDES,
  };
  writeFileSync(join(directory, 'package.json'), JSON.stringify(manifest, null, 2));
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', directory];
  execFileSync('npm', args, { cwd: directory, stdio: 'pipe', timeout: INSTALL_TIMEOUT_MS });
}

export const portkey = {
  /** Arguments for node. */
  args: (port: number): readonly string[] => [
    '--import',
    join(import.meta.dirname, 'loopback-only.ts'),
    entry,
    '--headless',
    `--port=${port}`,
  ],
  environment: { NODE_ENV: 'production', TRUSTED_CUSTOM_HOSTS: '127.0.0.1,localhost' },
  headers: (upstreamPort: number): Readonly<Record<string, string>> => ({
    authorization: 'Bearer bench-provider-key',
    'x-portkey-provider': 'openai',
    'x-portkey-custom-host': `http://127.0.0.1:${upstreamPort}/v1`,
  }),
  description(): string {
    const versions = ['hono', '@hono/node-server'].map((name) => {
      const manifest: unknown = JSON.parse(
        readFileSync(join(directory, 'node_modules', name, 'package.json'), 'utf8'),
      );
      return `${name} ${(manifest as { readonly version: string }).version}`;
    });
    return `@portkey-ai/gateway ${VERSION} (${versions.join(', ')})`;
  },
};
