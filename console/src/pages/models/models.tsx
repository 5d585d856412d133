/** Models and providers: who answers, in what state they are, and the switch that stops them. */
import type { Screens } from '../../pages.tsx';
import { ModelList } from './model-list.tsx';
import { ModelScreen } from './model-screen.tsx';
import { NewModel } from './new-model.tsx';
import { NewProvider } from './new-provider.tsx';
import { ProviderList } from './provider-list.tsx';
import { ProviderScreen } from './provider-screen.tsx';
import { Secrets } from './secrets.tsx';

export const screens: Screens = {
  '': ModelList,
  'new-model': { screen: NewModel, needs: ['models.write'] },
  'model/$name': ModelScreen,
  providers: ProviderList,
  'new-provider': { screen: NewProvider, needs: ['models.write'] },
  'provider/$name': ProviderScreen,
  secrets: Secrets,
};
