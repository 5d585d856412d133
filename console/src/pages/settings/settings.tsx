/** The house itself: what it is called, who administers it, where its record goes, and all that is configured as one text. */
import type { ReactNode } from 'react';
import { Page } from '../../kit/page.tsx';
import { PageTabs } from '../../kit/page-tabs.tsx';
import type { Screens } from '../../pages.tsx';
import { isMet, useSession, WHOLE_TREE } from '../../session/session.ts';
import { AdministratorScreen } from './administrator.tsx';
import { Administrators } from './administrators.tsx';
import { Alerts } from './alerts.tsx';
import { ConfigurationText } from './configuration-text.tsx';
import { Organization } from './organization.tsx';
import { VersionScreen } from './version.tsx';
import { Versions } from './versions.tsx';

const TABS = [
  { title: 'Organization', to: '/settings', needs: WHOLE_TREE },
  { title: 'Administrators', to: '/settings/administrators', needs: 'administrators.read' },
  { title: 'Alerts', to: '/settings/alerts', needs: WHOLE_TREE },
  { title: 'Configuration', to: '/settings/configuration', needs: WHOLE_TREE },
  { title: 'Versions', to: '/settings/versions', needs: WHOLE_TREE },
] as const;

function Frame({ children }: { readonly children: ReactNode }) {
  const session = useSession();
  const tabs = TABS.filter(({ needs }) => isMet(needs, session));
  return (
    <Page title="Settings">
      <PageTabs label="Settings" tabs={tabs} />
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
  '': { screen: framed(Organization), needs: [WHOLE_TREE] },
  administrators: { screen: framed(Administrators), needs: ['administrators.read'] },
  'administrators/$id': { screen: AdministratorScreen, needs: ['administrators.read'] },
  alerts: { screen: framed(Alerts), needs: [WHOLE_TREE] },
  configuration: { screen: framed(ConfigurationText), needs: [WHOLE_TREE] },
  versions: { screen: framed(Versions), needs: [WHOLE_TREE] },
  'versions/$version': { screen: VersionScreen, needs: [WHOLE_TREE] },
};
