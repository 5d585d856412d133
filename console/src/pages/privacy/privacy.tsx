/** Personal data: what went where, whose it is and what she may ask for, what must be kept, and how long the rest is. */
import type { ReactNode } from 'react';
import { Page } from '../../kit/page.tsx';
import { PageTabs } from '../../kit/page-tabs.tsx';
import type { Screens } from '../../pages.tsx';
import { isMet, useSession } from '../../session/session.ts';
import { Flows } from './flows.tsx';
import { Holds } from './holds.tsx';
import { Retention } from './retention.tsx';
import { SubjectRights } from './subject-rights.tsx';
import { Whose } from './whose.tsx';

const EVERYWHERE = { permission: 'privacy.read', over: 'organization' } as const;
const TABS = [
  { title: 'What went where', to: '/privacy', needs: 'privacy.read' },
  { title: 'Persons', to: '/privacy/persons', needs: 'subjects.read' },
  { title: 'Whose it was', to: '/privacy/whose', needs: 'content.read' },
  { title: 'Legal holds', to: '/privacy/holds', needs: EVERYWHERE },
  { title: 'Retention', to: '/privacy/retention', needs: EVERYWHERE },
] as const;

function Frame({ children }: { readonly children: ReactNode }) {
  const session = useSession();
  const tabs = TABS.filter(({ needs }) => isMet(needs, session));
  return (
    <Page title="Privacy">
      <PageTabs label="Privacy" tabs={tabs} />
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
  '': { screen: framed(Flows), needs: ['privacy.read'] },
  persons: { screen: framed(SubjectRights), needs: ['subjects.read'] },
  whose: { screen: framed(Whose), needs: ['content.read'] },
  holds: { screen: framed(Holds), needs: [EVERYWHERE] },
  retention: { screen: framed(Retention), needs: [EVERYWHERE] },
};
