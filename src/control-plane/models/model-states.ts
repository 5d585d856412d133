/** How models are at this moment: stopped, left alone after failures, and at what price. */
import type { z } from 'zod';
import type { modelStateSchema } from '../../contract/api/models.ts';
import type { Configuration } from '../../contract/configuration.ts';
import type { ProviderHealth } from '../../modules/inference/inference.ts';

export type ModelState = z.input<typeof modelStateSchema>;
type Price = ModelState['candidates'][number]['price'];

export interface ModelStateMeans {
  readonly configuration: Configuration;
  readonly health: () => readonly ProviderHealth[];
  /** Dollars for a million tokens of what a provider's kind calls by this name. */
  readonly priceOf: (providerKind: string, providerModel: string) => Price;
}

export function modelStates({ configuration, health, priceOf }: ModelStateMeans): ModelState[] {
  const { models, providers } = configuration;
  const circuits = new Map(health().map(({ provider, state }) => [provider, state]));
  return Object.entries(models)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([model, { candidates, labels, stopped }]) => ({
      model,
      stopped,
      candidates: candidates.map(({ provider: id, model: providerModel = model }) => {
        const provider = providers[id];
        const kind = provider?.kind ?? '';
        return {
          provider: id,
          providerModel,
          kind,
          stopped: provider?.stopped ?? false,
          region: provider?.region ?? null,
          labels: [...new Set([...labels, ...(provider?.labels ?? [])])],
          circuit: circuits.get(id) ?? 'closed',
          price: priceOf(kind, providerModel),
        };
      }),
    }));
}
