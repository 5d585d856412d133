/** What a team would take from npm instead: installed into a cache of its own, never into this project. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CACHE_DIRECTORY } from '../places.ts';

const VERSIONS = {
  compromise: '14.17.0',
  openredaction: '1.1.5',
  'wink-nlp': '2.4.0',
  'wink-eng-lite-web-model': '1.8.1',
};
const INSTALL_TIMEOUT_MS = 180_000;
const directory = join(CACHE_DIRECTORY, 'scanning-peers');

export interface Peer {
  readonly name: string;
  readonly finds: string;
  look(text: string): unknown;
}

/** Installs them where they are missing. Install scripts do not run. */
export function installPeers(): void {
  if (Object.keys(VERSIONS).every((name) => existsSync(join(directory, 'node_modules', name)))) return;
  mkdirSync(directory, { recursive: true });
  const manifest = { name: 'bench-peers', private: true, dependencies: VERSIONS };
  writeFileSync(join(directory, 'package.json'), JSON.stringify(manifest, null, 2));
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', directory];
  execFileSync('npm', args, { cwd: directory, stdio: 'pipe', timeout: INSTALL_TIMEOUT_MS });
}

/** Their own forms, as far as they are used here. */
interface Compromise {
  (text: string): { people(): Found; places(): Found; organizations(): Found };
}
interface Found {
  out(form: 'array'): readonly string[];
}
interface OpenRedaction {
  readonly OpenRedaction: new () => { detect(text: string): unknown };
}
interface Wink {
  (model: unknown): { readDoc(text: string): { entities(): { out(): unknown } } };
}

export async function loadPeers(): Promise<readonly Peer[]> {
  const require = createRequire(pathToFileURL(join(directory, 'package.json')));
  const load = async (name: string): Promise<unknown> => {
    const module = (await import(pathToFileURL(require.resolve(name)).href)) as { default?: unknown };
    return module.default ?? module;
  };
  const compromise = (await load('compromise')) as Compromise;
  const { OpenRedaction: Redaction } = (await load('openredaction')) as OpenRedaction;
  const wink = ((await load('wink-nlp')) as Wink)(await load('wink-eng-lite-web-model'));
  const redaction = new Redaction();
  return [
    {
      name: `compromise ${VERSIONS.compromise}`,
      finds: 'people, places, organizations',
      look(text) {
        const read = compromise(text);
        return [read.people().out('array'), read.places().out('array'), read.organizations().out('array')];
      },
    },
    {
      name: `openredaction ${VERSIONS.openredaction}`,
      finds: 'personal data by patterns',
      look: (text) => redaction.detect(text),
    },
    {
      name: `wink-nlp ${VERSIONS['wink-nlp']}`,
      finds: 'dates, money, mail, URLs',
      look: (text) => wink.readDoc(text).entities().out(),
    },
  ];
}
