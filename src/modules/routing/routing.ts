/** For which application, model and provider: a requested name becomes candidates, in the order to try them. */
import type { Configuration } from '../../contract/configuration.ts';
import type { Application } from '../../domain/application.ts';
import type { Operation } from '../../domain/dialect.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Route } from '../../domain/route.ts';
import { applicationOf } from './application-of.ts';
import { createModelTable, type ModelEntry } from './model-table.ts';
import { createNameMatcher, type NameMatcher } from './name-matcher.ts';
import { inTryingOrder } from './trying-order.ts';

export interface Routing {
  /** @throws Refusal `invalid_credential` where the credential's application is gone */
  application(id: string): Application;
  /**
   * Candidates by priority, those of one priority shuffled by weight for this request.
   * @throws Refusal `unknown_model` for a name that is not configured or that the application may not use; `model_stopped`
   */
  resolve(application: Application, model: string, operation: Operation): readonly Route[];
  /**
   * Candidates of a model that the configuration itself names, in the order to try them, whoever may use it.
   * @throws Refusal `unknown_model`
   */
  named(model: string, operation: Operation): readonly Route[];
  /** Names the application may use, sorted. */
  models(application: Application): readonly Route[];
}

export interface RoutingOptions {
  readonly random?: () => number;
  /** OpenTelemetry's `gen_ai.provider.name` of a configured provider; its `kind` unless told. */
  readonly providerKindOf?: (providerId: string) => string;
}

/** A name that a wildcard may stand for: it goes on to providers, in paths as well. */
const ASKABLE = /^[A-Za-z0-9](?!.*\.\.)[A-Za-z0-9._:/@-]{0,127}$/;

/**
 * Names under `models`, and in an application's `models`, may end in `*`: `gpt-*`, or `*` for any. An exact name wins
 * over a wildcard, a longer wildcard over a shorter one. A wildcard's candidate that names no model is asked for the
 * name that the client asked for.
 */
export function createRouting(
  configuration: Pick<Configuration, 'applications' | 'models' | 'providers'>,
  options: RoutingOptions = {},
): Routing {
  const { random = Math.random } = options;
  const table = createModelTable(configuration, options.providerKindOf);
  const applications = new Map<string, Application>();
  for (const [id, tree] of Object.entries(configuration.applications)) {
    applications.set(id, applicationOf(id, tree));
  }
  const matchers = new WeakMap<Application, NameMatcher>();
  const matcherOf = (application: Application): NameMatcher => {
    const matcher = matchers.get(application) ?? createNameMatcher(application.models);
    matchers.set(application, matcher);
    return matcher;
  };
  const find = (model: string): ModelEntry | undefined =>
    table.exact(model) ?? (ASKABLE.test(model) ? table.wildcard(model) : undefined);

  const candidates = (entry: ModelEntry | undefined, model: string, operation: Operation) => {
    if (!entry) throw unknownModel(model);
    if (entry.isStopped) throw new Refusal('model_stopped');
    if (!entry.operations.has(operation)) throw wrongOperation(operation);
    return inTryingOrder(entry.routes, random);
  };

  return {
    application(id) {
      const application = applications.get(id);
      if (!application)
        throw new Refusal('invalid_credential', "the credential's application is not configured any more");
      return application;
    },
    resolve: (application, model, operation) =>
      candidates(matcherOf(application).has(model) ? find(model) : undefined, model, operation),
    named: (model, operation) => candidates(table.exact(model), model, operation),
    models(application) {
      const matcher = matcherOf(application);
      // Exact names that the application lists may be served by a wildcard: they can be asked for, so they are listed.
      const names = new Set([...table.names, ...matcher.exact].filter((name) => matcher.has(name)));
      return [...names].sort().flatMap((name) => find(name)?.routes[0]?.route ?? []);
    },
  };
}

/** What the client asked for may be anything, so only the client is told it. */
function unknownModel(model: string): Refusal {
  return new Refusal('unknown_model', undefined, {
    clientMessage: `There is no model "${model.slice(0, 128)}" for this application.`,
  });
}

function wrongOperation(operation: Operation): Refusal {
  return new Refusal('unknown_model', `the model is not configured for ${operation}`);
}
