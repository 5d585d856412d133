/** The title and tabs of everything about access. */
import type { ReactNode } from 'react';
import { Page } from '../../kit/page.tsx';
import { PageTabs } from '../../kit/page-tabs.tsx';
import { useMay } from '../../session/session.ts';

interface AccessFrameProps {
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

const CONFIGURED = [
  { title: 'People & agents', to: '/access' },
  { title: 'Groups', to: '/access/groups' },
  { title: 'Applications', to: '/access/applications' },
];
const DECIDED = [
  { title: 'Policies', to: '/access/policies' },
  { title: 'Who can use what, and why', to: '/access/explain' },
];
const ISSUERS = [{ title: 'Token issuers', to: '/access/issuers' }];
const CREDENTIALS = [{ title: 'Credentials', to: '/access/credentials' }];

export function AccessFrame({ actions, children }: AccessFrameProps) {
  const maySeeTree = useMay('configuration.read');
  const maySeeCredentials = useMay('credentials.read');
  const tabs = [
    ...(maySeeTree ? CONFIGURED : []),
    ...(maySeeCredentials ? CREDENTIALS : []),
    ...(maySeeTree ? [...ISSUERS, ...DECIDED] : []),
  ];
  return (
    <Page
      title="Access"
      description="Who may use which models, through which application, with which key, and why."
      actions={actions}
    >
      <PageTabs label="Access" tabs={tabs} />
      {children}
    </Page>
  );
}
