/** What a member may do in the workbench: the same as everywhere, by the same policies, under their own name. */
import type { workbenchOperations } from '../../contract/api/workbench.ts';
import type { Configuration } from '../../contract/configuration.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Audit } from '../../modules/audit/audit.ts';
import type { GiveVoucher } from '../../modules/identity/identity.ts';
import type { AccessExplainer } from '../access/access-explainer.ts';
import type { Handlers } from '../handler.ts';
import { ownEntryOf, ownInteraction } from './own-interaction.ts';

export interface WorkbenchOptions {
  readonly configuration: () => Configuration;
  readonly explainer: AccessExplainer;
  readonly vouch: GiveVoucher;
  readonly audit: Pick<Audit, 'read'>;
}

const LIFE_MS = 5 * 60_000;

export function workbenchHandlers(options: WorkbenchOptions): Handlers<typeof workbenchOperations> {
  const { configuration, explainer, vouch, audit } = options;

  /** Whatever its roles reach: everybody sees their own. */
  const explain = (id: string, application: string, model: string) =>
    explainer({ principal: { kind: 'person', id }, application, model, groups: [] }, { kind: 'everything' });

  return {
    getWorkbench(_, { signedIn }) {
      const tree = configuration();
      const application = workbenchOf(tree);
      if (application === undefined)
        return {
          application: null,
          purpose: '',
          dataClass: 'internal',
          capture: 'none',
          models: [],
          closedGates: [],
        };
      const { purpose, data_class: dataClass, capture } = tree.applications[application] ?? {};
      const answers = Object.keys(tree.models)
        .filter((model) => !model.endsWith('*'))
        .toSorted()
        .map((model) => ({ model, ...explain(signedIn.administrator.id, application, model) }));
      const [any] = answers;
      return {
        application,
        purpose: purpose ?? '',
        dataClass: dataClass ?? 'internal',
        capture: capture ?? 'none',
        models: answers
          .filter(({ routes }) => routes.some(({ decision }) => decision === 'permitted'))
          .map(({ model }) => model),
        closedGates: (any?.gates ?? []).filter(({ passed }) => !passed).map(({ gate }) => gate),
      };
    },
    createVoucher(_, { signedIn }) {
      const application = workbenchOf(configuration());
      if (application === undefined)
        throw new Refusal('unacceptable', 'the configuration names no application for the workbench');
      return vouch({
        id: signedIn.credentialId,
        applicationId: application,
        principalId: signedIn.administrator.id,
        scopes: ['inference', 'reidentify'],
        lifeMs: LIFE_MS,
      });
    },
    async getOwnInteraction({ path }, { actor }) {
      return ownInteraction(await ownEntryOf(audit, actor, path.id), configuration());
    },
  };
}

/** The one that the tree names; where it names none, the one that is called so. */
function workbenchOf({ workbench, applications }: Configuration): string | undefined {
  const name = workbench.application ?? 'workbench';
  return Object.hasOwn(applications, name) ? name : undefined;
}
