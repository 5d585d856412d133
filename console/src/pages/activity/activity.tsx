/** Activity: what went through the gateway, what administrators did, and who asks to read what was said. */
import type { Screens } from '../../pages.tsx';
import { WHOLE_LOG } from '../../session/session.ts';
import { AdministrationScreen } from './administration-screen.tsx';
import { InteractionScreen } from './interaction-screen.tsx';
import { InteractionsScreen } from './interactions-screen.tsx';
import { ReadingRequestsScreen } from './reading-requests-screen.tsx';

export const screens: Screens = {
  '': InteractionsScreen,
  administration: { screen: AdministrationScreen, needs: [WHOLE_LOG] },
  requests: { screen: ReadingRequestsScreen, needs: ['content.read', 'approvals.decide'] },
  $id: InteractionScreen,
};
