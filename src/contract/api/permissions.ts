/** What an administrator may be allowed to do, and the roles that come with the house. */

/** `read` looks, `write` changes. Each operation of the API names the one it needs. */
export const PERMISSIONS = {
  'overview.read': 'See the state of things: traffic, refusals, spend, health',
  'interactions.read': 'Read what is recorded of interactions: never what was said',
  'content.read': 'Read captured content and who it was about: needs a reason, and is recorded',
  'configuration.read': 'Read guardrails, policies, models, limits and everything else that is configured',
  'guardrails.write': 'Change guardrails, try drafts, replay, publish and roll back',
  'access.write': 'Change people, services, agents, groups, applications, policies and issuers of tokens',
  'credentials.read': 'List the credentials of applications',
  'credentials.write': 'Create, rotate and revoke the credentials of applications',
  'models.write': 'Change providers and models, set their secrets, make test calls',
  'models.stop': 'Stop a model or provider at once, and let it go on',
  'limits.write': 'Change limits and budgets',
  'usage.read': 'See consumption and cost',
  'privacy.read': 'See what personal data went where, as counts',
  'subjects.read': 'Look up and export what is held about a person: needs a reason, and is recorded',
  'subjects.erase': 'Erase or restrict a person',
  'holds.write': 'Place and release legal holds',
  'retention.write': 'Change how long the record keeps what, and purge',
  'audit.read': 'Read the log, its checkpoints, witnesses and proofs',
  'audit.export': "Make an auditor's kit",
  'administrators.read': 'See who administers the house, and their roles',
  'administrators.write': 'Invite, change and remove administrators and their roles',
  'approvals.decide': "Approve or decline another administrator's reading of content",
  'contests.read': 'Read what people object to in refusals',
  'contests.decide': 'Answer such an objection',
  'settings.write': 'Change the organization, sign-in, exports and alerts',
  'demo.write': 'Load and remove demo data',
  'workbench.use': 'Talk to the models that policy permits, and contest refusals',
} as const;

export type Permission = keyof typeof PERMISSIONS;
export const PERMISSION_NAMES = Object.keys(PERMISSIONS) as [Permission, ...Permission[]];

/**
 * What is about the house as a whole: a role over some of its applications does not give these, and neither does one over
 * the organization for which a policy excepts an application.
 */
export const ORGANIZATION_WIDE: ReadonlySet<Permission> = new Set<Permission>([
  'models.write',
  'models.stop',
  'subjects.read',
  'subjects.erase',
  'holds.write',
  'retention.write',
  'audit.export',
  'administrators.read',
  'administrators.write',
  'settings.write',
  'demo.write',
]);

export interface BuiltInRole {
  readonly title: string;
  readonly description: string;
  readonly permissions: readonly Permission[];
}

const MEMBER: readonly Permission[] = ['workbench.use'];
const LOOKING: readonly Permission[] = [
  'overview.read',
  'interactions.read',
  'configuration.read',
  'usage.read',
  'privacy.read',
];
const ADMINISTERING: readonly Permission[] = PERMISSION_NAMES.filter(
  (name) => name !== 'administrators.write' && name !== 'content.read' && name !== 'approvals.decide',
);

export const BUILT_IN_ROLES = {
  owner: {
    title: 'Owner',
    description: 'May do everything, and names the other administrators.',
    permissions: PERMISSION_NAMES,
  },
  administrator: {
    title: 'Administrator',
    description: 'Configures everything; does not read what was said, and names no administrators.',
    permissions: ADMINISTERING,
  },
  'security-analyst': {
    title: 'Security analyst',
    description: 'Watches traffic, tunes guardrails, stops models, reads content for a reason.',
    permissions: [
      ...LOOKING,
      ...MEMBER,
      'content.read',
      'guardrails.write',
      'models.stop',
      'audit.read',
      'contests.read',
      'contests.decide',
      'approvals.decide',
    ],
  },
  auditor: {
    title: 'Auditor',
    description: 'Reads proofs and redacted records, changes nothing.',
    permissions: [
      ...LOOKING,
      'credentials.read',
      'audit.read',
      'audit.export',
      'administrators.read',
      'contests.read',
    ],
  },
  'application-owner': {
    title: 'Application owner',
    description: 'Looks after applications: their traffic, credentials and cost.',
    permissions: [...LOOKING, ...MEMBER, 'credentials.read', 'credentials.write', 'contests.read'],
  },
  champion: {
    title: 'Security champion',
    description: 'Helps colleagues: sees what was refused and why, and what they object to.',
    permissions: ['overview.read', 'interactions.read', 'configuration.read', 'contests.read', ...MEMBER],
  },
  member: {
    title: 'Member',
    description: 'Works with models in the workbench.',
    permissions: MEMBER,
  },
} as const satisfies Record<string, BuiltInRole>;

export type BuiltInRoleName = keyof typeof BUILT_IN_ROLES;
