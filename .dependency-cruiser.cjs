// The floors of the house (ARCHITECTURE.md): imports point down only, never up, never sideways.
// test/architecture.test.ts breaks each of these rules on purpose and asserts that it is reported.

/** Files beside a room's door that others may import: contracts that plug-ins and adapters implement. */
const PORTS = [
  'approvals',
  'cache',
  'clock',
  'counters',
  'cursors',
  'events',
  'keys',
  'provider',
  'publisher',
  'scanner',
  'sink',
  'store',
  'transport',
  'vault',
];

/** Folders of one plug-in kind that its siblings may share. */
const SHARED_BY_SIBLINGS = [
  '^src/providers/wire/',
  '^src/adapters/sql/',
  '^src/scanners/reading/',
  '^src/scanners/linear/',
];

const BASE = '^src/(base|tlog)/';
const GROUND = '^src/(domain|contract)/';
const ROOMS = '^src/(modules|governance)/';
const PLANES = '^src/(data-plane|control-plane|scanners|providers|adapters)/';
const ENTRANCES = '^src/((main|config|compose)\\.ts$|(compose|cli)/)';
const HOUSE = '^src/';

/** Tests, and what only tests import, see everything. */
const TESTS = '(\\.test\\.ts$|/testdata/)';

/** Matches a package's own files, its @types, and its bare name where it is not installed. */
const packages = (...names) => `(^|/node_modules/|^node_modules/)(@types/)?(${names.join('|')})(/|$)`;

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
const from = (path, ...pathNot) => ({ path, pathNot: [TESTS, ...pathNot] });

module.exports = {
  forbidden: [
    rule('no-cycles', 'A circle has no floor: nobody can read one part alone.', from(HOUSE), {
      circular: true,
    }),
    rule('base-imports-nothing-above', 'base and tlog know nothing of AI.', from(BASE), {
      path: HOUSE,
      pathNot: [BASE],
    }),
    rule('base-and-tlog-are-strangers', 'Neighbors on one floor are strangers.', from(BASE), {
      path: BASE,
      pathNot: ['^src/$1/'],
    }),
    rule('ground-imports-nothing-above', 'domain and contract import the base only.', from(GROUND), {
      path: HOUSE,
      pathNot: [BASE, GROUND],
    }),
    rule(
      'domain-knows-no-contract',
      "The contract is written in the domain's words, not the other way round.",
      from('^src/domain/'),
      {
        path: '^src/contract/',
      },
    ),
    rule('rooms-import-nothing-above', 'A room knows no plane, plug-in or entrance.', from(ROOMS), {
      path: HOUSE,
      pathNot: [BASE, GROUND, ROOMS],
    }),
    rule(
      'rooms-are-strangers',
      'Rooms meet in compose.ts and pipeline.ts only.',
      from('^src/(modules|governance)/([^/]+)/'),
      { path: ROOMS, pathNot: ['^src/$1/$2/'] },
    ),
    rule('planes-import-no-entrance', 'Planes and plug-ins do not know who composes them.', from(PLANES), {
      path: HOUSE,
      pathNot: [BASE, GROUND, ROOMS, PLANES],
    }),
    rule('planes-and-plug-ins-are-strangers', 'The planes meet in data, not in code.', from(PLANES), {
      path: PLANES,
      pathNot: ['^src/$1/'],
    }),
    rule(
      'plug-ins-are-strangers',
      'A scanner, provider or adapter is a folder that stands alone.',
      from('^src/(scanners|providers|adapters)/([^/]+)/'),
      { path: '^src/$1/', pathNot: ['^src/$1/$2/', ...SHARED_BY_SIBLINGS] },
    ),
    rule(
      'one-door-per-room',
      'From outside, only <room>/<room>.ts and its ports are importable.',
      from(HOUSE, ROOMS),
      {
        path: ROOMS,
        pathNot: [
          '^src/(?:modules|governance)/([^/]+)/\\1\\.ts$',
          `^src/(?:modules|governance)/[^/]+/(?:${PORTS.join('|')})\\.ts$`,
        ],
      },
    ),
    rule(
      'http-frameworks-only-in-planes',
      'HTTP comes in through the planes.',
      from(HOUSE, '^src/(data-plane|control-plane)/'),
      { path: packages('fastify', '@fastify/[^/]+') },
    ),
    rule(
      'drivers-only-in-adapters',
      'Databases and connections out are reached through a port; an adapter implements it.',
      from(HOUSE, '^src/adapters/'),
      {
        path: packages(
          'better-sqlite3',
          'pg',
          'ioredis',
          'kysely',
          'undici',
          '@nats-io/[^/]+',
          '@platformatic/kafka',
          'nodemailer',
        ),
      },
    ),
    rule(
      'console-imports-only-the-contract',
      'The console knows the API, not the house.',
      from('^console/'),
      {
        path: HOUSE,
        pathNot: ['^src/contract/'],
      },
    ),
    rule(
      'house-imports-nothing-outside',
      'What is published stands without its tests, benches, scripts and console.',
      from(HOUSE),
      { path: '^(test|bench|scripts|training|eval|console)/' },
    ),
    rule(
      'house-imports-no-development-dependency',
      'The published package is installed without them.',
      from(HOUSE),
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: ['node_modules/@types/'] },
    ),
    rule('everything-resolves', 'An import that resolves to nothing fails at the start.', from(HOUSE), {
      couldNotResolve: true,
    }),
    rule(
      'everything-has-a-floor',
      'A new folder in src needs a floor in this file first.',
      from('^(src|console)/'),
      {
        path: HOUSE,
        pathNot: [BASE, GROUND, ROOMS, PLANES, ENTRANCES],
      },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist/|(src|console)/.*/(dist|testdata)/)' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
    skipAnalysisNotInRules: true,
  },
};
