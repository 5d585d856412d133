/** What the screens of this page have in common. */
import type { ReactNode } from 'react';
import { Page } from '../../kit/page.tsx';
import { PageTabs } from '../../kit/page-tabs.tsx';

const TABS = [
  { title: 'Limits and budgets', to: '/limits' },
  { title: 'Spend', to: '/limits/spend' },
];

interface LimitsFrameProps {
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export function LimitsFrame({ actions, children }: LimitsFrameProps) {
  return (
    <Page
      title="Limits and spend"
      description="How much and how fast, what is used of it, and what it costs."
      {...(actions === undefined ? {} : { actions })}
    >
      <PageTabs label="Limits and spend" tabs={TABS} />
      {children}
    </Page>
  );
}
