/** The whole tree in force: read, planned, applied and rolled back. */
import type { configurationTreeOperations } from '../../contract/api/configuration-tree.ts';
import {
  exportYaml,
  type Applied,
  type ConfigurationRoom,
  type CurrentConfiguration,
} from '../../governance/configuration/configuration.ts';
import type { SignedIn } from '../../domain/administrator.ts';
import { Refusal } from '../../domain/refusal.ts';
import { requireEtag } from '../etag.ts';
import type { Gatekeeper } from '../gatekeeper.ts';
import type { Handlers } from '../handler.ts';
import { askConfiguration } from '../ask-configuration.ts';

export function configurationTreeHandlers(
  room: ConfigurationRoom,
  reach: Gatekeeper['reach'],
): Handlers<typeof configurationTreeOperations> {
  return {
    async getConfiguration() {
      const current = await room.inForce();
      return {
        ...versionOf(current),
        etag: current.digest,
        yaml: exportYaml(current.configuration),
        tree: current.configuration,
      };
    },
    planConfiguration: ({ body }) =>
      askConfiguration(async () => {
        const { version, changes } = await room.plan(room.parse(body.yaml));
        return { version, changes: changesOf(changes) };
      }),
    applyConfiguration: ({ body }, { ifMatch, actor, signedIn }) =>
      askConfiguration(async () => {
        const next = room.parse(body.yaml);
        // Taken first: where another change comes between, what was looked at is not what would be changed.
        const expectedVersion = await matching(room, ifMatch);
        await requireMayChange(room, next, signedIn, reach);
        return appliedOf(await room.apply(next, { actor, expectedVersion }));
      }),
    async listConfigurationVersions({ query }) {
      const before = query.cursor === undefined ? undefined : Number(query.cursor);
      const versions = await room.versions({ before, limit: query.limit + 1 });
      const items = versions.slice(0, query.limit).map(versionOf);
      return { items, next: versions.length > query.limit ? String(items.at(-1)?.version) : null };
    },
    async getConfigurationVersion({ path }) {
      const { stored, changes } = await room.version(path.version);
      return {
        ...versionOf(stored),
        yaml: exportYaml(stored.configuration),
        changes: changesOf(changes),
      };
    },
    rollbackConfiguration: ({ path }, { ifMatch, actor, signedIn }) =>
      askConfiguration(async () => {
        const expectedVersion = await matching(room, ifMatch);
        const { configuration } = (await room.version(path.version)).stored;
        await requireMayChange(room, configuration, signedIn, reach);
        return appliedOf(await room.rollback(path.version, { actor, expectedVersion }));
      }),
  };
}

/** What decides who may do what: whoever may not name administrators does not become one by changing it. */
const ABOUT_ADMINISTRATORS: ReadonlySet<string> = new Set([
  'roles',
  'administration_policies',
  'sign_in',
  'content_access',
  'provisioning',
]);

/** @throws Refusal `permission_denied` */
async function requireMayChange(
  room: ConfigurationRoom,
  next: CurrentConfiguration['configuration'],
  signedIn: SignedIn,
  reach: Gatekeeper['reach'],
): Promise<void> {
  const { changes } = await room.plan(next);
  const section = changes.map(({ path }) => path[0]).find((part) => ABOUT_ADMINISTRATORS.has(part ?? ''));
  if (section === undefined) return;
  if ((await reach(signedIn, 'administrators.write')).kind !== 'everything')
    throw new Refusal(
      'permission_denied',
      `your roles do not allow this: a change of ${section} needs administrators.write`,
    );
}

async function matching(room: ConfigurationRoom, ifMatch: string): Promise<number> {
  const { digest, version } = await room.inForce();
  requireEtag(ifMatch, digest);
  return version;
}

function versionOf({ version, digest, atMs, actor }: Omit<CurrentConfiguration, 'configuration'>) {
  return { version, digest, atMs, actor };
}

function appliedOf({ version, digest, changes }: Applied) {
  return { version, etag: digest, changes: changesOf(changes) };
}

function changesOf(changes: Applied['changes']) {
  return changes.map(({ path, ...rest }) => ({ path: [...path], ...rest }));
}
