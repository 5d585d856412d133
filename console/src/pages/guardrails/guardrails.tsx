/** Guardrails. */
import { EmptyState } from '../../kit/empty-state.tsx';
import { Page } from '../../kit/page.tsx';
import type { Screens } from '../../pages.tsx';

function GuardrailsScreen() {
  return (
    <Page title="Guardrails">
      <EmptyState title="This page is not there yet" />
    </Page>
  );
}

export const screens: Screens = { '': GuardrailsScreen };
