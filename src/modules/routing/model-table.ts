/** The configured models with their candidates as routes, compiled once for each snapshot. */
import type { Configuration, ModelConfiguration } from '../../contract/configuration.ts';
import type { Operation } from '../../domain/dialect.ts';
import type { Route } from '../../domain/route.ts';
import { isWildcard } from './name-matcher.ts';

export interface Candidate {
  readonly route: Route;
  readonly priority: number;
  readonly weight: number;
}

export interface ModelEntry {
  /** By priority, lowest first. */
  readonly routes: readonly Candidate[];
  readonly operations: ReadonlySet<Operation>;
  /** By an administrator: the model itself, or every provider of it. Candidates of a stopped provider are not among the routes. */
  readonly isStopped: boolean;
}

export interface ModelTable {
  /** Names without a wildcard. */
  readonly names: readonly string[];
  exact(name: string): ModelEntry | undefined;
  /** The entry of the longest wildcard that the name fits. */
  wildcard(name: string): ModelEntry | undefined;
}

type Tree = Pick<Configuration, 'models' | 'providers'>;

/** @throws Error naming a model whose candidate names a provider that is not configured */
export function createModelTable(tree: Tree, providerKindOf?: (providerId: string) => string): ModelTable {
  const exact = new Map<string, ModelEntry>();
  const wildcards: { readonly prefix: string; readonly model: ModelConfiguration }[] = [];
  const compile = (name: string, model: ModelConfiguration, wildcard?: string) =>
    entryOf(tree, { name, model, wildcard }, providerKindOf);
  for (const [name, model] of Object.entries(tree.models)) {
    const entry = compile(name, model);
    if (isWildcard(name)) wildcards.push({ prefix: name.slice(0, -1), model });
    else exact.set(name, entry);
  }
  wildcards.sort((a, b) => b.prefix.length - a.prefix.length);
  return {
    names: [...exact.keys()],
    exact: (name) => exact.get(name),
    wildcard(name) {
      const found = wildcards.find(({ prefix }) => name.startsWith(prefix));
      return found && compile(name, found.model, `${found.prefix}*`);
    },
  };
}

function entryOf(
  { providers }: Tree,
  { name, model, wildcard }: { name: string; model: ModelConfiguration; wildcard: string | undefined },
  providerKindOf?: (providerId: string) => string,
): ModelEntry {
  const routes = model.candidates.flatMap(
    ({ provider: providerId, model: providerModel = name, priority, weight }) => {
      const provider = Object.hasOwn(providers, providerId) ? providers[providerId] : undefined;
      if (!provider) throw new Error(`model ${name}: there is no provider ${providerId}`);
      if (provider.stopped) return [];
      const route: Route = Object.freeze({
        model: name,
        ...(wildcard === undefined ? {} : { wildcard }),
        providerId,
        providerKind: providerKindOf?.(providerId) ?? provider.kind,
        providerModel,
        ...(provider.region === undefined ? {} : { region: provider.region }),
        defaultMaxOutputTokens: model.default_max_output_tokens,
        labels: Object.freeze([...new Set([...model.labels, ...provider.labels])]),
      });
      return [{ route, priority, weight }];
    },
  );
  routes.sort((a, b) => a.priority - b.priority);
  const isStopped = model.stopped || routes.length === 0;
  return { routes: model.stopped ? [] : routes, operations: new Set(model.operations), isStopped };
}
