/** The title and tabs of the workbench, as far as the session's permissions reach. */
import type { ReactNode } from 'react';
import { Page } from '../../kit/page.tsx';
import { PageTabs } from '../../kit/page-tabs.tsx';
import { useMay } from '../../session/session.ts';

export function WorkbenchFrame({ children }: { readonly children: ReactNode }) {
  const mayUse = useMay('workbench.use');
  const mayReview = useMay('contests.read');
  const tabs = [
    ...(mayUse
      ? [
          { title: 'Talk', to: '/workbench' },
          { title: 'My objections', to: '/workbench/mine' },
        ]
      : []),
    ...(mayReview ? [{ title: 'Objections', to: '/workbench/objections' }] : []),
  ];
  return (
    <Page title="Workbench">
      <PageTabs label="Workbench" tabs={tabs} />
      {children}
    </Page>
  );
}
