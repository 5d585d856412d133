/** The house keeps its floor plan: on the real tree, and on violations seeded on purpose. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';

const root = resolve(import.meta.dirname, '..');

const cruiseResult = z.object({
  summary: z.object({
    totalCruised: z.number(),
    violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

/** Runs dependency-cruiser with the project's rules over `folders` of `directory`. */
function cruise(directory: string, folders: readonly string[]) {
  const args = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...folders];
  const { stdout, stderr } = spawnSync(join(root, 'node_modules/.bin/depcruise'), args, {
    cwd: directory,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (!stdout.startsWith('{')) throw new Error(`dependency-cruiser did not answer: ${stdout}${stderr}`);
  const { summary } = cruiseResult.parse(JSON.parse(stdout));
  return {
    totalCruised: summary.totalCruised,
    violations: summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
  };
}

describe('the floors', () => {
  test('hold in the real tree', () => {
    const { totalCruised, violations } = cruise(
      root,
      ['src', 'console'].filter((folder) => existsSync(join(root, folder))),
    );
    expect(violations).toEqual([]);
    expect(totalCruised).toBeGreaterThan(0);
  }, 60_000);
});

/** Each rule, and imports that break it: [from, to]. */
const seeded: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'no-cycles': [['src/domain/circle-a.ts', 'src/domain/circle-b.ts']],
  'base-imports-nothing-above': [
    ['src/base/a.ts', 'src/domain/noun.ts'],
    ['src/tlog/a.ts', 'src/modules/audit/audit.ts'],
    ['src/base/b.ts', 'src/config.ts'],
  ],
  'base-and-tlog-are-strangers': [
    ['src/tlog/b.ts', 'src/base/ground.ts'],
    ['src/base/c.ts', 'src/tlog/leaf.ts'],
  ],
  'ground-imports-nothing-above': [
    ['src/domain/a.ts', 'src/modules/audit/audit.ts'],
    ['src/contract/a.ts', 'src/adapters/sqlite/sqlite.ts'],
  ],
  'domain-knows-no-contract': [['src/domain/b.ts', 'src/contract/schema.ts']],
  'rooms-import-nothing-above': [
    ['src/modules/privacy/a.ts', 'src/scanners/pii/pii.ts'],
    ['src/modules/privacy/b.ts', 'src/compose.ts'],
    ['src/governance/monitoring/a.ts', 'src/control-plane/server.ts'],
  ],
  'rooms-are-strangers': [
    ['src/modules/privacy/c.ts', 'src/modules/audit/audit.ts'],
    ['src/modules/privacy/d.ts', 'src/governance/monitoring/monitoring.ts'],
    ['src/governance/monitoring/b.ts', 'src/modules/audit/store.ts'],
  ],
  'planes-import-no-entrance': [
    ['src/data-plane/a.ts', 'src/config.ts'],
    ['src/scanners/pii/a.ts', 'src/compose/rooms.ts'],
    ['src/adapters/sqlite/a.ts', 'src/cli/start.ts'],
    ['src/control-plane/a.ts', 'src/main.ts'],
  ],
  'planes-and-plug-ins-are-strangers': [
    ['src/data-plane/b.ts', 'src/control-plane/server.ts'],
    ['src/data-plane/c.ts', 'src/scanners/pii/pii.ts'],
    ['src/providers/openai/a.ts', 'src/adapters/sqlite/sqlite.ts'],
  ],
  'plug-ins-are-strangers': [
    ['src/scanners/secrets/a.ts', 'src/scanners/pii/pii.ts'],
    ['src/providers/azure/a.ts', 'src/providers/openai/openai.ts'],
    ['src/adapters/postgres/a.ts', 'src/adapters/sqlite/sqlite.ts'],
    ['src/providers/wire/a.ts', 'src/providers/openai/openai.ts'],
  ],
  'one-door-per-room': [
    ['src/data-plane/d.ts', 'src/modules/audit/records.ts'],
    ['src/compose/doors.ts', 'src/modules/audit/records.ts'],
    ['src/adapters/sqlite/b.ts', 'src/governance/monitoring/inside.ts'],
    ['src/data-plane/e.ts', 'src/modules/audit/deeper/audit.ts'],
  ],
  'http-frameworks-only-in-planes': [
    ['src/modules/audit/a.ts', 'fastify'],
    ['src/adapters/sqlite/c.ts', '@fastify/error'],
  ],
  'drivers-only-in-adapters': [
    ['src/modules/audit/b.ts', 'better-sqlite3'],
    ['src/governance/monitoring/c.ts', 'pg'],
    ['src/data-plane/f.ts', 'undici'],
    ['src/control-plane/b.ts', 'kysely'],
    ['src/cli/a.ts', 'ioredis'],
  ],
  'console-imports-only-the-contract': [['console/src/a.ts', 'src/domain/noun.ts']],
  'house-imports-nothing-outside': [
    ['src/base/d.ts', 'test/servers.ts'],
    ['src/cli/b.ts', 'scripts/build.ts'],
    ['src/data-plane/g.ts', 'bench/load.ts'],
  ],
  'house-imports-no-development-dependency': [['src/base/e.ts', 'fast-check']],
  'everything-resolves': [
    ['src/base/f.ts', 'src/base/nowhere.ts'],
    ['src/base/g.ts', 'a-package-that-is-not-there'],
  ],
  'everything-has-a-floor': [['src/attic/a.ts', 'src/attic/box.ts']],
};

/** Imports that every rule allows. */
const allowed: readonly (readonly [string, string])[] = [
  ['src/main.ts', 'src/compose.ts'],
  ['src/compose.ts', 'src/compose/rooms.ts'],
  ['src/compose/rooms.ts', 'src/modules/audit/audit.ts'],
  ['src/cli/start.ts', 'src/config.ts'],
  ['src/data-plane/pipeline.ts', 'src/modules/audit/audit.ts'],
  ['src/data-plane/server.ts', 'fastify'],
  ['src/control-plane/resources.ts', 'src/contract/schema.ts'],
  ['src/adapters/sqlite/store.ts', 'src/modules/audit/store.ts'],
  ['src/adapters/sqlite/driver.ts', 'better-sqlite3'],
  ['src/adapters/postgres/driver.ts', 'src/adapters/sql/migrations.ts'],
  ['src/providers/azure/wire.ts', 'src/providers/wire/chat.ts'],
  ['src/scanners/secrets/secrets.ts', 'src/modules/scanning/scanner.ts'],
  ['src/modules/audit/inner.ts', 'src/modules/audit/records.ts'],
  ['src/modules/audit/leaf.ts', 'src/tlog/leaf.ts'],
  ['src/domain/leaf.ts', 'src/base/ground.ts'],
  ['src/modules/privacy/privacy.test.ts', 'src/adapters/sqlite/sqlite.ts'],
  ['src/modules/privacy/doors.test.ts', 'src/modules/audit/records.ts'],
  ['src/modules/privacy/servers.test.ts', 'test/servers.ts'],
  ['console/src/b.ts', 'src/contract/schema.ts'],
];

describe('a seeded violation', () => {
  const house = mkdtempSync(join(tmpdir(), 'bartizan-floors-'));
  let reported: ReadonlySet<string> = new Set();

  beforeAll(() => {
    const pairs = [
      ...Object.values(seeded).flat(),
      ...allowed,
      ['src/domain/circle-b.ts', 'src/domain/circle-a.ts'] as const,
    ];
    buildHouse(house, pairs);
    reported = new Set(cruise(house, ['src', 'console']).violations);
  }, 60_000);
  afterAll(() => rmSync(house, { recursive: true, force: true }));

  const cases = Object.entries(seeded).flatMap(([rule, pairs]) =>
    pairs.map(([from, to]) => ({ rule, from, to })),
  );
  test.each(cases)('of $rule is reported: $from → $to', ({ rule, from, to }) => {
    expect(reported).toSatisfy((lines: ReadonlySet<string>) =>
      [...lines].some((line) => isAbout(line, rule, from, to)),
    );
  });

  test.each(allowed)('is not seen in what is allowed: %s → %s', (from) => {
    expect([...reported].filter((line) => line.includes(`: ${from} →`))).toEqual([]);
  });

  test('exists for every rule', () => {
    const config = readFileSync(join(root, '.dependency-cruiser.cjs'), 'utf8');
    const names = [...config.matchAll(/rule\(\s*'([a-z-]+)'/g)].map((match) => match[1]);
    expect(new Set(Object.keys(seeded))).toEqual(new Set(names));
  });
});

function isAbout(line: string, rule: string, from: string, to: string): boolean {
  const [head, target = ''] = line.split(' → ');
  if (head !== `${rule}: ${from}`) return false;
  return target.includes(to) || target === relativeSpecifier(from, to);
}

/** Writes one tiny file for each import, a type import where the target is a file, and for each target an export. */
function buildHouse(directory: string, pairs: readonly (readonly [string, string])[]): void {
  const sources = new Map<string, string[]>();
  const file = (path: string) =>
    sources.get(path) ?? sources.set(path, ['export type Thing = string;']).get(path) ?? [];
  for (const [from, to] of pairs) {
    const isFile = to.includes('/') && !to.startsWith('@');
    if (isFile && !to.includes('nowhere')) file(to);
    const specifier = isFile ? relativeSpecifier(from, to) : to;
    const index = file(from).length;
    file(from).push(
      isFile
        ? `import type { Thing as Thing${index} } from '${specifier}';\nexport type Use${index} = Thing${index};`
        : `import * as package${index} from '${specifier}';\nexport const use${index} = package${index};`,
    );
  }
  for (const [path, lines] of sources) {
    mkdirSync(join(directory, dirname(path)), { recursive: true });
    writeFileSync(join(directory, path), `${lines.join('\n')}\n`);
  }
  for (const name of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json'])
    cpSync(join(root, name), join(directory, name));
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
}

function relativeSpecifier(from: string, to: string): string {
  return `${'../'.repeat(from.split('/').length - 1) || './'}${to}`;
}

const manifest = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string().optional(),
  gypfile: z.boolean().optional(),
  scripts: z.record(z.string(), z.string()).optional(),
});
const lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      dev: z.boolean().optional(),

      hasInstallScript: z.boolean().optional(),
      optional: z.boolean().optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
      integrity: z.string().optional(),
      link: z.boolean().optional(),
      resolved: z.string().optional(),
    }),
  ),
});

const lockFile: unknown = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));

/** What is installed with the published package, from the lock file and the packages' own manifests. */
function runtimeTree() {
  const { packages } = lock.parse(lockFile);
  return Object.entries(packages)
    .filter(([path, entry]) => path.includes('node_modules/') && entry.dev !== true)
    .filter(([path]) => existsSync(join(root, path, 'package.json')))
    .map(([path, entry]) => ({
      path,
      hasInstallScript: entry.hasInstallScript === true,
      manifest: manifest.parse(JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8'))),
    }));
}

describe('the runtime dependency tree', () => {
  const tree = runtimeTree();

  test('is read at all', () => expect(tree.length).toBeGreaterThan(50));

  test('runs no script at install', () => {
    const scripted = tree.filter(({ path, hasInstallScript, manifest: { scripts = {}, gypfile } }) => {
      const isBuilt = existsSync(join(root, path, 'binding.gyp')) && gypfile !== false;
      return (
        hasInstallScript ||
        isBuilt ||
        ['preinstall', 'install', 'postinstall'].some((name) => name in scripts)
      );
    });
    expect(scripted.map(({ path }) => path)).toEqual([]);
  });

  test('has permissive licenses only', () => {
    const permissive = new Set([
      'MIT',
      'ISC',
      'Apache-2.0',
      'BSD-2-Clause',
      'BSD-3-Clause',
      '0BSD',
      'BlueOak-1.0.0',
      'MIT-0',
      'Unlicense',
    ]);
    const isPermissive = (license = '') =>
      license.split(/ or /i).some((name) => permissive.has(name.replace(/[()]/g, '')));
    expect(
      tree
        .filter((entry) => !isPermissive(entry.manifest.license))
        .map((entry) => `${entry.path}: ${entry.manifest.license}`),
    ).toEqual([]);
  });

  test('is locked whole, for every platform (node scripts/complete-lock.ts adds what a mirror lacks)', () => {
    const { packages } = lock.parse(lockFile);
    const isLocked = (path: string, name: string) =>
      `node_modules/${name}` in packages || `${path}/node_modules/${name}` in packages;
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !isLocked(path, name)),
    );
    expect(missing).toEqual([]);
  });

  test('is locked with the digest of every package but the optional ones of other platforms', () => {
    const undigested = Object.entries(lock.parse(lockFile).packages).filter(
      ([path, { integrity, optional, link }]) =>
        path.includes('node_modules/') && link !== true && optional !== true && integrity === undefined,
    );
    expect(undigested.map(([path]) => path)).toEqual([]);
  });

  test('is locked without naming a registry', () => {
    const text = readFileSync(join(root, 'package-lock.json'), 'utf8');
    // The one that npm cannot do without: where a workspace's own link leads, which is a folder here.
    const resolved = Object.entries(lock.parse(lockFile).packages).flatMap(([path, entry]) =>
      entry.resolved === undefined ? [] : [{ path, resolved: entry.resolved, link: entry.link }],
    );
    expect(resolved).toEqual([{ path: 'node_modules/bartizan-console', resolved: 'console', link: true }]);
    expect(text).not.toMatch(/registry\.|localhost|127\.0\.0\.1/);
    expect(readFileSync(join(root, '.npmrc'), 'utf8')).not.toMatch(/registry\s*=/);
  });
});

describe('the names', () => {
  const ignored = new Set([
    'node_modules',
    'dist',
    'data',
    'coverage',
    'testdata',
    'packs',
    'models',
    '.git',
  ]);
  const paths = ['src', 'console', 'test', 'bench', 'scripts']
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap(walk);

  function walk(folder: string): string[] {
    return readdirSync(join(root, folder), { withFileTypes: true })
      .filter((entry) => !ignored.has(entry.name))
      .flatMap((entry) => {
        const path = `${folder}/${entry.name}`;
        return entry.isDirectory() ? [path, ...walk(path)] : [path];
      });
  }

  test('attract nothing: none is utils, helpers, common, shared, types, misc, manager or index', () => {
    const magnets = /^(utils?|helpers?|common|shared|types?|misc|managers?)$/;
    const bad = paths.filter((path) => {
      const name = basename(path);
      const stem = name.slice(0, name.length - extname(name).length).replace(/\.test$/, '');
      return magnets.test(stem) || /^index\.[cm]?[jt]sx?$/.test(name);
    });
    expect(bad).toEqual([]);
  });

  test('are kebab-case in the house', () => {
    const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$/;
    expect(
      paths.filter(
        (path) => path.startsWith('src/') && !kebab.test(basename(path).replace('README', 'readme')),
      ),
    ).toEqual([]);
  });

  test('of folders hold files: rooms and plug-ins are folders, none lies loose', () => {
    const loose = /^src\/(modules|governance|scanners|providers|adapters)\/[^/]+(?<!\.test)\.ts$/;
    expect(paths.filter((path) => loose.test(path))).toEqual([]);
  });
});

describe('the entrance', () => {
  test('runs on the Node that package.json asks for', () => {
    const version = execFileSync(process.execPath, ['--version'], { encoding: 'utf8' }).trim();
    const [major = 0, minor = 0] = version.slice(1).split('.').map(Number);
    expect(major > 24 || (major === 24 && minor >= 15), version).toBe(true);
  });
});
