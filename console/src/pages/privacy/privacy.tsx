/** Personal data: what went where, whose it is and what she may ask for, what must be kept, and how long the rest is. */
import type { ReactNode } from 'react';
import { Page } from '../../kit/page.tsx';
import { PageTabs } from '../../kit/page-tabs.tsx';
import type { Screens } from '../../pages.tsx';
import { useSession } from '../../session/session.ts';
import { Flows } from './flows.tsx';
import { Holds } from './holds.tsx';
import { Retention } from './retention.tsx';
import { SubjectRights } from './subject-rights.tsx';
import { Whose } from './whose.tsx';

function Frame({ children }: { readonly children: ReactNode }) {
  const { permissions } = useSession();
  const tabs = [
    { title: 'What went where', to: '/privacy', needs: 'privacy.read' },
    { title: 'Persons', to: '/privacy/persons', needs: 'subjects.read' },
    { title: 'Whose it was', to: '/privacy/whose', needs: 'content.read' },
    { title: 'Legal holds', to: '/privacy/holds', needs: 'privacy.read' },
    { title: 'Retention', to: '/privacy/retention', needs: 'privacy.read' },
  ] as const;
  return (
    <Page title="Privacy">
      <PageTabs label="Privacy" tabs={tabs.filter(({ needs }) => permissions.includes(needs))} />
      {children}
    </Page>
  );
}

function framed(Content: () => ReactNode) {
  return function FramedScreen() {
    return (
      <Frame>
        <Content />
      </Frame>
    );
  };
}

export const screens: Screens = {
  '': framed(Flows),
  persons: framed(SubjectRights),
  whose: framed(Whose),
  holds: framed(Holds),
  retention: framed(Retention),
};
