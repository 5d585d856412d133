/** One provider: its settings, and the switch. */
import type { ScreenProps } from '../../pages.tsx';
import { nameFromPath } from '../../part-editing/name-in-path.ts';
import type { Held } from '../../part-editing/part-draft.ts';
import type { PartKind } from '../../part-editing/part-kind.ts';
import { PartScreen } from '../../part-editing/part-screen.tsx';
import { KillSwitch } from './kill-switch.tsx';
import { providerDoor, type ProviderValue } from './model-value.ts';
import { ProviderForm } from './provider-form.tsx';
import { StoppedBadge } from './states.tsx';

export const PROVIDERS: PartKind<ProviderValue> = {
  door: providerDoor,
  noun: 'provider',
  parents: [
    { title: 'Models', to: '/models' },
    { title: 'Providers', to: '/models/providers' },
  ],
  base: '/models/provider',
  write: 'models.write',
  removal: 'Models that have it as a candidate have to let go of it first.',
  shows: /^\/(?!credential$|kind$)\w+(?:\/\w+)?$/,
  Form: ProviderForm,
  Actions: ({ held: { name, value } }) => <KillSwitch kind="provider" name={name} stopped={value.stopped} />,
  Above: Stopped,
};

export function ProviderScreen({ params }: ScreenProps) {
  return <PartScreen kind={PROVIDERS} name={nameFromPath(params['name'])} />;
}

function Stopped({ held }: { readonly held: Held<ProviderValue> }) {
  return held.value.stopped ? <StoppedBadge /> : null;
}
