/** What the lists of this page have in common: its title and the way from one to the other. */
import type { ReactNode } from 'react';
import { Page } from '../../kit/page.tsx';
import { PageTabs } from '../../kit/page-tabs.tsx';

const TABS = [
  { title: 'Models', to: '/models' },
  { title: 'Providers', to: '/models/providers' },
  { title: 'Secrets', to: '/models/secrets' },
];

interface ModelsFrameProps {
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export function ModelsFrame({ actions, children }: ModelsFrameProps) {
  return (
    <Page
      title="Models"
      description="Who answers, in what state they are, and what they cost."
      {...(actions === undefined ? {} : { actions })}
    >
      <PageTabs label="Models" tabs={TABS} />
      {children}
    </Page>
  );
}
