/** The whole tree in force: read, planned, applied and rolled back. */
import type { configurationTreeOperations } from '../../contract/api/configuration-tree.ts';
import {
  exportYaml,
  type Applied,
  type ConfigurationRoom,
  type CurrentConfiguration,
} from '../../governance/configuration/configuration.ts';
import { requireEtag } from '../etag.ts';
import type { Handlers } from '../handler.ts';
import { askConfiguration } from '../ask-configuration.ts';

export function configurationTreeHandlers(
  room: ConfigurationRoom,
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
    applyConfiguration: ({ body }, { ifMatch, actor }) =>
      askConfiguration(async () => {
        const next = room.parse(body.yaml);
        return appliedOf(await room.apply(next, { actor, expectedVersion: await matching(room, ifMatch) }));
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
    rollbackConfiguration: ({ path }, { ifMatch, actor }) =>
      askConfiguration(async () =>
        appliedOf(
          await room.rollback(path.version, { actor, expectedVersion: await matching(room, ifMatch) }),
        ),
      ),
  };
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
