/** Limits and budgets with what is used of them, and what was spent on whom and what. */
import type { Screens } from '../../pages.tsx';
import { LimitList } from './limit-list.tsx';
import { LimitScreen } from './limit-screen.tsx';
import { NewLimit } from './new-limit.tsx';
import { Spend } from './spend.tsx';

export const screens: Screens = {
  '': LimitList,
  spend: Spend,
  'limit/$name': { screen: LimitScreen, needs: ['configuration.read'] },
  new: { screen: NewLimit, needs: ['limits.write'] },
};
