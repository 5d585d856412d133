/** What a part may refer to: applications, groups, models and providers, as options to choose from. */
import { useAsk } from '../api.ts';
import { useMay } from '../session/session.ts';
import type { Option } from '../kit/select.tsx';

const ALL = { query: { limit: 200 } };

function optionsOf(items: readonly { readonly name: string }[] | undefined): readonly Option[] {
  return (items ?? []).map(({ name }) => ({ value: name, label: name }));
}

export function useApplications(): readonly Option[] {
  const enabled = useMay('configuration.read');
  return optionsOf(useAsk('listApplications', ALL, { enabled }).data?.items);
}

export function useGroups(): readonly Option[] {
  const enabled = useMay('configuration.read');
  return optionsOf(useAsk('listGroups', ALL, { enabled }).data?.items);
}

export function useModels(): readonly Option[] {
  const enabled = useMay('configuration.read');
  return optionsOf(useAsk('listModels', ALL, { enabled }).data?.items);
}

export function useProviders(): readonly Option[] {
  const enabled = useMay('configuration.read');
  return optionsOf(useAsk('listProviders', ALL, { enabled }).data?.items);
}
