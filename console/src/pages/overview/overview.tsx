/** Overview: the state of things at a glance, as it changes. */
import type { Screens } from '../../pages.tsx';
import { OverviewScreen } from './overview-screen.tsx';

export const screens: Screens = { '': OverviewScreen };
