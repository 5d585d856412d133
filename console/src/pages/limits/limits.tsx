/** Limits and spend. */
import { EmptyState } from '../../kit/empty-state.tsx';
import { Page } from '../../kit/page.tsx';
import type { Screens } from '../../pages.tsx';

function LimitsScreen() {
  return (
    <Page title="Limits and spend">
      <EmptyState title="This page is not there yet" />
    </Page>
  );
}

export const screens: Screens = { '': LimitsScreen };
