/** The declarative tree in force: read, planned, applied, rolled back, and told to those who serve by it. */
import type { Clock } from '../../base/clock.ts';
import type { Configuration } from '../../contract/configuration.ts';
import type { AdministrationEntry } from '../../domain/record.ts';
import { Refusal } from '../../domain/refusal.ts';
import { createApply, planAgainst, type Applied } from './apply.ts';
import {
  ConfigurationConflict,
  ConfigurationError,
  formatPath,
  type Problem,
} from './configuration-error.ts';
import { startingYaml } from './starting-tree.ts';
import { startingConfiguration } from './starting-configuration.ts';
import { exportYaml } from './export-yaml.ts';
import { checkConfiguration, parseConfiguration, type Validator } from './parse-configuration.ts';
import { plan, renderChanges, type Change } from './plan.ts';
import type { ConfigurationStore, StoredConfiguration } from './store.ts';
import { watchStore } from './watch.ts';

export {
  ConfigurationConflict,
  ConfigurationError,
  startingYaml,
  exportYaml,
  formatPath,
  parseConfiguration,
  plan,
  renderChanges,
  startingConfiguration,
};
export type { Applied, Change, Problem, Validator };

/** One version of the tree. */
export interface CurrentConfiguration {
  readonly version: number;
  readonly digest: string;
  readonly atMs: number;
  readonly actor: string;
  readonly configuration: Configuration;
}

export interface ApplyOptions {
  /** Who does it, for the record. */
  readonly actor: string;
  /** The version that was planned against (0: none). Without it, what is in force is replaced whatever it is. */
  readonly expectedVersion?: number;
}

export interface ConfigurationRoom {
  /** @throws ConfigurationError naming line and column of each problem, those that validators tell included */
  parse(yamlText: string): Configuration;
  /** Undefined where none was ever applied. @throws ConfigurationError */
  current(): Promise<CurrentConfiguration | undefined>;
  /** @throws Error where none was ever applied */
  inForce(): Promise<CurrentConfiguration>;
  /** Those before the version `before`, newest first. */
  versions(page: {
    readonly before?: number | undefined;
    readonly limit: number;
  }): Promise<readonly Omit<CurrentConfiguration, 'configuration'>[]>;
  /** One that was ever in force, and what it changed. @throws Refusal `not_found`; ConfigurationError */
  version(version: number): Promise<{
    readonly stored: CurrentConfiguration;
    readonly changes: readonly Change[];
  }>;
  /** What applying `next` would change in the version that is in force now (0: none). @throws ConfigurationError */
  plan(next: Configuration): Promise<{ readonly version: number; readonly changes: readonly Change[] }>;
  /**
   * Puts a tree in force, whole or not at all. Its audit entry is durable before.
   * @throws ConfigurationError, ConfigurationConflict; Refusal `record_unavailable`
   */
  apply(next: Configuration, options: ApplyOptions): Promise<Applied>;
  /** Puts an earlier version in force again, as a new version. */
  rollback(version: number, options: ApplyOptions): Promise<Applied>;
  /**
   * Gives each version that comes into force, the current one first, one at a time and never an older after a newer.
   * Where `onChange` rejects, `onError` is told, and the next version is given all the same. Returns how to stop.
   */
  watch(
    onChange: (current: CurrentConfiguration) => void | Promise<void>,
    onError: (error: unknown) => void,
  ): () => void;
}

export interface ConfigurationRoomOptions {
  readonly store: ConfigurationStore;
  readonly validators: readonly Validator[];
  readonly append: (entry: AdministrationEntry) => Promise<unknown>;
  readonly clock: Clock;
}

export function createConfigurationRoom({
  store,
  validators,
  append,
  clock,
}: ConfigurationRoomOptions): ConfigurationRoom {
  const apply = createApply({ store, append, clock });
  async function current(): Promise<CurrentConfiguration | undefined> {
    const stored = await store.current();
    return stored && opened(stored);
  }
  return {
    parse: (yamlText) => parseConfiguration(yamlText, validators),
    current,
    async inForce() {
      const inForce = await current();
      if (inForce === undefined)
        throw new Error('no configuration is in force yet: start the gateway once, or apply a file');
      return inForce;
    },
    versions: ({ before, limit }) => store.list({ before, limit }),
    async version(version) {
      const stored = await store.version(version);
      if (!stored) throw new Refusal('not_found', `there is no version ${version}`);
      const after = opened(stored);
      return { stored: after, changes: planAgainst(await store.version(version - 1), after.configuration) };
    },
    async plan(next) {
      const checked = checkConfiguration(next, validators);
      const inForce = await store.current();
      return { version: inForce?.version ?? 0, changes: planAgainst(inForce, checked) };
    },
    apply: async (next, options) =>
      apply(checkConfiguration(next, validators), { ...options, action: 'configuration.apply' }),
    async rollback(version, options) {
      const stored = await store.version(version);
      if (!stored) throw new ConfigurationError([{ path: [], message: `there is no version ${version}` }]);
      const next = checkConfiguration(JSON.parse(stored.tree), validators);
      return apply(next, { ...options, action: 'configuration.rollback' });
    },
    watch: (onChange, onError) => watchStore(store, (stored) => onChange(opened(stored)), onError),
  };
}

/** @throws ConfigurationError where a later release cannot read what an earlier one stored */
function opened({ version, digest, atMs, actor, tree }: StoredConfiguration): CurrentConfiguration {
  return { version, digest, atMs, actor, configuration: checkConfiguration(JSON.parse(tree), []) };
}
