/** Hosts in plain letters that pass themselves off as a known one: a letter off, digits for letters, the name beside a lure. */
import { type Brand, BRANDS, LURES, NEIGHBORS } from './brands.ts';
import { type HostParts, hostParts } from './host-parts.ts';

export interface KnownNames {
  has(label: string): boolean;
  /** How sure it is that a host passes itself off as one of these names; 0 where nothing speaks for it. */
  lookalikeConfidence(hostname: string): number;
}

/** Shorter names are told where they stand by themselves alone: they are part of too many words. */
const MIN_INSIDE = 5;
/** Most hosts have none, and need not be compared with every name. */
const ANY_LURE = new RegExp([...LURES].join('|'));

/** The well-known brands, and the hosts that an administrator wants to be guarded. */
export function createKnownNames(protectedHosts: readonly string[]): KnownNames {
  const own = protectedHosts.flatMap((host) => hostParts(host)?.registered ?? []);
  const brands: readonly Brand[] = [
    ...own.map((name) => ({ name, isUnmistakable: name.length >= 6 })),
    ...BRANDS.filter(({ name }) => !own.includes(name)),
  ];
  const names = new Set(brands.map(({ name }) => name));
  return {
    has: (label) => names.has(label),
    lookalikeConfidence(hostname) {
      const parts = hostParts(hostname);
      if (!parts || names.has(parts.registered) || NEIGHBORS.has(parts.registered)) return 0;
      return Math.max(registeredConfidence(parts.registered, brands, names), belowConfidence(parts, names));
    },
  };
}

function registeredConfidence(label: string, brands: readonly Brand[], names: ReadonlySet<string>): number {
  const readings = new Set([label, ...swapped(label)]);
  for (const reading of readings) if (names.has(reading)) return 0.9;
  const withLure = [...readings].filter((reading) => ANY_LURE.test(reading));
  let most = 0;
  for (const { name, isUnmistakable } of brands) {
    if (isUnmistakable && isOneOff(label, name)) most = Math.max(most, 0.75);
    if (withLure.some((reading) => isBesideLure(reading, name))) return 0.8;
  }
  return most;
}

/** What the label reads as when digits and pairs stand for the letters they look like. */
function swapped(label: string): readonly string[] {
  const plain = label
    .replaceAll('0', 'o')
    .replaceAll('3', 'e')
    .replaceAll('4', 'a')
    .replaceAll('5', 's')
    .replaceAll('vv', 'w')
    .replaceAll('rn', 'm');
  return [plain.replaceAll('1', 'l'), plain.replaceAll('1', 'i')];
}

/** One letter more, less or other, or two neighbors exchanged. */
function isOneOff(label: string, name: string): boolean {
  if (Math.abs(label.length - name.length) > 1) return false;
  let at = 0;
  while (at < label.length && label.charAt(at) === name.charAt(at)) at++;
  const rest = label.slice(at);
  const wanted = name.slice(at);
  if (rest.slice(1) === wanted.slice(1) || rest.slice(1) === wanted || rest === wanted.slice(1))
    return rest !== wanted;
  return (
    rest.length === wanted.length &&
    rest.charAt(0) === wanted.charAt(1) &&
    rest.charAt(1) === wanted.charAt(0) &&
    rest.slice(2) === wanted.slice(2)
  );
}

/** `paypal-login`, `securepaypal`: the name, and beside it nothing but lures and numbers, one lure at least. */
function isBesideLure(label: string, name: string): boolean {
  const at = label.indexOf(name);
  if (at < 0) return false;
  const before = label.slice(0, at);
  const after = label.slice(at + name.length);
  if (name.length < MIN_INSIDE && !(/(?:^|-)$/.test(before) && /^(?:-|$)/.test(after))) return false;
  const rest = `${before}-${after}`.split('-').filter((piece) => piece !== '');
  return (
    rest.some((piece) => LURES.has(piece)) && rest.every((piece) => LURES.has(piece) || /^\d+$/.test(piece))
  );
}

/** `paypal.com.example.net`, `login.paypal.example.net`: the name in front of a host of somebody else. */
function belowConfidence({ below, registered }: HostParts, names: ReadonlySet<string>): number {
  let most = 0;
  below.forEach((label, index) => {
    if (!names.has(label.replace(/-com$/, ''))) return;
    const next = below[index + 1];
    if (label.endsWith('-com') || (next !== undefined && /^(?:com|net|org|co|de|fr)$/.test(next))) most = 0.9;
    else if (hasLure(registered) || below.some(hasLure)) most = Math.max(most, 0.6);
  });
  return most;
}

function hasLure(label: string): boolean {
  return label.split('-').some((piece) => LURES.has(piece));
}
