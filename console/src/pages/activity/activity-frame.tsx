/** What the lists of this page have around them. */
import type { ReactNode } from 'react';
import { Page } from '../../kit/page.tsx';
import { PageTabs } from '../../kit/page-tabs.tsx';
import { isAnyMet, useSession, WHOLE_LOG } from '../../session/session.ts';

interface ActivityFrameProps {
  readonly description: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

const TABS = [
  { title: 'Interactions', to: '/activity', needs: ['interactions.read'] },
  { title: 'Administration', to: '/activity/administration', needs: [WHOLE_LOG] },
  { title: 'Requests to read', to: '/activity/requests', needs: ['content.read', 'approvals.decide'] },
] as const;

export function ActivityFrame({ description, actions, children }: ActivityFrameProps) {
  const session = useSession();
  const tabs = TABS.filter(({ needs }) => isAnyMet(needs, session));
  return (
    <Page title="Activity" description={description} actions={actions}>
      <PageTabs label="Activity" tabs={tabs} />
      {children}
    </Page>
  );
}
