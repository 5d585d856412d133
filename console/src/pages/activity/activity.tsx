/** Activity. */
import { EmptyState } from '../../kit/empty-state.tsx';
import { Page } from '../../kit/page.tsx';
import type { Screens } from '../../pages.tsx';

function ActivityScreen() {
  return (
    <Page title="Activity">
      <EmptyState title="This page is not there yet" />
    </Page>
  );
}

export const screens: Screens = { '': ActivityScreen };
