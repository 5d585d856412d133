/** What each role is shown of the console: the pages that its navigation has, which screens open, and which acts are offered. */
import type { AdministrationScope } from '../../src/domain/administrator.ts';

/** Below `/console`; `{desk}` and `{shop}` are an interaction of each. */
export const SCREENS = [
  'overview',
  'activity',
  'activity/administration',
  'activity/requests',
  'activity/{desk}',
  'activity/{shop}',
  'guardrails',
  'guardrails/new',
  'guardrails/mail',
  'guardrails/desk-birds',
  'guardrails/shop-fish',
  'access',
  'access/principals/new',
  'access/principals/sid@example.com',
  'access/groups',
  'access/groups/new',
  'access/groups/sales',
  'access/applications',
  'access/applications/new',
  'access/applications/desk',
  'access/applications/shop',
  'access/credentials',
  'access/policies',
  'access/policies/new',
  'access/policies/all',
  'access/explain',
  'models',
  'models/new-model',
  'models/model/small',
  'models/providers',
  'models/new-provider',
  'models/provider/sim',
  'models/secrets',
  'limits',
  'limits/spend',
  'limits/new',
  'limits/limit/each-day',
  'limits/limit/desk-day',
  'limits/limit/shop-day',
  'privacy',
  'privacy/persons',
  'privacy/holds',
  'privacy/retention',
  'audit',
  'audit/checkpoints',
  'audit/witnesses',
  'audit/check',
  'audit/administration',
  'audit/kit',
  'workbench',
  'workbench/mine',
  'workbench/objections',
  'settings',
  'settings/administrators',
  'settings/administrators/ada@example.com',
  'settings/alerts',
  'settings/configuration',
  'settings/versions',
  'settings/versions/1',
  'account',
  'account/sessions',
  'account/tokens',
] as const;
type Screen = (typeof SCREENS)[number];

/** What changes or opens something, by what it is called, and where. */
export const ACTS = {
  'activity/{desk}': ['Reason'],
  guardrails: ['New guardrail'],
  'guardrails/mail': ['Remove'],
  access: ['New principal'],
  'access/groups': ['New group'],
  'access/applications': ['New application'],
  'access/applications/desk': ['New credential', 'Remove'],
  'access/credentials': ['New credential'],
  'access/policies': ['New policy'],
  models: ['New model'],
  'models/model/small': ['Stop small', 'Try small', 'Remove'],
  'models/providers': ['New provider'],
  'models/secrets': ['New secret'],
  limits: ['New limit', 'New budget'],
  'limits/limit/each-day': ['Remove'],
  'privacy/holds': ['Place a hold'],
  'privacy/retention': ['Change it', 'Look'],
  'audit/kit': ['Make the kit'],
  'audit/witnesses': ['Add one to the configuration'],
  workbench: ['Begin'],
  'settings/administrators': ['Invite'],
  'settings/alerts': ['New alert'],
  'settings/configuration': ['See what would change'],
} as const satisfies Partial<Record<Screen, readonly string[]>>;
type ActsOffered = { readonly [At in keyof typeof ACTS]?: readonly (typeof ACTS)[At][number][] };

export interface RoleRow {
  readonly role: string;
  readonly scope?: AdministrationScope;
  readonly navigation: readonly string[];
  /** Say that it is for other roles. Those that are in neither list open. */
  readonly closed: readonly Screen[];
  /** Another application's: as if there were none. */
  readonly absent?: readonly Screen[];
  readonly acts: ActsOffered;
}

const all = (...pages: readonly string[]): readonly Screen[] =>
  SCREENS.filter((screen) => pages.some((page) => screen === page || screen.startsWith(`${page}/`)));
const allBut = (...pages: readonly string[]): readonly Screen[] => {
  const open = all(...pages);
  return SCREENS.filter((screen) => !open.includes(screen));
};

const NEW_IN_ACCESS = all(
  'access/principals/new',
  'access/groups/new',
  'access/applications/new',
  'access/policies/new',
);
const NEW_ELSEWHERE = all('models/new-model', 'models/new-provider', 'limits/new');
const NEW = [...all('guardrails/new'), ...NEW_IN_ACCESS, ...NEW_ELSEWHERE];

const { 'activity/{desk}': _, ...CONFIGURING } = ACTS;
const { 'settings/administrators': _naming, ...WITHOUT_NAMING } = CONFIGURING;

export const ROLES: readonly RoleRow[] = [
  {
    role: 'owner',
    navigation: [
      'Overview',
      'Activity',
      'Guardrails',
      'Access',
      'Models',
      'Limits and spend',
      'Privacy',
      'Audit',
      'Workbench',
      'Settings',
    ],
    closed: [],
    acts: ACTS,
  },
  {
    role: 'administrator',
    navigation: [
      'Overview',
      'Activity',
      'Guardrails',
      'Access',
      'Models',
      'Limits and spend',
      'Privacy',
      'Audit',
      'Workbench',
      'Settings',
    ],
    closed: ['activity/requests'],
    acts: WITHOUT_NAMING,
  },
  {
    role: 'security-analyst',
    navigation: [
      'Overview',
      'Activity',
      'Guardrails',
      'Access',
      'Models',
      'Limits and spend',
      'Privacy',
      'Audit',
      'Workbench',
      'Settings',
    ],
    closed: [
      ...NEW_IN_ACCESS,
      ...NEW_ELSEWHERE,
      'access/credentials',
      'privacy/persons',
      'audit/kit',
      ...all('settings/administrators'),
    ],
    acts: {
      'activity/{desk}': ['Reason'],
      guardrails: ['New guardrail'],
      'guardrails/mail': ['Remove'],
      'models/model/small': ['Stop small'],
      workbench: ['Begin'],
    },
  },
  {
    role: 'auditor',
    navigation: [
      'Overview',
      'Activity',
      'Guardrails',
      'Access',
      'Models',
      'Limits and spend',
      'Privacy',
      'Audit',
      'Workbench',
      'Settings',
    ],
    closed: [...NEW, 'activity/requests', 'privacy/persons', 'workbench/mine'],
    acts: { 'audit/kit': ['Make the kit'] },
  },
  {
    role: 'application-owner',
    scope: { kind: 'application', id: 'desk' },
    navigation: [
      'Overview',
      'Activity',
      'Guardrails',
      'Access',
      'Models',
      'Limits and spend',
      'Privacy',
      'Workbench',
    ],
    closed: [
      ...NEW,
      'activity/administration',
      'activity/requests',
      'privacy/persons',
      'privacy/holds',
      'privacy/retention',
      ...all('audit', 'settings'),
    ],
    absent: [
      'activity/{shop}',
      'guardrails/shop-fish',
      'access/principals/sid@example.com',
      'access/groups/sales',
      'access/applications/shop',
      'limits/limit/shop-day',
    ],
    acts: {
      'access/applications/desk': ['New credential'],
      'access/credentials': ['New credential'],
      workbench: ['Begin'],
    },
  },
  {
    role: 'champion',
    navigation: ['Overview', 'Activity', 'Guardrails', 'Access', 'Models', 'Workbench', 'Settings'],
    closed: [
      ...NEW,
      'activity/administration',
      'activity/requests',
      'access/credentials',
      ...all('limits', 'privacy', 'audit', 'settings/administrators'),
    ],
    acts: { workbench: ['Begin'] },
  },
  {
    role: 'member',
    navigation: ['Workbench'],
    closed: [...allBut('workbench', 'account'), 'workbench/objections'],
    acts: { workbench: ['Begin'] },
  },
  {
    role: 'on-call',
    navigation: ['Overview', 'Activity', 'Guardrails', 'Access', 'Models', 'Settings'],
    closed: [
      ...NEW,
      'activity/administration',
      'activity/requests',
      'access/credentials',
      ...all('limits', 'privacy', 'audit', 'workbench', 'settings/administrators'),
    ],
    acts: { 'models/model/small': ['Stop small'] },
  },
  {
    role: 'privacy-officer',
    navigation: ['Privacy'],
    closed: allBut('privacy', 'account'),
    acts: { 'privacy/holds': ['Place a hold'] },
  },
];
