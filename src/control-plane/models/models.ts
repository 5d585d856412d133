/** Providers and models: configured as parts of the tree, stopped and resumed, tried, with the secrets that they need. */
import { newId } from '../../base/ids.ts';
import type { modelOperations } from '../../contract/api/models.ts';
import { schemaOf } from '../../contract/api/openapi.ts';
import type { Configuration } from '../../contract/configuration.ts';
import type { AdministrationEntry } from '../../domain/record.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { ConfigurationRoom } from '../../governance/configuration/configuration.ts';
import type { Secrets } from '../../governance/secrets/secrets.ts';
import type { ProviderManifest } from '../../modules/inference/provider.ts';
import { changeTree } from '../change-tree.ts';
import type { Handlers } from '../handler.ts';
import { partHandlers } from '../parts.ts';
import { modelStates, type ModelStateMeans } from './model-states.ts';
import { testCall, type TestCallMeans } from './test-call.ts';

export interface ModelsOptions extends Omit<ModelStateMeans, 'configuration'>, TestCallMeans {
  readonly configurations: ConfigurationRoom;
  readonly secrets: Secrets;
  readonly kinds: readonly ProviderManifest[];
  readonly append: (entry: AdministrationEntry) => Promise<unknown>;
  readonly now: () => number;
}

interface Stop {
  readonly kind: 'model' | 'provider';
  readonly name: string;
}

export function modelHandlers(options: ModelsOptions): Handlers<typeof modelOperations> {
  const { configurations, secrets, kinds, append, now } = options;
  const providers = partHandlers(configurations, 'providers');
  const models = partHandlers(configurations, 'models');
  const described = kinds.map(describe);

  const record = (actor: string, action: string, subject: string, reason?: string) =>
    append({
      kind: 'administration',
      id: newId('adm', now()),
      at: now(),
      actor,
      action,
      subject,
      ...(reason === undefined ? {} : { reason }),
    });

  async function turn(stop: Stop, stopped: boolean, actor: string, reason?: string): Promise<undefined> {
    await record(actor, stopped ? `${stop.kind}.stop` : `${stop.kind}.resume`, stop.name, reason);
    await changeTree(configurations, actor, (tree) => withStopped(tree, stop, stopped));
    return undefined;
  }

  return {
    listProviders: providers.list,
    getProvider: providers.get,
    createProvider: providers.create,
    changeProvider: providers.change,
    removeProvider: providers.remove,
    listModels: models.list,
    getModel: models.get,
    createModel: models.create,
    changeModel: models.change,
    removeModel: models.remove,
    listProviderKinds: () => ({ items: described }),
    async listModelStates() {
      const { configuration } = await configurations.inForce();
      return { items: modelStates({ ...options, configuration }) };
    },
    stopModel: ({ body: { reason, ...stop } }, { actor }) => turn(stop, true, actor, reason),
    resumeModel: ({ body }, { actor }) => turn(body, false, actor),
    testModel: ({ path, body }, { signedIn, signal }) =>
      testCall(options, { ...body, model: path.name, signedIn, signal }),
    async listSecrets() {
      const items = await secrets.list();
      return { items: items.map(({ name, updatedAtMs }) => ({ name, updatedAtMs })) };
    },
    async setSecret({ path, body }, { actor }) {
      await record(actor, 'secret.set', path.name);
      await secrets.put(path.name, body.value);
      return undefined;
    },
    async removeSecret({ path }, { actor }) {
      if (!(await secrets.list()).some(({ name }) => name === path.name)) throw new Refusal('not_found');
      await record(actor, 'secret.remove', path.name);
      await secrets.remove(path.name);
      return undefined;
    },
  };
}

/** @throws Refusal `not_found` */
function withStopped(tree: Configuration, { kind, name }: Stop, stopped: boolean): Configuration {
  const section = kind === 'model' ? 'models' : 'providers';
  const part = Object.hasOwn(tree[section], name) ? tree[section][name] : undefined;
  if (part === undefined) throw new Refusal('not_found', `there is no ${kind} ${name}`);
  return { ...tree, [section]: { ...tree[section], [name]: { ...part, stopped } } };
}

function describe({ id, title, description, config }: ProviderManifest) {
  return {
    id,
    title,
    description,
    settings: { ...schemaOf(config, 'input') },
  };
}
