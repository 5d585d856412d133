/** The part of a host that somebody registered, and what they put in front of it. */

export interface HostParts {
  /** The label that was chosen when the host was registered: `example` of `www.example.co.uk`. */
  readonly registered: string;
  /** The labels before it. */
  readonly below: readonly string[];
}

/** Second levels under which countries let register. */
const SECOND_LEVELS: ReadonlySet<string> = new Set([
  'ac',
  'co',
  'com',
  'edu',
  'gob',
  'gov',
  'ne',
  'net',
  'or',
  'org',
]);
/** Hosts below which anybody can have one of a name they choose. */
const HOSTING: ReadonlySet<string> = new Set([
  'azurewebsites.net',
  'blogspot.com',
  'firebaseapp.com',
  'github.io',
  'gitlab.io',
  'herokuapp.com',
  'netlify.app',
  'onrender.com',
  'pages.dev',
  'repl.co',
  'surge.sh',
  'vercel.app',
  'web.app',
  'weebly.com',
  'wixsite.com',
  'workers.dev',
]);

/** Null for an address in numbers and for a name of one label. */
export function hostParts(hostname: string): HostParts | null {
  const labels = hostname.split('.').filter((label) => label !== '');
  const [last = '', second = ''] = labels.toReversed();
  if (labels.length < 2 || /^\d+$/.test(last) || hostname.startsWith('[')) return null;
  const isWide = HOSTING.has(`${second}.${last}`) || (last.length === 2 && SECOND_LEVELS.has(second));
  const at = labels.length - (isWide && labels.length > 2 ? 3 : 2);
  return { registered: labels[at] ?? '', below: labels.slice(0, at) };
}
