/**
 * Completes package-lock.json after an install from a registry mirror that carries some platforms only.
 *
 * A native tool names one optional package for each platform, at its own exact version. npm leaves those it
 * could not see out of the lock file, and `npm ci` then refuses it everywhere. This adds them: name, version
 * and platform are known; the digest is not, and npm adds it where the package is first seen.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const entry = z.looseObject({
  version: z.string().optional(),
  dev: z.boolean().optional(),
  license: z.string().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});
const lockFile = z.looseObject({ packages: z.record(z.string(), entry) });

const systems: Readonly<Record<string, string>> = {
  win32: 'win32',
  darwin: 'darwin',
  linux: 'linux',
  freebsd: 'freebsd',
  android: 'android',
  openharmony: 'openharmony',
};
const processors = ['arm64', 'arm', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x', 'loong64', 'mips64el'];

const json: unknown = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const lock = lockFile.parse(json);
const added: string[] = [];
for (const [path, { optionalDependencies = {}, dev, license }] of Object.entries(lock.packages)) {
  if (path === '') continue;
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const target = `node_modules/${name}`;
    if (lock.packages[target] || lock.packages[`${path}/${target}`]) continue;
    lock.packages[target] = {
      version,
      ...platformOf(name),
      ...(dev ? { dev } : {}),
      ...(license ? { license } : {}),
      optional: true,
    };
    added.push(`${name}@${version}`);
  }
}

// What was read is written back as it was read: npm's own order of keys makes the smallest difference.
const original = z.object({ packages: z.record(z.string(), z.unknown()) }).parse(json).packages;
const packages = Object.fromEntries(
  Object.entries({ ...lock.packages, ...original }).toSorted(([a], [b]) => a.localeCompare(b, 'en')),
);
if (added.length > 0) {
  writeFileSync(
    'package-lock.json',
    `${JSON.stringify(Object.assign({}, json, { packages }), undefined, 2)}\n`,
  );
}
console.log(added.length > 0 ? `added ${added.length}:\n  ${added.join('\n  ')}` : 'nothing was missing');

/** Reads `os`, `cpu` and `libc` from a name such as `@oxlint/binding-linux-x64-musl`. */
function platformOf(name: string): Record<string, readonly string[]> {
  const words = name.split(/[/-]/);
  const os = words.map((word) => systems[word]).find((word) => word !== undefined);
  const cpu = words.find((word) => processors.includes(word));
  if (os === undefined || cpu === undefined)
    throw new Error(`${name} names no platform; is it a registry error?`);
  const libc = words.includes('musl') || words.includes('musleabihf') ? 'musl' : 'glibc';
  return { cpu: [cpu], ...(os === 'linux' && /-(gnu|musl)/.test(name) ? { libc: [libc] } : {}), os: [os] };
}
